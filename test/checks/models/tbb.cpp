// RUN: %check %s -- -std=c++20
#include "tbb.h"

tbb::mutex mu;

void calls_bad(tbb::task_group &group, tbb::concurrent_bounded_queue<int> &q, int x) {
  tbb::mutex::scoped_lock g(mu);
  group.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  q.pop(x);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'pop' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  tbb::parallel_for(0, 9, x);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'parallel_for' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void manual_bad(tbb::task_group &group) {
  mu.lock();
  group.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock();
}

void calls_ok(tbb::concurrent_bounded_queue<int> &q, tbb::task_group &group, int x) {
  tbb::mutex::scoped_lock g(mu);
  q.try_pop(x);
  g.release();
  group.wait();
}

void spawns_ok(tbb::task_group &group, tbb::task_arena &arena,
               tbb::concurrent_bounded_queue<int> &q, int x) {
  tbb::mutex::scoped_lock g(mu);
  group.run([&] { q.pop(x); });
  arena.enqueue([&] { q.pop(x); });
}

void joins_bad(tbb::task_group &group, tbb::task_arena &arena,
               tbb::concurrent_bounded_queue<int> &q, int x) {
  tbb::mutex::scoped_lock g(mu);
  group.run_and_wait([] {});
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'run_and_wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  tbb::parallel_for(tbb::blocked_range<int>(0, 9), [](int) {});
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'parallel_for' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  tbb::parallel_for_each(&x, &x + 1, [](int) {});
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'parallel_for_each' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  tbb::parallel_invoke([] {}, [] {});
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'parallel_invoke' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  arena.execute([&] { q.pop(x); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to {{.*}} may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
