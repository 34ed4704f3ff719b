/* C11 threads. */
// RUN: %check %s -- -std=c11 -D_GNU_SOURCE
#include <stdio.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

static mtx_t mu;
static cnd_t cond;

void calls_bad(int fd, thrd_t t, const struct timespec *ts) {
  mtx_lock(&mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: lock 'mu' acquired here
  thrd_join(t, NULL);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'thrd_join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  thrd_sleep(ts, NULL);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'thrd_sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mtx_unlock(&mu);
  fsync(fd);
  thrd_join(t, NULL);
}

void trylock_bad(int fd) {
  if (mtx_trylock(&mu) == thrd_success) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mtx_unlock(&mu);
  } else {
    fsync(fd);
  }
  if (mtx_trylock(&mu) != thrd_success)
    return;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mtx_unlock(&mu);
}

void busy_is_not_locked_ok(int fd) {
  if (mtx_trylock(&mu) == thrd_busy) {
    fsync(fd);
    return;
  }
  mtx_unlock(&mu);
}

void timedlock_bad(int fd, const struct timespec *ts) {
  if (mtx_timedlock(&mu, ts) == thrd_success) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mtx_unlock(&mu);
  }
  fsync(fd);
}

void condition_ok(int *ready) {
  mtx_lock(&mu);
  while (!*ready)
    cnd_wait(&cond, &mu);
  cnd_signal(&cond);
  cnd_broadcast(&cond);
  thrd_yield();
  mtx_unlock(&mu);
}

void condition_of_another_lock_bad(int *ready, mtx_t *own) {
  mtx_lock(&mu);
  mtx_lock(own);
  while (!*ready)
    cnd_wait(&cond, own);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'cnd_wait' may block (wait) in a loop while lock 'mu' is held [threadlint-slow-call-under-lock]
  mtx_unlock(own);
  mtx_unlock(&mu);
}

struct Queue {
  mtx_t lock;
  int length;
};

void member_bad(struct Queue *q, int fd) {
  mtx_lock(&q->lock);
  ++q->length;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'q.lock' is held [threadlint-slow-call-under-lock]
  mtx_unlock(&q->lock);
  fsync(fd);
}
