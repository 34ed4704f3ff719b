// RUN: %check %s -- -std=c++20
// The body of a coroutine.
#include <chrono>
#include <coroutine>
#include <future>
#include <thread>

using namespace std::chrono_literals;

void work();
int calc(int);
void use(int);
bool open_it(const char *);

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_value(int) {}
    void unhandled_exception() {}
  };
};

Task gives_up_bad() {
  auto f = std::async(std::launch::async, calc, 1);
  if (f.wait_for(1s) == std::future_status::timeout)
    // CHECK: :[[@LINE-1]]:9: warning: 'wait_for' may give up
    // CHECK: note: the task starts here
    // CHECK: note: the future is destroyed here
    // CHECK: note: ask
    co_return -1;
  co_return f.get();
}
Task awaits_ok() {
  auto f = std::async(std::launch::async, calc, 1);
  if (f.wait_for(1s) == std::future_status::timeout) {
    co_await std::suspend_never(); // perhaps until the task is over
    co_return -1;
  }
  co_return f.get();
}
