// RUN: %check %s -- -std=c++20
#include "hiredis.h"
#include <mutex>

std::mutex mu;

void calls_bad(redisContext *c, sw::redis::Redis &r) {
  std::lock_guard<std::mutex> g(mu);
  redisConnect("h", 1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'redisConnect' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  redisCommand(c, "PING");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'redisCommand' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  r.set("k", "v");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'set' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(redisContext *c, sw::redis::Redis &r) {
  {
    std::lock_guard<std::mutex> g(mu);
    redisAppendCommand(c, "PING");
    redisFree(c);
  }
  redisConnect("h", 1);
}
