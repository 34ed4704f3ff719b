// RUN: %check %s -- -D_GNU_SOURCE
#include "libdispatch.h"
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static void work(void *fd) { fsync(*(int *)fd); }
static void nothing(void *context) {}

void spawns_ok(dispatch_queue_t q, dispatch_group_t g, int *fd) {
  pthread_mutex_lock(&mu);
  dispatch_async_f(q, fd, work);
  dispatch_after_f(DISPATCH_TIME_NOW, q, fd, work);
  dispatch_group_async_f(g, q, fd, work);
  pthread_mutex_unlock(&mu);
}

void joins_bad(dispatch_queue_t q, dispatch_group_t g, dispatch_semaphore_t s) {
  pthread_mutex_lock(&mu);
  dispatch_group_wait(g, DISPATCH_TIME_NOW);
  dispatch_group_wait(g, DISPATCH_TIME_FOREVER);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'dispatch_group_wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  dispatch_semaphore_wait(s, DISPATCH_TIME_FOREVER);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'dispatch_semaphore_wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  dispatch_sync_f(q, 0, nothing);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'dispatch_sync_f' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pthread_mutex_unlock(&mu);
}
