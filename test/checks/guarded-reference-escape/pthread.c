/* Arrays, structures and lists in C. */
// RUN: %check %s -- -std=c11
#include <pthread.h>
#include <string.h>
struct item { int id; int used; char name[32]; struct item *next; };
static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static struct item table[16];
static char text[64];
static struct item *head;
struct cache { pthread_mutex_t mu; struct item items[8]; struct item one; int n; };

struct item *find_bad(int id) {
  struct item *found = NULL;
  pthread_mutex_lock(&mu);
  for (int i = 0; i < 16; i++)
    if (table[i].id == id)
      found = &table[i];
  pthread_mutex_unlock(&mu);
  return found;
  // CHECK: :[[@LINE-1]]:10: warning: pointer into 'table' is returned and used without lock 'mu', which guards it
  // CHECK: :[[@LINE-7]]:3: note: lock 'mu' acquired here, and released on return
  // CHECK: :[[@LINE+6]]:19: note: 'table' is changed under the lock here
  // CHECK: :[[@LINE-4]]:10: note: copy it into memory of the caller's, or let the caller hold the lock
}
void set(int i, const char *name) {
  pthread_mutex_lock(&mu);
  table[i].id = i;
  strcpy(table[i].name, name);
  strcpy(text, name);
  pthread_mutex_unlock(&mu);
}
const char *text_bad(void) {
  const char *p;
  pthread_mutex_lock(&mu);
  p = text;
  pthread_mutex_unlock(&mu);
  return p;
  // CHECK: :[[@LINE-1]]:10: warning: pointer into 'text' is returned and used without lock 'mu', which guards it
  // CHECK: :[[@LINE-5]]:3: note: lock 'mu' acquired here, and released on return
  // CHECK: :[[@LINE-11]]:10: note: 'text' is changed under the lock here
  // CHECK: :[[@LINE-4]]:10: note: copy it into memory of the caller's, or let the caller hold the lock
}
struct item *list_ok(int id) {
  struct item *i;
  pthread_mutex_lock(&mu);
  for (i = head; i; i = i->next)
    if (i->id == id)
      break;
  pthread_mutex_unlock(&mu);
  return i;
}
void push(struct item *i) {
  pthread_mutex_lock(&mu);
  i->next = head;
  head = i;
  pthread_mutex_unlock(&mu);
}
struct item *claim_ok(void) {
  struct item *found = NULL;
  pthread_mutex_lock(&mu);
  for (int i = 0; i < 16; i++)
    if (!table[i].used) {
      found = &table[i];
      found->used = 1;
      break;
    }
  pthread_mutex_unlock(&mu);
  return found;
}
struct item *claim2_ok(void) {
  pthread_mutex_lock(&mu);
  for (int i = 0; i < 16; i++)
    if (!table[i].used) {
      table[i].used = 1;
      pthread_mutex_unlock(&mu);
      return &table[i];
    }
  pthread_mutex_unlock(&mu);
  return NULL;
}
int out_bad(struct cache *c, int i, struct item **out) {
  pthread_mutex_lock(&c->mu);
  if (i >= c->n) {
    pthread_mutex_unlock(&c->mu);
    return -1;
  }
  *out = &c->items[i];
  // CHECK: :[[@LINE-1]]:10: warning: pointer into 'c.items' is stored in 'out' and used without lock 'c.mu', which guards it
  // CHECK: :[[@LINE-7]]:3: note: lock 'c.mu' acquired here, and released on return
  // CHECK: :[[@LINE+7]]:15: note: 'c.items' is changed under the lock here
  // CHECK: :[[@LINE-4]]:10: note: copy it into memory of the caller's, or let the caller hold the lock
  pthread_mutex_unlock(&c->mu);
  return 0;
}
void fill(struct cache *c, int i) {
  pthread_mutex_lock(&c->mu);
  c->items[i].id = i;
  c->one.id = 3;
  c->n++;
  pthread_mutex_unlock(&c->mu);
}
struct item *one_bad(struct cache *c) {
  struct item *p;
  pthread_mutex_lock(&c->mu);
  p = &c->one;
  pthread_mutex_unlock(&c->mu);
  return p;
  // CHECK: :[[@LINE-1]]:10: warning: pointer into 'c.one' is returned and used without lock 'c.mu', which guards it
  // CHECK: :[[@LINE-5]]:3: note: lock 'c.mu' acquired here, and released on return
  // CHECK: :[[@LINE-12]]:10: note: 'c.one' is changed under the lock here
  // CHECK: :[[@LINE-4]]:10: note: copy it into memory of the caller's, or let the caller hold the lock
}
struct item one_copy_ok(struct cache *c) {
  struct item p;
  pthread_mutex_lock(&c->mu);
  p = c->one;
  pthread_mutex_unlock(&c->mu);
  return p;
}
