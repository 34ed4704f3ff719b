// RUN: %check %s -- -std=c++20
// Threads that start in no function.
#include <atomic>
#include <future>
#include <thread>

void work();
std::atomic<bool> stop;

std::thread worker_bad([] {
  // CHECK: :[[@LINE-1]]:13: warning: thread never ends
  // CHECK: :[[@LINE+2]]:3: note: this loop has no way out
  // CHECK: note: let the loop end
  for (;;)
    work();
});

namespace {
std::jthread joined_bad([] {
  // CHECK: :[[@LINE-1]]:14: warning: thread never ends, so the join never returns
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
  while (true)
    work();
});
} // namespace

std::thread stopped_ok([] {
  while (!stop)
    work();
});
void end() { stop = true; }

struct Holder {
  inline static std::thread shared_bad{[] {
    // CHECK: :[[@LINE-1]]:29: warning: thread never ends
    // CHECK: note: this loop has no way out
    // CHECK: note: let the loop end
    for (;;)
      work();
  }};

  // Nobody makes one here.
  std::thread own_bad{[] {
    // CHECK: :[[@LINE-1]]:22: warning: thread never ends
    // CHECK: note: this loop has no way out
    // CHECK: note: let the loop end
    for (;;)
      work();
  }};
};

std::thread ends_ok(work);
auto result_ok = std::async(std::launch::async, [] { work(); });
