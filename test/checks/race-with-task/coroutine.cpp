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

Task reads_bad() {
  int n = 0;
  std::thread t([&n] { n = calc(1); }); // CHECK: :[[@LINE]]:19: warning: task writes 'n' while the function that starts it may read it
  use(n);
  t.join();
  co_return n;
}
Task after_join_ok() {
  int n = 0;
  std::thread t([&n] { n = calc(1); });
  t.join();
  use(n);
  co_return n;
}
Task after_await_ok() {
  int n = 0;
  std::thread t([&n] { n = calc(1); });
  co_await std::suspend_never(); // perhaps for the thread
  use(n);
  t.join();
  co_return n;
}
