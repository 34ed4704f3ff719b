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

Task detached_bad() {
  int n = 1;
  std::thread([&n] { use(n); }).detach(); // CHECK: :[[@LINE]]:17: warning: task refers to 'n', which may be destroyed while the task still runs
  co_return 0;
}
Task joined_ok() {
  int n = 1;
  std::thread t([&n] { use(n); });
  t.join();
  co_return 0;
}
Task awaits_ok() {
  int n = 1;
  std::thread([&n] { use(n); }).detach();
  co_await std::suspend_never(); // perhaps for the thread
  co_return 0;
}
