// RUN: %check %s -- -std=c++17
#include "boost.h"

boost::atomic<int> count(0);

void boost_bad() {
  int n = count.load();
  count.store(n + 1);
  // CHECK: :[[@LINE-1]]:9: warning: load and store of atomic 'count' are two steps; another thread may change it in between
}
void boost_ok() { count.fetch_add(1); }
