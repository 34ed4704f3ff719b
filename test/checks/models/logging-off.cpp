// RUN: %check %s -- -std=c++20
#include "logging.h"
#include <iostream>
#include <mutex>
#include <stdio.h>
#include <syslog.h>
#include <unistd.h>

std::mutex mu;

void calls_off_ok(spdlog::logger &log) {
  std::lock_guard<std::mutex> g(mu);
  log.info("x");
  log.flush();
  spdlog::warn("x");
  syslog(LOG_INFO, "x");
  printf("x");
  fprintf(stderr, "x");
  write(STDERR_FILENO, "x", 1);
  std::cout << "x" << 1;
}

void destructor_off_ok() {
  std::lock_guard<std::mutex> g(mu);
  google::LogMessage("f", 1).stream() << "x";
}

// Logging is off by default.
void calls_ok(spdlog::logger &log) {
  std::lock_guard<std::mutex> g(mu);
  (void)log.should_log(1);
}
