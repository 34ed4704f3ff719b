// RUN: %check %s -- -std=c++17
#include "boost.h"

void work(int);

void boost_bad(int n) {
  boost::thread t([n] { work(n); });
  t.join();
  t.join();
  // CHECK: :[[@LINE-1]]:5: warning: 'join' of thread 't', which has been joined already
}
void detached_bad(int n) {
  boost::thread t([n] { work(n); });
  t.detach();
  t.join();
  // CHECK: :[[@LINE-1]]:5: warning: 'join' of thread 't', which has been detached already
}
void boost_ok(int n) {
  boost::thread t([n] { work(n); });
  t.join();
}
