// RUN: %check %s
// An atomic counter in C.
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

void use(void);
static atomic_int pending, started;

static void *raises(void *argument) {
  atomic_fetch_add(&pending, 1);
  // CHECK: :[[@LINE-1]]:3: warning: the task raises 'pending', on which its spawner waits
  // CHECK: :[[@LINE+10]]:3: note: the task starts here
  // CHECK: note: waited for here
  // CHECK: :[[@LINE-4]]:3: note: raise 'pending' before the task starts
  use();
  atomic_fetch_sub(&pending, 1);
  return argument;
}

void raises_bad(void) {
  pthread_t t;
  pthread_create(&t, 0, raises, 0);
  pthread_detach(t);
  while (atomic_load(&pending) != 0)
    sched_yield();
}

static void *lowers(void *argument) {
  use();
  atomic_fetch_sub(&started, 1);
  return argument;
}

void lowers_ok(void) {
  pthread_t t;
  atomic_fetch_add(&started, 1);
  pthread_create(&t, 0, lowers, 0);
  pthread_detach(t);
  while (atomic_load(&started) != 0)
    sched_yield();
}
