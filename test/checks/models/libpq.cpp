// RUN: %check %s -- -std=c++20
#include "libpq.h"
#include <mutex>

std::mutex mu;

void calls_bad(PGconn *c, PGresult *r, pqxx::work &w) {
  std::lock_guard<std::mutex> g(mu);
  PQconnectdb("");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'PQconnectdb' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  PQexec(c, "");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'PQexec' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  PQgetResult(c);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'PQgetResult' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  w.exec("");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'exec' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  w.commit();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'commit' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(PGconn *c, PGresult *r, pqxx::work &w) {
  {
    std::lock_guard<std::mutex> g(mu);
    PQgetvalue(r, 0, 0);
    PQsendQuery(c, "");
  }
  PQconnectdb("");
}
