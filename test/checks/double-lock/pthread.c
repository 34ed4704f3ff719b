// RUN: %check %s -- -std=c17 -D_GNU_SOURCE
// POSIX and C11: plain locks, recursive ones, and those of which nothing is known.
#include <pthread.h>
#include <threads.h>

static pthread_mutex_t plain = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t again = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static int n;

static void add(void) {
  pthread_mutex_lock(&plain);
  ++n;
  pthread_mutex_unlock(&plain);
}

void callee_bad(void) {
  pthread_mutex_lock(&plain);
  add();
  // CHECK: :[[@LINE-1]]:3: warning: call to 'add' acquires lock 'plain' again while this thread holds it [threadlint-double-lock]
  // CHECK: :[[@LINE-3]]:3: note: lock 'plain' acquired here
  // CHECK: :[[@LINE-10]]:3: note: 'add' acquires it here
  // CHECK: :[[@LINE-4]]:3: note: release the lock before the call, or call a function that expects it to be held
  pthread_mutex_unlock(&plain);
}

void recursive_ok(void) {
  pthread_mutex_lock(&again);
  pthread_mutex_lock(&again);
}

void readers_ok(void) {
  pthread_rwlock_rdlock(&rw);
  pthread_rwlock_rdlock(&rw);
}

void upgrade_bad(void) {
  pthread_rwlock_rdlock(&rw);
  pthread_rwlock_wrlock(&rw);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'rw' is acquired exclusively while this thread holds it as a reader
  // CHECK: :[[@LINE-3]]:3: note: lock 'rw' acquired here
  // CHECK: :[[@LINE-3]]:3: note: release the lock first and check again what was read, or acquire it exclusively from the start
}

void tried_ok(void) {
  pthread_mutex_lock(&plain);
  if (pthread_mutex_trylock(&plain) == 0)
    pthread_mutex_unlock(&plain);
  pthread_mutex_unlock(&plain);
}

struct account {
  pthread_mutex_t mu;
  pthread_mutex_t rec;
  pthread_mutex_t made;
  mtx_t c11;
  mtx_t c11rec;
};

void account_init(struct account *a, pthread_mutexattr_t *from_elsewhere) {
  pthread_mutexattr_t attr;
  pthread_mutexattr_init(&attr);
  pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&a->rec, &attr);
  pthread_mutex_init(&a->mu, NULL);
  pthread_mutex_init(&a->made, from_elsewhere);
  mtx_init(&a->c11, mtx_plain);
  mtx_init(&a->c11rec, mtx_plain | mtx_recursive);
}

void deposit_bad(struct account *a) {
  pthread_mutex_lock(&a->mu);
  pthread_mutex_lock(&a->mu);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'a.mu' is acquired again while this thread holds it
  // CHECK: :[[@LINE-3]]:3: note: lock 'a.mu' acquired here
  // CHECK: :[[@LINE-3]]:3: note: release the lock first, or acquire it only once
}

void attribute_ok(struct account *a) {
  pthread_mutex_lock(&a->rec);
  pthread_mutex_lock(&a->rec);
  pthread_mutex_lock(&a->made);
  pthread_mutex_lock(&a->made);
}

void transfer_ok(struct account *a, struct account *b) {
  pthread_mutex_lock(&a->mu);
  pthread_mutex_lock(&b->mu);
  pthread_mutex_unlock(&b->mu);
  pthread_mutex_unlock(&a->mu);
}

void c11_bad(struct account *a) {
  mtx_lock(&a->c11);
  mtx_lock(&a->c11);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'a.c11' is acquired again while this thread holds it
  // CHECK: :[[@LINE-3]]:3: note: lock 'a.c11' acquired here
  // CHECK: :[[@LINE-3]]:3: note: release the lock first, or acquire it only once
  mtx_lock(&a->c11rec);
  mtx_lock(&a->c11rec);
}
