// RUN: %check %s -- -std=c++20
#include "cpr.h"
#include <mutex>

std::mutex mu;

void calls_bad(cpr::Session &s, cpr::AsyncWrapper<cpr::Response> &a, const cpr::Url &u) {
  std::lock_guard<std::mutex> g(mu);
  cpr::Get(u);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Get' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  cpr::Post(u);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Post' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  s.Get();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Get' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  a.get();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'get' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(cpr::Session &s, cpr::AsyncWrapper<cpr::Response> &a, const cpr::Url &u) {
  {
    std::lock_guard<std::mutex> g(mu);
    s.SetUrl(u);
    a.valid();
  }
  cpr::Get(u);
}
