// RUN: %check %s -- -std=c++20
// Assertions that throw.
#include "test-frameworks.h"
#include <future>
#include <thread>

bool ok();

void thread_bad() {
  std::thread t([] {
    REQUIRE(ok());
    // CHECK: :[[@LINE-1]]:5: warning: 'REQUIRE' in a task throws where nobody catches it: the process ends
    // CHECK: :[[@LINE-3]]:15: note: the task starts here
    // CHECK: note: use an assertion that goes on, such as CHECK, or keep the result
    CHECK(ok());
  });
  t.join();
}
void verify() { REQUIRE(ok()); }
void callee_bad() {
  std::thread t([] {
    verify();
    // CHECK: :[[@LINE-1]]:5: warning: 'REQUIRE' in 'verify', which this task calls, throws where nobody catches it: the process ends
    // CHECK: note: the task starts here
    // CHECK: note: the assertion is here
    // CHECK: note: use
  });
  t.join();
}
void kept_by_the_future_ok() {
  auto f = std::async(std::launch::async, [] { REQUIRE(ok()); });
  f.get();
}
void caught_ok() {
  std::thread t([] {
    try {
      REQUIRE(ok());
      verify();
    } catch (...) {
    }
  });
  t.join();
}
