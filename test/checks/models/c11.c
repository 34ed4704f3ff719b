// RUN: %check %s -- -std=c17
#include <threads.h>

mtx_t mu;

void calls_bad(thrd_t other, const struct timespec *t) {
  mtx_lock(&mu);
  thrd_join(other, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'thrd_join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  thrd_sleep(t, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'thrd_sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mtx_unlock(&mu);
}

void trylock_bad(thrd_t other) {
  if (mtx_trylock(&mu) == thrd_success) {
    thrd_join(other, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'thrd_join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mtx_unlock(&mu);
  }
}

void wait_ok(cnd_t *c, thrd_t other) {
  mtx_lock(&mu);
  cnd_wait(c, &mu);
  cnd_signal(c);
  mtx_unlock(&mu);
  thrd_join(other, 0);
}
