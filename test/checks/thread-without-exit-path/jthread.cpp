// RUN: %check %s -- -std=c++20
// Threads that ask to be stopped, and coroutines.
#include <atomic>
#include <condition_variable>
#include <coroutine>
#include <mutex>
#include <stop_token>
#include <thread>

void work();
bool step();

void no_token_bad() {
  std::jthread t([] {
    while (true)
      work();
  });
  // CHECK: :[[@LINE-4]]:16: warning: thread never ends, so the join never returns
  // CHECK: :[[@LINE-4]]:5: note: this loop has no way out
  // CHECK: note: let the loop end
}

void token_not_asked_bad() {
  std::jthread t([](std::stop_token) {
    for (;;)
      work();
  });
  // CHECK: :[[@LINE-4]]:16: warning: thread never ends, so the join never returns
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

class Member {
  void run(std::stop_token stop) {
    while (!stop.stop_requested())
      work();
  }
  std::jthread t_ok{[this](std::stop_token stop) { run(stop); }};
};

void token_asked_ok() {
  std::jthread t([](std::stop_token stop) {
    while (!stop.stop_requested())
      work();
  });
  std::jthread u([](std::stop_token stop) {
    for (;;) {
      if (stop.stop_requested())
        return;
      work();
    }
  });
}

void token_waited_on_ok() {
  std::jthread t([](std::stop_token stop) {
    std::mutex mu;
    std::condition_variable_any cv;
    std::unique_lock lock(mu);
    while (cv.wait(lock, stop, [] { return step(); }))
      work();
  });
}

void callback_ok() {
  std::jthread t([](std::stop_token stop) {
    std::atomic<bool> stopped{false};
    std::stop_callback callback(stop, [&] { stopped = true; });
    while (!stopped)
      work();
  });
}

struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
Detached coroutine() {
  for (;;)
    co_await std::suspend_always();
}
void coroutine_ok() {
  std::jthread t([] { coroutine(); });
  std::jthread u(coroutine);
}
