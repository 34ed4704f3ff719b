// RUN: %check %s -- -std=c++17
#include "boost.h"

void work(int);

void boost_bad(int n) {
  boost::thread t([n] { work(n); });
  // CHECK: :[[@LINE-1]]:17: warning: thread 't' is still joinable when it is destroyed, which ends the process
  if (n > 3)
    return;
  t.join();
}
void boost_ok(int n) {
  boost::thread t([n] { work(n); });
  if (n > 3) {
    t.detach();
    return;
  }
  t.join();
}
void scoped_ok(int n) {
  boost::strict_scoped_thread t(boost::thread([n] { work(n); }));
}
