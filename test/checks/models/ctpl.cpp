// RUN: %check %s -- -std=c++20
#include "ctpl.h"
#include <mutex>
#include <unistd.h>

std::mutex mu;

void spawns_ok(ctpl::thread_pool &pool, int fd) {
  std::lock_guard<std::mutex> g(mu);
  pool.push([fd](int) { fsync(fd); });
}

void joins_bad(ctpl::thread_pool &pool) {
  std::lock_guard<std::mutex> g(mu);
  pool.stop(true);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'stop' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
