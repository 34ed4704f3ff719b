// RUN: %check %s -- -std=c++20
#include "libcurl.h"
#include <mutex>

std::mutex mu;

void calls_bad(CURL *c, CURLM *m, int n) {
  std::lock_guard<std::mutex> g(mu);
  curl_easy_perform(c);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'curl_easy_perform' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  curl_multi_wait(m, nullptr, 0, 1000, &n);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'curl_multi_wait' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(CURL *c, CURLM *m, int n) {
  {
    std::lock_guard<std::mutex> g(mu);
    curl_easy_setopt(c, 1, 2);
    curl_multi_perform(m, &n);
    curl_multi_wait(m, nullptr, 0, 0, &n);
  }
  curl_easy_perform(c);
}
