// RUN: %check %s
// Lambdas, templates, base classes, macros. Parameters and elements are in elements.cpp.
#include <functional>
#include <mutex>
#include <stdexcept>
#include <vector>

int n;
#define RETURN_IF(x)                                                           \
  if (x)                                                                       \
  return
#define CHECK_ARG(x)                                                           \
  do {                                                                         \
    if (!(x))                                                                  \
      throw std::invalid_argument(#x);                                         \
  } while (false)

//===--- Templates and base classes ---===//

struct Lockable {
  std::mutex mu_;
  static std::mutex all_;
  void enter() { mu_.lock(); }
  void leave() { mu_.unlock(); }
};

template <class T> class Table : Lockable {
  T value_{};

public:
  void set_bad(T value) {
    mu_.lock();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'mu_' is not released on every path out of the function [threadlint-missing-unlock]
    // CHECK: :[[@LINE+2]]:5: note: still held at this return
    // CHECK: :[[@LINE-3]]:9: note: let a guard such as std::lock_guard own the lock: it releases on every path
    RETURN_IF(value == value_);
    value_ = value;
    mu_.unlock();
  }
  void checked_bad(T value) {
    enter();
    // CHECK: :[[@LINE-1]]:5: warning: lock 'mu_' is not released on every path out of the function
    // CHECK: :[[@LINE+2]]:5: note: still held when this exception leaves the function
    // CHECK: :[[@LINE-3]]:5: note: let a guard such as std::lock_guard own the lock: it releases on every path
    CHECK_ARG(value > 0);
    leave();
  }
  void static_bad(T value) {
    all_.lock();
    // CHECK: :[[@LINE-1]]:10: warning: lock 'all_' is not released on every path out of the function
    // CHECK: :[[@LINE+3]]:7: note: still held at this return
    // CHECK: :[[@LINE-3]]:10: note: let a guard such as std::lock_guard own the lock: it releases on every path
    if (value_ != value)
      return;
    all_.unlock();
  }
  template <bool Early> void constexpr_bad() {
    mu_.lock();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'mu_' is not released on every path out of the function
    // CHECK: :[[@LINE+4]]:9: note: still held at this return
    // CHECK: :[[@LINE-3]]:9: note: let a guard such as std::lock_guard own the lock: it releases on every path
    if constexpr (Early) {
      if (n)
        return;
    }
    mu_.unlock();
  }
  template <bool Locks> void constexpr_ok() {
    if constexpr (Locks)
      mu_.lock();
    ++n;
    if constexpr (Locks)
      mu_.unlock();
  }
  void enter_ok(T value) {
    enter();
    value_ = value;
    leave();
  }
};
template class Table<int>;
template class Table<long>;
template void Table<int>::constexpr_bad<true>();
template void Table<int>::constexpr_bad<false>();
template void Table<int>::constexpr_ok<true>();
template void Table<int>::constexpr_ok<false>();

//===--- Lambdas ---===//

class Lambdas {
  std::mutex mu_;

public:
  void nested_bad() {
    auto outer = [this](int x) {
      auto inner = [this](int y) {
        mu_.lock();
        // CHECK: :[[@LINE-1]]:13: warning: lock 'mu_' is not released on every path out of the function
        // CHECK: :[[@LINE+3]]:11: note: still held at this return
        // CHECK: :[[@LINE-3]]:13: note: let a guard such as std::lock_guard own the lock: it releases on every path
        if (y < 0)
          return 0;
        mu_.unlock();
        return y;
      };
      return inner(x);
    };
    outer(1);
  }
  void stored_bad(std::function<int(int)> &f) {
    f = [this](int x) {
      mu_.lock();
      // CHECK: :[[@LINE-1]]:11: warning: lock 'mu_' is not released on every path out of the function
      // CHECK: :[[@LINE+2]]:23: note: still held when this exception leaves the function
      // CHECK: :[[@LINE-3]]:11: note: let a guard such as std::lock_guard own the lock: it releases on every path
      int y = x < 0 ? throw x : x;
      mu_.unlock();
      return y;
    };
  }
  void released_by_lambda_ok(int x) {
    auto release = [this] { mu_.unlock(); };
    mu_.lock();
    if (x < 0) {
      release();
      return;
    }
    ++n;
    release();
  }
  void return_in_lambda_ok(const std::vector<int> &values) {
    mu_.lock();
    auto negative = [](int v) {
      if (v < 0)
        return 1;
      return 0;
    };
    for (int v : values)
      n += negative(v);
    mu_.unlock();
  }
  auto locked_lambda_ok() {
    return [this](int x) {
      std::lock_guard<std::mutex> guard(mu_);
      if (x < 0)
        return;
      ++n;
    };
  }
};
