// RUN: %check %s -- -std=c++20
#include "taskflow.h"
#include <mutex>
#include <unistd.h>

std::mutex mu;

void spawns_ok(tf::Executor &executor, tf::Taskflow &graph, int fd) {
  std::lock_guard<std::mutex> g(mu);
  executor.async([fd] { fsync(fd); });
  executor.async("name", [fd] { fsync(fd); });
  executor.silent_async([fd] { fsync(fd); });
  executor.run(graph);
}

void joins_bad(tf::Executor &executor) {
  std::lock_guard<std::mutex> g(mu);
  executor.wait_for_all();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait_for_all' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
