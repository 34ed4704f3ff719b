// Templates: looked at in their instantiations, reported once.
// RUN: %check %s -- -std=c++20
#include <mutex>
#include <shared_mutex>
#include <type_traits>
#include <unistd.h>
#include <utility>

std::mutex mu;

template <class T> void function_template_bad(T fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(static_cast<int>(fd));
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

template <class T> void never_instantiated(T fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
}

template <class T> class ClassTemplate {
public:
  void method_bad(int fd) {
    std::lock_guard<std::mutex> g(mu_);
    ++value_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }
  template <class U> void member_template_bad(U fd) {
    std::lock_guard<std::mutex> g(mu_);
    ++value_;
    fsync(static_cast<int>(fd));
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }
  void never_called_bad(int fd) { // instantiated explicitly below
    std::lock_guard<std::mutex> g(mu_);
    ++value_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }
  static void static_bad(int fd) {
    std::lock_guard<std::mutex> g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  void out_of_line_bad(int fd);

private:
  std::mutex mu_;
  T value_{};
};

template <class T> void ClassTemplate<T>::out_of_line_bad(int fd) {
  std::lock_guard<std::mutex> g(mu_);
  ++value_;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
}

void instantiate(ClassTemplate<int> &a, ClassTemplate<long> &b) {
  function_template_bad(1);
  function_template_bad(2L);
  function_template_bad(3u);
  a.method_bad(1);
  b.method_bad(1);
  a.member_template_bad(1);
  a.member_template_bad(1L);
  b.member_template_bad(1);
  ClassTemplate<int>::static_bad(1);
  ClassTemplate<char>::static_bad(1);
  a.out_of_line_bad(1);
  b.out_of_line_bad(1);
}

template class ClassTemplate<short>; // explicit: all members
template <> class ClassTemplate<bool> {
  void specialised_bad(int fd) {
    std::lock_guard<std::mutex> g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
};

template <bool Lock> void if_constexpr_bad(int fd) {
  std::unique_lock<std::mutex> lk(mu, std::defer_lock);
  if constexpr (Lock)
    lk.lock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

template <bool Slow> void slow_if_constexpr_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  if constexpr (Slow)
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void instantiate_constexpr() {
  if_constexpr_bad<true>(1);
  if_constexpr_bad<false>(1);
  slow_if_constexpr_bad<false>(1);
  slow_if_constexpr_bad<true>(1);
}

// The lock's type is the parameter.
template <class M> void any_mutex_bad(M &m, int fd) {
  std::lock_guard<M> g(m);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'm' is held [threadlint-slow-call-under-lock]
}
template <class Guard> void any_guard_bad(int fd) {
  Guard g(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
struct NullMutex {
  void lock() {}
  void unlock() {}
};
template <class M> void null_mutex_ok(M &m, int fd) {
  m.lock();
  fsync(fd);
  m.unlock();
}
void instantiate_mutexes(std::mutex &m, std::recursive_mutex &r, NullMutex &n) {
  any_mutex_bad(m, 1);
  any_mutex_bad(r, 1);
  any_guard_bad<std::lock_guard<std::mutex>>(1);
  any_guard_bad<std::unique_lock<std::mutex>>(1);
  null_mutex_ok(n, 1);
}

template <class... Fds> void variadic_bad(Fds... fds) {
  std::lock_guard<std::mutex> g(mu);
  (fsync(fds), ...);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
template <class... Ms> void many_locks_bad(int fd, Ms &...ms) {
  std::scoped_lock g(ms...);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'ms' is held [threadlint-slow-call-under-lock]
}
void instantiate_variadic(std::mutex &a, std::mutex &b) {
  variadic_bad(1, 2, 3);
  many_locks_bad(1, a, b);
}

void generic_lambda_bad(int fd) {
  auto sync = [](auto f) { fsync(f); };
  auto locked = [](auto f) {
    std::lock_guard<std::mutex> g(mu);
    fsync(f);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  };
  locked(fd);
  locked(3L);
  std::lock_guard<std::mutex> g(mu);
  sync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

template <class T> struct Base {
  void enter() { mu_.lock(); }
  void leave() { mu_.unlock(); }
  std::mutex mu_;
};
template <class T> struct Derived : Base<T> {
  void run_bad(int fd) {
    this->enter();
    ++n_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    this->leave();
    fsync(fd);
  }
  int n_ = 0;
};
void instantiate_derived(Derived<int> &d) { d.run_bad(1); }

// A policy decides whether it blocks.
struct Fast {
  static void flush(int) {}
};
struct Slow {
  static void flush(int fd) { fsync(fd); }
};
template <class Policy> void policy_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  Policy::flush(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'flush' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
template <class Policy> void policy_ok(int fd) {
  std::lock_guard<std::mutex> g(mu);
  Policy::flush(fd);
}
void instantiate_policies() {
  policy_bad<Fast>(1);
  policy_bad<Slow>(1);
  policy_ok<Fast>(1);
}
