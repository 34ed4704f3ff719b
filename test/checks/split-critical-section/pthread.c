/* The same with pthreads. */
// RUN: %check %s -- -std=c11
#include <pthread.h>
#include <stdlib.h>
struct node { struct node *next; int v; };
static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static struct node *head;
static int items[16], count;
int visible_bad(void) {
  pthread_mutex_lock(&mu);
  int n = count;
  pthread_mutex_unlock(&mu);
  if (n > 0) {
    pthread_mutex_lock(&mu);
    int v = items[--count];
    // CHECK: :[[@LINE-1]]:21: warning: 'count' may have changed since it was tested: lock 'mu' was released in between
    // CHECK: :[[@LINE-6]]:11: note: tested here
    // CHECK: :[[@LINE-6]]:3: note: lock 'mu' released here
    // CHECK: :[[@LINE-5]]:5: note: lock 'mu' acquired again here
    // CHECK: :[[@LINE-5]]:21: note: hold the lock from the test to the act, or test again under the second lock
    pthread_mutex_unlock(&mu);
    return v;
  }
  return -1;
}
int early_bad(void) {
  pthread_mutex_lock(&mu);
  if (count == 0) {
    pthread_mutex_unlock(&mu);
    return -1;
  }
  pthread_mutex_unlock(&mu);
  pthread_mutex_lock(&mu);
  int v = items[--count];
  // CHECK: :[[@LINE-1]]:19: warning: 'count' may have changed since it was tested: lock 'mu' was released in between
  // CHECK: :[[@LINE-8]]:7: note: tested here
  // CHECK: :[[@LINE-5]]:3: note: lock 'mu' released here
  // CHECK: :[[@LINE-5]]:3: note: lock 'mu' acquired again here
  // CHECK: :[[@LINE-5]]:19: note: hold the lock from the test to the act, or test again under the second lock
  pthread_mutex_unlock(&mu);
  return v;
}
int list_bad(void) {
  pthread_mutex_lock(&mu);
  int empty = head == NULL;
  pthread_mutex_unlock(&mu);
  if (empty)
    return -1;
  pthread_mutex_lock(&mu);
  struct node *n = head;
  head = n->next;
  // CHECK: :[[@LINE-1]]:3: warning: 'head' may have changed since it was tested: lock 'mu' was released in between
  // CHECK: :[[@LINE-8]]:15: note: tested here
  // CHECK: :[[@LINE-8]]:3: note: lock 'mu' released here
  // CHECK: :[[@LINE-6]]:3: note: lock 'mu' acquired again here
  // CHECK: :[[@LINE-5]]:3: note: hold the lock from the test to the act, or test again under the second lock
  pthread_mutex_unlock(&mu);
  int v = n->v;
  free(n);
  return v;
}
int list_ok(void) {
  pthread_mutex_lock(&mu);
  int empty = head == NULL;
  pthread_mutex_unlock(&mu);
  if (empty)
    return -1;
  pthread_mutex_lock(&mu);
  struct node *n = head;
  if (n)
    head = n->next;
  pthread_mutex_unlock(&mu);
  return n ? n->v : -1;
}
struct stack { pthread_mutex_t mu; int data[8]; int n; };
int stack_empty(struct stack *s) {
  pthread_mutex_lock(&s->mu);
  int e = s->n == 0;
  pthread_mutex_unlock(&s->mu);
  return e;
}
int stack_pop(struct stack *s) {
  pthread_mutex_lock(&s->mu);
  int v = s->data[--s->n];
  pthread_mutex_unlock(&s->mu);
  return v;
}
int calls_bad(struct stack *s) {
  if (stack_empty(s))
    return -1;
  return stack_pop(s);
  // CHECK: :[[@LINE-1]]:10: warning: 'stack_pop' relies on a test of 's.n', which may have changed since: lock 's.mu' was released in between
  // CHECK: :[[@LINE-4]]:7: note: tested by 'stack_empty' here, which releases the lock when it returns
  // CHECK: :[[@LINE-11]]:3: note: lock 's.mu' acquired again here
  // CHECK: :[[@LINE-4]]:10: note: make one function of both that holds the lock throughout
}
int FN_index(struct stack *s) {
  // The number has become an index: that 'n' is the size of 'data' is not known, and only
  // what was tested itself, or its elements, is followed into the next section.
  pthread_mutex_lock(&s->mu);
  int n = s->n;
  pthread_mutex_unlock(&s->mu);
  if (n == 0)
    return -1;
  pthread_mutex_lock(&s->mu);
  int v = s->data[n - 1];
  pthread_mutex_unlock(&s->mu);
  return v;
}
