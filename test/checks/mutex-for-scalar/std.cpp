// RUN: %check %s -- -std=c++20
// Locks around single operations, and locks that do more.
#include "qt.h"
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>

class Counter_bad {
public:
  void add() {
    std::lock_guard<std::mutex> guard(mu_);
    ++count_;
  }
  void add(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    count_ += n;
  }
  int get() const {
    std::lock_guard<std::mutex> guard(mu_);
    return count_;
  }

private:
  mutable std::mutex mu_;
  // CHECK: :[[@LINE-1]]:22: warning: 'mu_' only protects single operations on 'count_'; an atomic would do [threadlint-mutex-for-scalar]
  // CHECK: :[[@LINE-15]]:33: note: held here to update 'count_'
  // CHECK: :[[@LINE-12]]:33: note: held here to update 'count_'
  // CHECK: :[[@LINE-9]]:33: note: held here to read 'count_'
  // CHECK: :[[@LINE+1]]:7: note: make it 'std::atomic<int>' and remove the lock
  int count_ = 0;
};

class Flag_bad {
public:
  void stop() {
    std::scoped_lock lock(mu_);
    stopped_ = true;
  }
  bool stopped() {
    mu_.lock();
    bool result = stopped_;
    mu_.unlock();
    return result;
  }
  bool running() {
    std::unique_lock<std::mutex> lock{mu_};
    return !stopped_;
  }

private:
  std::mutex mu_;
  // CHECK: :[[@LINE-1]]:14: warning: 'mu_' only protects single operations on 'stopped_'; an atomic would do
  // CHECK: :[[@LINE-17]]:22: note: held here to write 'stopped_'
  // CHECK: :[[@LINE-14]]:9: note: held here to read 'stopped_'
  // CHECK: :[[@LINE-9]]:34: note: held here to read 'stopped_'
  // CHECK: :[[@LINE+1]]:8: note: make it 'std::atomic<bool>' and remove the lock
  bool stopped_ = false;
};

enum class Mode { Off, On };
class Enum_bad {
public:
  void set(Mode mode) {
    std::unique_lock lock(mu_);
    mode_ = mode;
  }
  bool isOn() {
    std::shared_lock lock(mu_);
    return mode_ == Mode::On;
  }

private:
  std::shared_mutex mu_;
  // CHECK: :[[@LINE-1]]:21: warning: 'mu_' only protects single operations on 'mode_'; an atomic would do
  // CHECK: :[[@LINE-11]]:22: note: held here to write 'mode_'
  // CHECK: :[[@LINE-8]]:22: note: held here to read 'mode_'
  // CHECK: :[[@LINE+1]]:8: note: make it 'std::atomic<Mode>' and remove the lock
  Mode mode_ = Mode::Off;
};

class QtCounter_bad {
public:
  void raise() {
    QMutexLocker<QMutex> locker(&mutex_);
    value_ = value_ + 1;
  }
  long value() {
    QMutexLocker<QMutex> locker(&mutex_);
    return value_;
  }

private:
  QMutex mutex_;
  // CHECK: :[[@LINE-1]]:10: warning: 'mutex_' only protects single operations on 'value_'; an atomic would do
  // CHECK: :[[@LINE-11]]:26: note: held here to update 'value_'
  // CHECK: :[[@LINE-8]]:26: note: held here to read 'value_'
  // CHECK: :[[@LINE+1]]:8: note: make it 'std::atomic<long>' and remove the lock
  long value_ = 0;
};

namespace {
std::mutex global_mu;
// CHECK: :[[@LINE-1]]:12: warning: 'global_mu' only protects single operations on 'next_id'; an atomic would do
// CHECK: :[[@LINE+5]]:31: note: held here to update 'next_id'
// CHECK: :[[@LINE+8]]:31: note: held here to write 'next_id'
// CHECK: :[[@LINE+1]]:10: note: make it 'std::atomic<unsigned int>' and remove the lock
unsigned next_id = 1;
unsigned take_id() {
  std::lock_guard<std::mutex> guard(global_mu);
  return next_id++;
}
void reset_ids() {
  std::lock_guard<std::mutex> guard(global_mu);
  next_id = 1;
}
}
unsigned use_ids() { reset_ids(); return take_id(); }

