// RUN: %check %s -- -std=c++20
#include "sqlite3.h"
#include <mutex>

std::mutex mu;

void calls_bad(sqlite3 *db, sqlite3_stmt *s) {
  std::lock_guard<std::mutex> g(mu);
  sqlite3_open("x", &db);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sqlite3_open' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  sqlite3_exec(db, "", 0, 0, 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sqlite3_exec' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  sqlite3_step(s);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sqlite3_step' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(sqlite3 *db, sqlite3_stmt *s) {
  {
    std::lock_guard<std::mutex> g(mu);
    sqlite3_bind_int(s, 1, 2);
    sqlite3_column_int(s, 0);
  }
  sqlite3_open("x", &db);
}
