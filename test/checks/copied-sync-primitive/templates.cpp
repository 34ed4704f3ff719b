// Templates once, at what the source says; macros, coroutines, nested lambdas.
// RUN: %check %s -- -std=c++20
#include <coroutine>
#include <functional>
#include <map>
#include <pthread.h>
#include <thread>
#include <type_traits>
#include <vector>

struct Queue {
  pthread_mutex_t lock;
  int size() const;
};
template <class T> struct Box {
  T value;
  pthread_mutex_t lock;
};

template <class T> void takes_box_bad(Box<T> &b) {
  auto c = b;
// CHECK: :[[@LINE-1]]:8: warning: the initialization of 'c' copies the 'pthread_mutex_t' in 'Box' [threadlint-copied-sync-primitive]
}
template <class T> void fixed_parameter_bad(Queue q, T) {}
// CHECK: :[[@LINE-1]]:51: warning: parameter 'q' is passed by value, which copies the 'pthread_mutex_t' in 'Queue'
template <class F> void generic(F f) { f.size(); }
template <class... A> void pack(int, A...) {}
template <class T> void forwards_ok(T &&t) { auto &u = t; (void)u; }
template <class T> void constexpr_if(T &t) {
  if constexpr (std::is_integral_v<T>) {
    T copy = t;
    (void)copy;
  } else {
    auto &ref = t;
    (void)ref;
  }
}
void instantiates(Box<int> &a, Box<long> &b, Queue &q) {
  takes_box_bad(a);
  takes_box_bad(b);
  fixed_parameter_bad(Queue(), 1);
  fixed_parameter_bad(Queue(), 1L);
  generic(q);
// CHECK: :[[@LINE-1]]:11: warning: 'generic' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
  generic(Queue());
  pack(1, 2, q);
// CHECK: :[[@LINE-1]]:14: warning: 'pack' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
  forwards_ok(q);
  constexpr_if(q);
  int n = 0;
  constexpr_if(n);
  [](auto x) { return x.size(); }(q);
// CHECK: :[[@LINE-1]]:35: warning: 'operator()' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
}
template <class T> struct Store {
  std::vector<T> items_;
  void add_bad(const T &t) { items_.push_back(t); }
// CHECK: :[[@LINE-1]]:47: warning: 'push_back' copies its argument, and with it the 'pthread_mutex_t' in 'Queue'
  T get_bad(int i) const { return items_[i]; }
// CHECK: :[[@LINE-1]]:35: warning: returning by value copies the 'pthread_mutex_t' in 'Queue'
  const T &ref_ok(int i) const { return items_[i]; }
};
template struct Store<Queue>;
template struct Store<int>;

#define BY_VALUE(type, name) type name
void macro_parameter_bad(BY_VALUE(Queue, q)) {}
// CHECK: :[[@LINE-1]]:26: warning: parameter 'q' is passed by value
#define COPY(p) auto copy = *(p)
void macro_bad(Queue *p) {
  COPY(p);
// CHECK: :[[@LINE-1]]:3: warning: the initialization of 'copy' copies the 'pthread_mutex_t' in 'Queue'
}

auto nested = [](Queue &q) {
  return [&q] {
    return [q] { return q.size(); };
// CHECK: :[[@LINE-1]]:13: warning: the lambda captures 'q' by value, which copies the 'pthread_mutex_t' in 'Queue'
  };
};

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
Task coroutine_bad(Queue q, Queue &r) {
// CHECK: :[[@LINE-1]]:26: warning: parameter 'q' is passed by value
  Queue copy = r;
// CHECK: :[[@LINE-1]]:9: warning: the initialization of 'copy' copies
  co_return;
}

struct Interface {
  virtual void run(Queue q) = 0;
  virtual ~Interface() = default;
};
struct Implementation : Interface {
  void run(Queue q) override {}
// CHECK: :[[@LINE-1]]:18: warning: parameter 'q' is passed by value
};
void noexcept_bad(Queue &a, Queue &b) noexcept {
  try {
    a = b;
// CHECK: :[[@LINE-1]]:7: warning: the assignment copies
  } catch (...) {
  }
}
struct Node { // holds itself
  std::vector<Node> children;
  std::map<int, Node> named;
  std::function<void(Node)> f;
};
void recursive_ok(Node n) { auto m = n; }
struct Defaulted {
  Queue q;
  Defaulted() = default;
  Defaulted(const Defaulted &) = default;
  Defaulted &operator=(const Defaulted &) = default;
};
void defaulted_bad(Defaulted &a) {
  Defaulted b = a;
// CHECK: :[[@LINE-1]]:13: warning: the initialization of 'b' copies the 'pthread_mutex_t' in 'Defaulted'
  b = a;
// CHECK: :[[@LINE-1]]:5: warning: the assignment copies
}

Queue original;
Queue FN_global_copy = original; // only functions are looked at
