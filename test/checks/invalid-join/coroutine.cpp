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

Task twice_bad() {
  std::thread t(work);
  t.join();
  use(1);
  t.join();
  // CHECK: :[[@LINE-1]]:5: warning: 'join' of thread 't', which has been joined already
  // CHECK: note: joined here
  // CHECK: note: join or detach
  co_return 0;
}
Task once_ok() {
  std::thread t(work);
  t.join();
  co_return 0;
}
