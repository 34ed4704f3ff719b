// RUN: %check %s -- -std=c++20
#include "openssl.h"
#include <mutex>

std::mutex mu;

void calls_bad(SSL *s, char *buf) {
  std::lock_guard<std::mutex> g(mu);
  SSL_connect(s);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'SSL_connect' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  SSL_read(s, buf, 1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'SSL_read' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  SSL_write(s, buf, 1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'SSL_write' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(SSL *s, char *buf) {
  {
    std::lock_guard<std::mutex> g(mu);
    SSL_pending(s);
  }
  SSL_connect(s);
}
