// RUN: %check %s -- -std=c++20
// Macros, templates, lambdas in lambdas, if constexpr, goto, coroutines, structured bindings.
#include <coroutine>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <thread>
#include <tuple>
#include <vector>

void use(int);

#define SPAWN(name, body) std::thread name([&] { body; })
#define BUMP(x) ++(x)

void macro_bad() {
  int n = 0;
  SPAWN(t, BUMP(n)); // CHECK: :[[@LINE]]:3: warning: task writes 'n' while the function that starts it may write it, without synchronization
  BUMP(n);
  t.join();
}

template <class T> void once_bad(T start) {
  T n = start;
  std::thread t([&] { ++n; }); // CHECK: :[[@LINE]]:18: warning: task writes 'n' while the function that starts it may write it, without synchronization
  n += 1;
  t.join();
}
template void once_bad<int>(int);
template void once_bad<long>(long);

template <class F> void call(F f) { f(); }

void inGenericCallee_bad() {
  int n = 0;
  std::thread t([&] { call([&] { ++n; }); }); // CHECK: :[[@LINE]]:18: warning: task writes 'n' while the function that starts it may write it, without synchronization
  ++n;
  t.join();
}

template <bool Threaded> void constexprIf(int start) {
  int n = start;
  std::thread t;
  if constexpr (Threaded)
    t = std::thread([&] { ++n; }); // CHECK: :[[@LINE]]:22: warning: task writes 'n' while the function that starts it may write it, without synchronization
  ++n;
  if (t.joinable())
    t.join();
}
template void constexprIf<true>(int);
template void constexprIf<false>(int);

void spawnerIsLambda_bad() {
  auto run = [] {
    int n = 0;
    std::thread t([&] { ++n; }); // CHECK: :[[@LINE]]:20: warning: task writes 'n' while the function that starts it may write it, without synchronization
    ++n;
    t.join();
  };
  run();
}

void spawnerIsLambdaOfOuterState_bad() {
  int n = 0;
  auto run = [&] {
    std::thread t([&] { ++n; }); // CHECK: :[[@LINE]]:20: warning: task writes 'n' while the function that starts it may write it, without synchronization
    ++n;
    t.join();
  };
  run();
}

void goto_bad(int k) {
  int n = 0;
  std::thread t([&] { ++n; }); // CHECK: :[[@LINE]]:18: warning: task writes 'n' while the function that starts it may write it, without synchronization
again:
  if (++n < k)
    goto again;
  t.join();
}

void binding_bad() {
  std::pair<int, int> p{1, 2};
  auto &[first, second] = p;
  std::thread t([&p] { ++p.first; }); // CHECK: :[[@LINE]]:19: warning: task writes 'p.first' while the function that starts it may read it, without synchronization
  use(first);
  use(second);
  t.join();
}

void unevaluated_ok() {
  int n = 0;
  std::thread t([&] { ++n; });
  static_assert(sizeof(n) == 4);
  static_assert(noexcept(++n));
  t.join();
}

void definedOnly_ok() {
  int n = 0;
  std::thread t([&] { ++n; });
  auto later = [&] { ++n; };
  t.join();
  later();
}

void notCalled_ok() {
  int n = 0;
  std::thread t([&] {
    auto never = [&] { ++n; };
    (void)never;
  });
  ++n;
  t.join();
}

void recursive(int &n) {
  if (n > 0) {
    --n;
    recursive(n);
  }
}

void recursiveCallee_bad() {
  int n = 3;
  std::thread t(recursive, std::ref(n)); // CHECK: :[[@LINE]]:28: warning: task reads 'n' while the function that starts it may write it, without synchronization
  recursive(n);
  t.join();
}

struct Task {
  struct promise_type {
    Task get_return_object();
    std::suspend_never initial_suspend();
    std::suspend_never final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};

Task coroutine_bad() {
  int n = 0;
  std::thread t([&] { ++n; }); // CHECK: :[[@LINE]]:18: warning: task writes 'n' while the function that starts it may write it
  ++n;
  t.join();
  co_return;
}

struct Base {
  virtual ~Base();
  virtual void run() = 0;
};

void virtualCall_ok(Base &b) {
  int n = 0;
  std::thread t([&] { b.run(); });
  b.run();
  ++n;
  t.join();
}

int &instance() {
  static int value = 0;
  return value;
}

// What a function returns is not followed.
void FN_singleton() {
  std::thread t([] { ++instance(); });
  ++instance();
  t.join();
}

void twoCaptures_bad() {
  int a = 0, b = 0;
  std::thread t([&] { ++a, ++b; });
  // CHECK: :[[@LINE-1]]:18: warning: task writes 'a' while the function that starts it may write it, without synchronization
  // CHECK: :[[@LINE-2]]:18: warning: task writes 'b' while the function that starts it may write it, without synchronization
  ++a;
  ++b;
  t.join();
}

void assertion_ok(int n) {
  std::vector<std::function<void()>> todo;
  todo.push_back([&] { ++n; });
  ++n;
  todo[0]();
}
