// A coroutine that suspends keeps its guards: other threads wait until someone
// resumes it.
// REQUIRES: llvm-at-least-16
// RUN: %check %s -- -std=c++20
#include <coroutine>
#include <mutex>
#include <unistd.h>

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

struct Generator {
  struct promise_type {
    Generator get_return_object() { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int) { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

struct Awaitable {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return 1; }
};

std::mutex mu;
Awaitable read();

Task awaits_bad() {
  std::lock_guard<std::mutex> g(mu);
  co_await read();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: 'co_await' suspends the coroutine while lock 'mu' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: lock 'mu' acquired here
}

Task uses_the_result_bad() {
  std::unique_lock<std::mutex> lk(mu);
  int n = co_await read();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: 'co_await' suspends the coroutine while lock 'mu' is held [threadlint-slow-call-under-lock]
  lk.unlock();
  n += co_await read();
}

Task loop_bad() {
  std::lock_guard<std::mutex> g(mu);
  for (int i = 0; i < 3; ++i)
    co_await read();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: 'co_await' suspends the coroutine in a loop while lock 'mu' is held [threadlint-slow-call-under-lock]
}

Generator yields_bad() {
  std::lock_guard<std::mutex> g(mu);
  co_yield 1;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: 'co_yield' suspends the coroutine while lock 'mu' is held [threadlint-slow-call-under-lock]
  for (int i = 0; i < 3; ++i)
    co_yield i;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: 'co_yield' suspends the coroutine in a loop while lock 'mu' is held [threadlint-slow-call-under-lock]
}

Generator yields_ok() {
  for (int i = 0; i < 3; ++i) {
    {
      std::lock_guard<std::mutex> g(mu);
    }
    co_yield i;
  }
}

Task after_the_scope_ok() {
  {
    std::lock_guard<std::mutex> g(mu);
  }
  co_await read();
}

Task after_unlock_ok() {
  std::unique_lock<std::mutex> lk(mu);
  lk.unlock();
  co_await read();
  lk.lock();
}

Task before_ok() {
  co_await read();
  std::lock_guard<std::mutex> g(mu);
  co_return;
}

Task by_hand_bad() {
  mu.lock();
  co_await read();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: 'co_await' suspends the coroutine while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock();
  co_await read();
}

Task deferred_bad() {
  std::unique_lock<std::mutex> lk(mu, std::defer_lock);
  co_await read();
  lk.lock();
  co_await read();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: 'co_await' suspends the coroutine while lock 'mu' is held [threadlint-slow-call-under-lock]
}

Task blocks_too_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  co_return;
}

Task lambda_coroutine_bad() {
  auto inner = []() -> Task {
    std::lock_guard<std::mutex> g(mu);
    co_await read();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: 'co_await' suspends the coroutine while lock 'mu' is held [threadlint-slow-call-under-lock]
  };
  inner();
  co_await read();
}

// Calling a coroutine that starts suspended runs none of it.
Task slow(int fd) {
  fsync(fd);
  co_return;
}
void starts_a_lazy_coroutine_ok(int fd) {
  std::lock_guard<std::mutex> g(mu);
  slow(fd);
}

Task awaits_a_coroutine_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  Task t = slow(fd);
  (void)t;
  co_await read();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: 'co_await' suspends the coroutine while lock 'mu' is held [threadlint-slow-call-under-lock]
}

// One that starts at once runs to its first suspension, which gives control
// back to its caller.
struct Eager {
  struct promise_type {
    Eager get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
Eager eager_slow(int fd) {
  fsync(fd);
  co_return;
}
Eager eager_await() { co_await read(); }
void starts_an_eager_coroutine_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  eager_slow(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'eager_slow' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  eager_await(); // suspends itself, not the caller
}

template <class T> Task template_bad(T value) {
  std::lock_guard<std::mutex> g(mu);
  (void)value;
  co_await read();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: 'co_await' suspends the coroutine while lock 'mu' is held [threadlint-slow-call-under-lock]
}
void instantiate() {
  template_bad(1);
  template_bad(2.0);
}
