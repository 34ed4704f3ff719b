// RUN: %check %s -- -std=c++20
#include "bs-thread-pool.h"
#include <mutex>
#include <unistd.h>

std::mutex mu;

void spawns_ok(BS::thread_pool &pool, int fd) {
  std::lock_guard<std::mutex> g(mu);
  pool.push_task([fd] { fsync(fd); });
  pool.detach_task([fd] { fsync(fd); });
  pool.submit_task([fd] { fsync(fd); });
  pool.parallelize_loop(9, [fd](int, int) { fsync(fd); });
  pool.detach_loop(0, 9, [fd](int) { fsync(fd); });
}

void joins_bad(BS::thread_pool &pool) {
  std::lock_guard<std::mutex> g(mu);
  pool.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pool.wait_for_tasks();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait_for_tasks' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pool.parallelize_loop(0, 9, [](int, int) {}).wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
