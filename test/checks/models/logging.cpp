// RUN: %check %s --option=BlockingCategories=logging -- -std=c++20
#include "logging.h"
#include <iostream>
#include <mutex>
#include <stdio.h>
#include <syslog.h>
#include <unistd.h>

std::mutex mu;

void calls_bad(spdlog::logger &log) {
  std::lock_guard<std::mutex> g(mu);
  log.info("x");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'info' may block (logging) while lock 'mu' is held [threadlint-slow-call-under-lock]
  log.flush();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'flush' may block (logging) while lock 'mu' is held [threadlint-slow-call-under-lock]
  spdlog::warn("x");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'warn' may block (logging) while lock 'mu' is held [threadlint-slow-call-under-lock]
  syslog(LOG_INFO, "x");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'syslog' may block (logging) while lock 'mu' is held [threadlint-slow-call-under-lock]
  printf("x");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'printf' may block (logging) while lock 'mu' is held [threadlint-slow-call-under-lock]
  fprintf(stderr, "x");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fprintf' may block (logging) while lock 'mu' is held [threadlint-slow-call-under-lock]
  write(STDERR_FILENO, "x", 1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'write' may block (logging) while lock 'mu' is held [threadlint-slow-call-under-lock]
  std::cout << "x" << 1;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'operator<<' may block (logging) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void destructor_bad() {
  std::lock_guard<std::mutex> g(mu);
  google::LogMessage("f", 1).stream() << "x";
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to '~LogMessage' may block (logging) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void calls_ok(spdlog::logger &log) {
  std::lock_guard<std::mutex> g(mu);
  (void)log.should_log(1);
}