template <class T> class Gauge_bad {
public:
  void set(T v) {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = v;
  }
  T get() {
    std::lock_guard<std::mutex> guard(mu_);
    return value_;
  }

private:
  std::mutex mu_;
  // CHECK: :[[@LINE-1]]:14: warning: 'mu_' only protects single operations on 'value_'; an atomic would do
  // CHECK: :[[@LINE-11]]:33: note: held here to write 'value_'
  // CHECK: :[[@LINE-8]]:33: note: held here to read 'value_'
  // CHECK: :[[@LINE+1]]:5: note: make it 'std::atomic<int>' and remove the lock
  T value_ = 0;
};
template class Gauge_bad<int>;
template class Gauge_bad<long>;

// A test and an update are two steps.
class CheckThenAct_ok {
public:
  bool take() {
    std::lock_guard<std::mutex> guard(mu_);
    if (left_ > 0) {
      --left_;
      return true;
    }
    return false;
  }
  void put() {
    std::lock_guard<std::mutex> guard(mu_);
    ++left_;
  }

private:
  std::mutex mu_;
  int left_ = 0;
};

class TwoFields_ok {
public:
  void add(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    sum_ += n;
    ++count_;
  }
  int sum() {
    std::lock_guard<std::mutex> guard(mu_);
    return sum_;
  }

private:
  std::mutex mu_;
  int sum_ = 0, count_ = 0;
};

class SeveralFields_ok {
public:
  int sum() {
    std::lock_guard<std::mutex> guard(mu_);
    return sum_;
  }
  void setCount(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    count_ = n;
  }

private:
  std::mutex mu_;
  int sum_ = 0, count_ = 0;
};

class Waits_ok {
public:
  void finish() {
    {
      std::lock_guard<std::mutex> guard(mu_);
      done_ = true;
    }
    cv_.notify_all();
  }
  void wait() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock, [this] { return done_; });
  }
  bool done() {
    std::lock_guard<std::mutex> guard(mu_);
    return done_;
  }

private:
  std::mutex mu_;
  std::condition_variable cv_;
  bool done_ = false;
};

int slow();
class CallsOthers_ok {
public:
  void set() {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = slow();
  }
  int get() {
    std::lock_guard<std::mutex> guard(mu_);
    return value_;
  }

private:
  std::mutex mu_;
  int value_ = 0;
};

class Text_ok {
public:
  void set(const std::string &s) {
    std::lock_guard<std::mutex> guard(mu_);
    text_ = s;
  }
  std::string get() {
    std::lock_guard<std::mutex> guard(mu_);
    return text_;
  }

private:
  std::mutex mu_;
  std::string text_;
};

class HandsOut_ok {
public:
  std::mutex &mutex() { return mu_; }
  void set(int v) {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = v;
  }
  int get() {
    std::lock_guard<std::mutex> guard(mu_);
    return value_;
  }

private:
  std::mutex mu_;
  int value_ = 0;
};

class GuardReturned_ok {
public:
  std::unique_lock<std::mutex> hold() { return std::unique_lock<std::mutex>(mu_); }
  void set(int v) {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = v;
  }
  int get() {
    std::lock_guard<std::mutex> guard(mu_);
    return value_;
  }

private:
  std::mutex mu_;
  int value_ = 0;
};

// No atomic operation multiplies, or turns a flag round.
class NoFetch_ok {
public:
  void scale(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    value_ *= n;
  }
  int get() {
    std::lock_guard<std::mutex> guard(mu_);
    return value_;
  }

private:
  std::mutex mu_;
  int value_ = 1;
};

class Toggle_ok {
public:
  void toggle() {
    std::lock_guard<std::mutex> guard(mu_);
    on_ = !on_;
  }
  bool get() {
    std::lock_guard<std::mutex> guard(mu_);
    return on_;
  }

private:
  std::mutex mu_;
  bool on_ = false;
};

