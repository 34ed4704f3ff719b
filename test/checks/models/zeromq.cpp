// RUN: %check %s -- -std=c++20
#include "zeromq.h"
#include <mutex>

std::mutex mu;

void calls_bad(void *s, zmq_msg_t *m, zmq::socket_t &z, char *buf) {
  std::lock_guard<std::mutex> g(mu);
  zmq_recv(s, buf, 1, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'zmq_recv' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  zmq_send(s, buf, 1, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'zmq_send' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  zmq_msg_recv(m, s, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'zmq_msg_recv' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  z.send(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'send' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(void *s, zmq_msg_t *m, zmq::socket_t &z, char *buf) {
  {
    std::lock_guard<std::mutex> g(mu);
    zmq_recv(s, buf, 1, ZMQ_DONTWAIT);
    z.close();
  }
  zmq_recv(s, buf, 1, 0);
}
