// RUN: %check %s -- -std=c++20
#include "mysql.h"
#include <mutex>

std::mutex mu;

void calls_bad(MYSQL *m, MYSQL_STMT *s, sql::Statement &q) {
  std::lock_guard<std::mutex> g(mu);
  mysql_query(m, "");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'mysql_query' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mysql_ping(m);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'mysql_ping' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mysql_stmt_execute(s);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'mysql_stmt_execute' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  q.execute("");
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'execute' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(MYSQL *m, MYSQL_STMT *s, sql::Statement &q) {
  {
    std::lock_guard<std::mutex> g(mu);
    mysql_affected_rows(m);
    q.getUpdateCount();
  }
  mysql_query(m, "");
}