class Floating_ok {
public:
  void set(double v) {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = v;
  }
  double get() {
    std::lock_guard<std::mutex> guard(mu_);
    return value_;
  }

private:
  std::mutex mu_;
  double value_ = 0;
};

// One section alone says little.
class OneSection_ok {
public:
  void set(int v) {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = v;
  }

private:
  std::mutex mu_;
  int value_ = 0;
};

// Two objects of one class: one lock for both.
class Other_ok {
public:
  void copy(Other_ok &other) {
    std::lock_guard<std::mutex> guard(mu_);
    other.value_ = 1;
  }
  int get() {
    std::lock_guard<std::mutex> guard(mu_);
    return value_;
  }

private:
  std::mutex mu_;
  int value_ = 0;
};

class WithTemplate_ok {
public:
  template <class F> void with(F f) {
    std::lock_guard<std::mutex> guard(mu_);
    f();
  }
  void set(int v) {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = v;
  }
  int get() {
    std::lock_guard<std::mutex> guard(mu_);
    return value_;
  }

private:
  std::mutex mu_;
  int value_ = 0;
};

// The value is also tested without the lock.
class AlsoUnlocked_ok {
public:
  void set(int v) {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = v;
  }
  int get() {
    std::lock_guard<std::mutex> guard(mu_);
    return value_;
  }
  int *address() { return &value_; }

private:
  std::mutex mu_;
  int value_ = 0;
};

// Released by hand before the end.
class EarlyUnlock_ok {
public:
  void set(int v) {
    std::unique_lock<std::mutex> lock(mu_);
    value_ = v;
    lock.unlock();
    slow();
  }
  int get() {
    std::lock_guard<std::mutex> guard(mu_);
    return value_;
  }

private:
  std::mutex mu_;
  int value_ = 0;
};

class Block_bad {
public:
  void set(int v) {
    slow();
    {
      std::lock_guard<std::mutex> guard(mu_);
      value_ = v;
    }
    slow();
  }
  int get() {
    std::lock_guard<std::mutex> guard(mu_);
    int copy = value_;
    return copy;
  }

private:
  std::mutex mu_;
  // CHECK: :[[@LINE-1]]:14: warning: 'mu_' only protects single operations on 'value_'; an atomic would do
  // CHECK: :[[@LINE-14]]:35: note: held here to write 'value_'
  // CHECK: :[[@LINE-9]]:33: note: held here to read 'value_'
  // CHECK: :[[@LINE+1]]:7: note: make it 'std::atomic<int>' and remove the lock
  int value_ = 0;
};

// A static member with a static lock.
class Shared_bad {
public:
  static int next() {
    std::lock_guard<std::mutex> guard(mu_);
    return ++last_;
  }
  static void reset() {
    std::lock_guard<std::mutex> guard(mu_);
    last_ = 0;
  }

private:
  static std::mutex mu_;
  // CHECK: :[[@LINE-1]]:21: warning: 'mu_' only protects single operations on 'last_'; an atomic would do
  // CHECK: :[[@LINE-11]]:33: note: held here to update 'last_'
  // CHECK: :[[@LINE-8]]:33: note: held here to write 'last_'
  // CHECK: :[[@LINE+1]]:14: note: make it 'std::atomic<int>' and remove the lock
  static int last_;
};
std::mutex Shared_bad::mu_;
int Shared_bad::last_ = 0;

// A guard of one's own is not read.
class OwnGuard {
public:
  explicit OwnGuard(std::mutex &m) : m_(m) { m_.lock(); }
  ~OwnGuard() { m_.unlock(); }

private:
  std::mutex &m_;
};
class FN_own_guard {
public:
  void set(int v) {
    OwnGuard guard(mu_);
    value_ = v;
  }
  int get() {
    OwnGuard guard(mu_);
    return value_;
  }

private:
  std::mutex mu_;
  int value_ = 0;
};
