// RUN: %check %s -- -I%inputs
// Boost and Folly have the same rules; boost::unique_future keeps its result.
#include "boost.h"
#include "folly.h"

void boost_bad(boost::promise<int> &p) {
  p.set_value(1);
  p.set_value(2);
  // CHECK: :[[@LINE-1]]:5: warning: 'set_value' sets promise 'p', which has been set already
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

int boost_get_bad(boost::future<int> f) {
  int a = f.get();
  return a + f.get();
  // CHECK: :[[@LINE-1]]:16: warning: 'get' takes the result of future 'f'
  // CHECK: note: taken here first
  // CHECK: note: keep the result
}

int boost_get_ok(boost::unique_future<int> f) {
  int a = f.get();
  return a + f.get();
}

void folly_bad() {
  folly::Promise<int> p;
  auto f = p.getFuture();
  auto g = p.getFuture();
  // CHECK: :[[@LINE-1]]:14: warning: 'getFuture' takes the future of promise 'p'
  // CHECK: note: taken here first
  // CHECK: note: keep the future
  p.setValue(1);
  p.setValue(2);
  // CHECK: :[[@LINE-1]]:5: warning: 'setValue' sets promise 'p'
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

int folly_wait_bad() {
  folly::Promise<int> p;
  auto f = p.getFuture();
  int v = static_cast<folly::Future<int> &&>(f).get();
  // CHECK: :[[@LINE-1]]:49: warning: 'get' never returns: only this thread can set promise 'p'
  // CHECK: note: it is set here
  // CHECK: note: set the promise first
  p.setValue(1);
  return v;
}
