// RUN: %check %s -- -std=c++20
#include "folly.h"
#include <mutex>

folly::SharedMutex mu;

void calls_bad(folly::Baton<> &b, folly::Future<int> &f, folly::Subprocess &p) {
  std::unique_lock<folly::SharedMutex> g(mu);
  b.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  f.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  p.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (process) while lock 'mu' is held [threadlint-slow-call-under-lock]
  folly::fsyncNoInt(3);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsyncNoInt' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void shared_bad(folly::Baton<> &b) {
  mu.lock_shared();
  b.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock_shared();
}

void calls_ok(folly::Baton<> &b, folly::Future<int> &f) {
  std::unique_lock<folly::SharedMutex> g(mu);
  b.post();
  (void)f.isReady();
  g.unlock();
  b.wait();
}

void spawns_ok(folly::CPUThreadPoolExecutor &pool, folly::Executor &any,
               folly::EventBase &loop, folly::Baton<> &b) {
  std::unique_lock<folly::SharedMutex> g(mu);
  pool.add([&] { b.wait(); });
  any.add([&] { b.wait(); });
  loop.runInEventBaseThread([&] { b.wait(); });
}

void joins_bad(folly::CPUThreadPoolExecutor &pool, folly::EventBase &loop) {
  std::unique_lock<folly::SharedMutex> g(mu);
  pool.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pool.stop();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'stop' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  loop.runInEventBaseThreadAndWait([] {});
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'runInEventBaseThreadAndWait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  loop.loopForever();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'loopForever' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
