// RUN: %check %s -- -std=c++17
// Threads that start in no function.
#include <future>
#include <stdexcept>
#include <thread>

void fail() { throw std::runtime_error("no"); }

std::thread worker_bad([] { fail(); });
// CHECK: :[[@LINE-1]]:13: warning: an exception of type 'std::runtime_error' can leave the thread's function, which ends the process
// CHECK: :[[@LINE-2]]:29: note: 'fail' is called here
// CHECK: :[[@LINE-5]]:15: note: thrown here
// CHECK: note: catch it

struct Holder {
  std::thread own_bad{[] { throw 1; }};
  // CHECK: :[[@LINE-1]]:22: warning: an exception of type 'int' can leave
  // CHECK: note: thrown here
  // CHECK: note: catch it
};
Holder holder;

std::thread caught_ok([] {
  try {
    fail();
  } catch (...) {
  }
});
auto kept_ok = std::async(std::launch::async, fail);
