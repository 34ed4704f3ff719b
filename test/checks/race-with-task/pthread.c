// RUN: %check %s
// POSIX threads: what the argument points to, globals, locks by hand.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

void use(int);
int compute(int);

struct job {
  int done;
  int input;
  pthread_mutex_t mu;
  int guarded;
};

static void *add(void *arg) {
  int *n = (int *)arg;
  ++*n;
  return NULL;
}

void pointer_bad(void) {
  pthread_t t;
  int n = 0;
  pthread_create(&t, NULL, add, &n);
  // CHECK: :[[@LINE-1]]:33: warning: task writes 'n' while the function that starts it may write it, without synchronization
  // CHECK: :[[@LINE-2]]:3: note: the task starts here
  // CHECK: :[[@LINE-10]]:6: note: the task writes it here
  // CHECK: :[[@LINE+2]]:3: note: the function that starts it writes it here
  // CHECK: :[[@LINE-5]]:33: note: hold one lock at both places, or touch it only before the task starts or after it has been joined
  n = 2;
  pthread_join(t, NULL);
}

void after_ok(void) {
  pthread_t t;
  int n = 0;
  pthread_create(&t, NULL, add, &n);
  pthread_join(t, NULL);
  use(n);
}

static void *work(void *arg) {
  struct job *j = arg;
  j->done = compute(j->input);
  return NULL;
}

void field_bad(void) {
  pthread_t t;
  struct job j = {0};
  if (pthread_create(&t, NULL, work, &j) != 0) // CHECK: :[[@LINE]]:38: warning: task writes 'j.done' while the function that starts it may read it, without synchronization
    return;
  use(j.done);
  pthread_join(t, NULL);
}

void allocated_bad(void) {
  pthread_t t;
  struct job *j = malloc(sizeof *j);
  pthread_create(&t, NULL, work, j); // CHECK: :[[@LINE]]:34: warning: task reads 'j.input' while the function that starts it may write it, without synchronization
  j->input = 3;
  pthread_join(t, NULL);
  free(j);
}

void otherField_ok(void) {
  pthread_t t;
  struct job j = {0};
  pthread_create(&t, NULL, work, &j);
  j.guarded = 1;
  pthread_join(t, NULL);
}

void inLoop_bad(void) {
  pthread_t t[4];
  int total = 0;
  for (int i = 0; i < 4; ++i)
    pthread_create(&t[i], NULL, add, &total); // CHECK: :[[@LINE]]:38: warning: task writes 'total' while another task of the same spawn may write it, without synchronization
  for (int i = 0; i < 4; ++i)
    pthread_join(t[i], NULL);
}

void distinct_ok(void) {
  pthread_t t[4];
  int results[4] = {0};
  for (int i = 0; i < 4; ++i)
    pthread_create(&t[i], NULL, add, &results[i]);
  for (int i = 0; i < 4; ++i)
    pthread_join(t[i], NULL);
}

void distinctJobs_ok(void) {
  pthread_t t[4];
  struct job jobs[4];
  for (int i = 0; i < 4; ++i) {
    jobs[i].input = i;
    pthread_create(&t[i], NULL, work, &jobs[i]);
  }
  for (int i = 0; i < 4; ++i)
    pthread_join(t[i], NULL);
}

// The loop's variable by address: all tasks read it while the loop changes it.
static void *show(void *arg) {
  use(*(int *)arg);
  return NULL;
}

void loopVariable_bad(void) {
  pthread_t t[4];
  int i;
  for (i = 0; i < 4; ++i)
    pthread_create(&t[i], NULL, show, &i); // CHECK: :[[@LINE]]:39: warning: task reads 'i' while the function that starts it may write it, without synchronization
  for (int k = 0; k < 4; ++k)
    pthread_join(t[k], NULL);
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int hits;
static int guarded;

static void *hit(void *arg) {
  (void)arg;
  ++hits;
  pthread_mutex_lock(&mutex);
  ++guarded;
  pthread_mutex_unlock(&mutex);
  return NULL;
}

void global_bad(void) {
  pthread_t a, b;
  pthread_create(&a, NULL, hit, NULL);
  pthread_create(&b, NULL, hit, NULL); // CHECK: :[[@LINE]]:3: warning: task writes 'hits' while another task may write it, without synchronization
  pthread_join(a, NULL);
  pthread_join(b, NULL);
}

static void *addGuarded(void *arg) {
  struct job *j = arg;
  pthread_mutex_lock(&j->mu);
  ++j->guarded;
  pthread_mutex_unlock(&j->mu);
  return NULL;
}

void guarded_ok(void) {
  pthread_t t;
  struct job j;
  memset(&j, 0, sizeof j);
  pthread_mutex_init(&j.mu, NULL);
  pthread_create(&t, NULL, addGuarded, &j);
  pthread_mutex_lock(&j.mu);
  ++j.guarded;
  pthread_mutex_unlock(&j.mu);
  pthread_join(t, NULL);
}

void unguarded_bad(void) {
  pthread_t t;
  struct job j;
  memset(&j, 0, sizeof j);
  pthread_create(&t, NULL, addGuarded, &j); // CHECK: :[[@LINE]]:40: warning: task writes 'j.guarded' while the function that starts it may write it, and no lock is common to both
  ++j.guarded;
  pthread_join(t, NULL);
}

static _Atomic int atomicHits;

static void *hitAtomic(void *arg) {
  (void)arg;
  ++atomicHits;
  __atomic_add_fetch(&hits, 1, __ATOMIC_SEQ_CST);
  return NULL;
}

void atomic_ok(void) {
  pthread_t t;
  pthread_create(&t, NULL, hitAtomic, NULL);
  ++atomicHits;
  __atomic_add_fetch(&hits, 1, __ATOMIC_SEQ_CST);
  pthread_join(t, NULL);
}
