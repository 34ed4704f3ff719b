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

Task returns_bad(const char *p) {
  std::thread t(work);
  // CHECK: :[[@LINE-1]]:15: warning: thread 't' is still joinable when it is destroyed
  // CHECK: note: started here
  // CHECK: :[[@LINE+3]]:5: note: the function returns here without a join
  // CHECK: note: join it
  if (!open_it(p))
    co_return -1;
  t.join();
  co_return 0;
}
Task joined_ok(const char *p) {
  std::thread t(work);
  bool opened = open_it(p);
  co_await std::suspend_never();
  t.join();
  co_return opened;
}
