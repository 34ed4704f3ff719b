// RUN: %check %s -- -std=c++20
#include "mongo.h"
#include <mutex>

std::mutex mu;

void calls_bad(mongoc_cursor_t *k, mongoc_collection_t *m, mongocxx::collection &c, const void *doc) {
  std::lock_guard<std::mutex> g(mu);
  mongoc_cursor_next(k, &doc);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'mongoc_cursor_next' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mongoc_collection_insert_one(m, doc, 0, 0, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'mongoc_collection_insert_one' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  c.insert_one(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'insert_one' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  c.find_one(1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'find_one' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(mongoc_cursor_t *k, mongoc_collection_t *m, mongocxx::collection &c, const void *doc) {
  {
    std::lock_guard<std::mutex> g(mu);
    (void)c.name();
  }
  mongoc_cursor_next(k, &doc);
}
