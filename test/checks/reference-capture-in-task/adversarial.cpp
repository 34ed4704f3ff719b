// RUN: %check %s -- -std=c++20
// Macros, templates, nested lambdas, jumps, noexcept, coroutines, constructors.
#include <coroutine>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

void use(int);
void change(int &);
bool coin();

#define SPAWN(x) std::thread([&] { change(x); }).detach()
void macro_bad() {
  int x = 1;
  SPAWN(x); // CHECK: :[[@LINE]]:{{[0-9]+}}: warning: task refers to 'x'
}

#define REQUIRE_TRUE(x) if (!(x)) return
void assertion_ok() {
  int x = 1;
  std::thread t([&] { change(x); });
  REQUIRE_TRUE(coin());
  t.join();
}

template <class T> void template_bad(T value) {
  std::thread([&value] { use(value); }).detach(); // CHECK: :[[@LINE]]:{{[0-9]+}}: warning: task refers to 'value'
}
template void template_bad(int);
template void template_bad(long);

template <bool Wait> void constexprIf() {
  int x = 1;
  std::thread t([&] { change(x); });
  if constexpr (Wait)
    t.join();
  else
    t.detach();
}
template void constexprIf<true>();

template <class F> void forwarding_ok(F &&f) {
  std::thread t([&] { f(); });
  t.join();
}

template <class T> void neverInstantiated(T value) {
  std::thread([&value] { use(value); }).detach();
}

void nested_bad() {
  auto outer = [] {
    int x = 1;
    std::thread([&x] { change(x); }).detach(); // CHECK: :[[@LINE]]:{{[0-9]+}}: warning: task refers to 'x'
  };
  outer();
}

// What the outer task's captures refer to is another function's.
void nestedCapture_ok() {
  int x = 1;
  std::jthread outer([&x] {
    std::jthread inner([&x] { change(x); });
  });
}

void joinedByLambda_ok() {
  int x = 1;
  std::thread t([&] { change(x); });
  auto finish = [&] { t.join(); };
  if (coin()) {
    finish();
    return;
  }
  finish();
}

void goto_bad() {
  int x = 1;
  std::thread t([&x] { change(x); }); // CHECK: :[[@LINE]]:{{[0-9]+}}: warning: task refers to 'x'
  if (coin())
    goto out;
  t.join();
  return;
out:
  t.detach();
}

void noexcept_bad() noexcept {
  int x = 1;
  std::thread([&x] { change(x); }).detach(); // CHECK: :[[@LINE]]:{{[0-9]+}}: warning: task refers to 'x'
}

void switch_ok(int n) {
  int x = 1;
  std::thread t([&x] { change(x); });
  switch (n) {
  case 1:
    change(x);
    break;
  default:
    break;
  }
  t.join();
}

struct Task {
  struct promise_type {
    Task get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
// Its locals live until it is resumed to its end.
Task coroutine_ok() {
  int x = 1;
  std::thread([&x] { change(x); }).detach();
  co_await std::suspend_always{};
}

class Server {
  std::thread thread_;
  int port_;

public:
  explicit Server(int port)
      : thread_([&] { use(port); }), // CHECK: :[[@LINE]]:{{[0-9]+}}: warning: task refers to 'port'
        port_(port) {}
};

struct Base {
  int value = 1;
  std::thread start_ok() {
    return std::thread([this] { use(value); });
  }
};

void uniquePointer_ok() {
  int x = 1;
  auto t = std::make_unique<std::thread>([&x] { change(x); });
  t->join();
}

void futureTimeOut_bad() {
  std::future<void> f;
  int x = 1;
  f = std::async(std::launch::async, [&x] { change(x); }); // CHECK: :[[@LINE]]:{{[0-9]+}}: warning: task refers to 'x'
  if (f.wait_for(std::chrono::seconds(1)) == std::future_status::timeout)
    return;
}

bool futureReady_ok(std::future<void> &f) {
  int x = 1;
  f = std::async(std::launch::async, [&x] { change(x); });
  while (f.wait_for(std::chrono::seconds(1)) != std::future_status::ready)
    use(1);
  return true;
}

void handedOn_ok(void (*keep)(std::thread)) {
  int x = 1;
  std::thread t([&x] { change(x); });
  keep(std::move(t)); // nobody knows
}

// An element that a loop names by reference belongs to the container.
void FN_element() {
  std::vector<int> v{1, 2};
  for (int &i : v)
    std::thread([&i] { change(i); }).detach();
}

// `this` is not looked at, though the object is a local one of a caller's.
struct FN_Object {
  int value = 1;
  void start() {
    std::thread([this] { use(value); }).detach();
  }
};
