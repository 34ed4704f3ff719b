// RUN: %check %s --option=BlockingCategories=serialization -- -std=c++20
#include "nlohmann-json.h"
#include <mutex>

std::mutex mu;

void calls_bad(nlohmann::json &j) {
  std::lock_guard<std::mutex> g(mu);
  j.dump();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'dump' may block (serialization) while lock 'mu' is held [threadlint-slow-call-under-lock]
  nlohmann::json::parse("{}");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'parse' may block (serialization) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(nlohmann::json &j) {
  {
    std::lock_guard<std::mutex> g(mu);
    (void)j.size();
  }
  j.dump();
}
