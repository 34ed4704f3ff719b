// RUN: %check %s -- -std=c++20
#include "rdkafka.h"
#include <mutex>

std::mutex mu;

void calls_bad(rd_kafka_t *k, RdKafka::Producer &p, RdKafka::KafkaConsumer &c) {
  std::lock_guard<std::mutex> g(mu);
  rd_kafka_poll(k, 100);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'rd_kafka_poll' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  rd_kafka_flush(k, -1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'rd_kafka_flush' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  p.flush(1000);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'flush' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  c.consume(1000);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'consume' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(rd_kafka_t *k, RdKafka::Producer &p, RdKafka::KafkaConsumer &c) {
  {
    std::lock_guard<std::mutex> g(mu);
    rd_kafka_poll(k, 0);
    rd_kafka_outq_len(k);
    p.poll(0);
  }
  rd_kafka_poll(k, 100);
}
