// RUN: %check %s -- -std=c++20 -I%S/../../Inputs
// Locks of user code, of other libraries, and with attributes.
#include "abseil.h"
#include "boost.h"
#include "qt.h"
#include <condition_variable>
#include <mutex>
#include <pthread.h>
#include <thread>

int n;

//===--- A wrapper whose bodies are visible ---===//

class Mutex {
public:
  void lock() { m_.lock(); }
  void unlock() { m_.unlock(); }

private:
  std::mutex m_;
};
class Guard {
public:
  explicit Guard(Mutex &m) : m_(m) { m_.lock(); }
  ~Guard() { m_.unlock(); }

private:
  Mutex &m_;
};

struct Wrapped {
  Mutex mu_;
  void add() {
    Guard g(mu_);
    ++n;
  }
  void work_bad() {
    Guard g(mu_);
    add();
    // CHECK: :[[@LINE-1]]:5: warning: call to 'add' acquires lock 'mu_' again while this thread holds it [threadlint-double-lock]
    // CHECK: :[[@LINE-3]]:11: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-8]]:11: note: 'add' calls 'Guard' here
    // CHECK: :[[@LINE-19]]:41: note: 'Guard' calls 'lock' here
    // CHECK: :[[@LINE-28]]:20: note: 'lock' acquires it here
    // CHECK: :[[@LINE-6]]:5: note: release the lock before the call, or call a function that expects it to be held
  }
  void direct_bad() {
    Guard a(mu_);
    Guard b(mu_);
    // CHECK: :[[@LINE-1]]:11: warning: call to 'Guard' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:11: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-28]]:41: note: 'Guard' calls 'lock' here
    // CHECK: :[[@LINE-37]]:20: note: 'lock' acquires it here
    // CHECK: :[[@LINE-5]]:11: note: release the lock before the call, or call a function that expects it to be held
  }
  void plain_bad() {
    mu_.lock();
    mu_.lock();
    // CHECK: :[[@LINE-1]]:9: warning: call to 'lock' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:9: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-45]]:20: note: 'lock' acquires it here
    // CHECK: :[[@LINE-4]]:9: note: release the lock before the call, or call a function that expects it to be held
  }
};

//===--- A recursive lock on top of a plain one ---===//

class Recursive {
public:
  void lock() {
    if (owner_ == std::this_thread::get_id()) {
      ++depth_;
      return;
    }
    m_.lock();
    owner_ = std::this_thread::get_id();
  }
  void unlock() {
    if (depth_ > 0) {
      --depth_;
      return;
    }
    owner_ = {};
    m_.unlock();
  }

private:
  std::mutex m_;
  std::thread::id owner_;
  int depth_ = 0;
};
struct UsesRecursive {
  Recursive mu_;
  void add() { std::lock_guard<Recursive> g(mu_); }
  void work_ok() {
    std::lock_guard<Recursive> g(mu_);
    add();
  }
};

class PthreadMutex {
public:
  PthreadMutex() {
    pthread_mutexattr_t attr;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&m_, &attr);
  }
  void lock() { pthread_mutex_lock(&m_); }
  void unlock() { pthread_mutex_unlock(&m_); }

private:
  pthread_mutex_t m_;
};
PthreadMutex made_recursive;
void made_recursive_ok() {
  made_recursive.lock();
  made_recursive.lock();
}

class Hidden { // its constructor decides
public:
  Hidden();
  void lock() { pthread_mutex_lock(&m_); }

private:
  pthread_mutex_t m_;
};
void hidden_ok(Hidden &h) {
  h.lock();
  h.lock();
}

class Opaque { // nothing is known
public:
  void lock();
  void unlock();
};
void opaque_ok(Opaque &o) {
  std::lock_guard<Opaque> a(o);
  std::lock_guard<Opaque> b(o);
}

//===--- Condition variables ---===//

struct Monitor {
  std::mutex mu_;
  std::condition_variable cv_;
  bool ready_ = false;
  void wait() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock, [this] { return ready_; });
  }
  void wait_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    while (!ready_)
      cv_.wait(lock);
  }
  void predicate_bad() {
    std::unique_lock<std::mutex> lock(mu_);
    wait();
    // CHECK: :[[@LINE-1]]:5: warning: call to 'wait' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:34: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-13]]:34: note: 'wait' acquires it here
    // CHECK: :[[@LINE-4]]:5: note: release the lock before the call, or call a function that expects it to be held
  }
};

//===--- Other libraries ---===//

struct Qt {
  QMutex mu_;
  QMutex rec_{QMutex::Recursive};
  void locker_bad() {
    QMutexLocker a(&mu_);
    QMutexLocker b(&mu_);
    // CHECK: :[[@LINE-1]]:18: warning: lock 'mu_' is acquired again while this thread holds it
    // CHECK: :[[@LINE-3]]:18: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:18: note: release the lock first, or acquire it only once
  }
  void recursive_ok() {
    QMutexLocker a(&rec_);
    QMutexLocker b(&rec_);
  }
};

boost::mutex bm;
boost::recursive_mutex brm;
void boost_bad() {
  boost::lock_guard<boost::mutex> a(bm);
  boost::lock_guard<boost::mutex> b(bm);
  // CHECK: :[[@LINE-1]]:35: warning: lock 'bm' is acquired again while this thread holds it
  // CHECK: :[[@LINE-3]]:35: note: lock 'bm' acquired here
  // CHECK: :[[@LINE-3]]:35: note: release the lock first, or acquire it only once
}
void boost_ok() {
  boost::lock_guard<boost::recursive_mutex> a(brm);
  boost::lock_guard<boost::recursive_mutex> b(brm);
}

absl::Mutex am;
void absl_bad() {
  absl::MutexLock a(&am);
  absl::MutexLock b(&am);
  // CHECK: :[[@LINE-1]]:19: warning: lock 'am' is acquired again while this thread holds it
  // CHECK: :[[@LINE-3]]:19: note: lock 'am' acquired here
  // CHECK: :[[@LINE-3]]:19: note: release the lock first, or acquire it only once
}

//===--- Attributes ---===//

class __attribute__((capability("mutex"))) Annotated {
public:
  void Lock() __attribute__((acquire_capability())) { m_.lock(); }
  void Unlock() __attribute__((release_capability())) { m_.unlock(); }

private:
  std::mutex m_;
};
class __attribute__((scoped_lockable)) AnnotatedLock {
public:
  explicit AnnotatedLock(Annotated *m) __attribute__((acquire_capability(m))) : m_(m) { m_->Lock(); }
  ~AnnotatedLock() __attribute__((release_capability())) { m_->Unlock(); }

private:
  Annotated *m_;
};
struct UsesAnnotated {
  Annotated mu_;
  void add() { AnnotatedLock l(&mu_); }
  void work_bad() {
    AnnotatedLock l(&mu_);
    add();
    // CHECK: :[[@LINE-1]]:5: warning: call to 'add' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:19: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-6]]:30: note: 'add' acquires it here
    // CHECK: :[[@LINE-4]]:5: note: release the lock before the call, or call a function that expects it to be held
  }
  void required_bad() __attribute__((requires_capability(mu_))) {
    add();
    // CHECK: :[[@LINE-1]]:5: warning: call to 'add' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:8: note: lock 'mu_' is held here
    // CHECK: :[[@LINE-13]]:30: note: 'add' acquires it here
    // CHECK: :[[@LINE-4]]:5: note: release the lock before the call, or call a function that expects it to be held
  }
  void once_ok() { AnnotatedLock l(&mu_); }
};

// What a local object's destructor does happens before the guard's.
class Held {
public:
  void add(int x) {
    std::lock_guard<std::mutex> guard(mu_);
    n_ += x;
  }
  struct Adder {
    Held &held;
    ~Adder() { held.add(1); }
  };
  void end_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    Adder adder{*this};
    n_ = 0;
    // CHECK: :[[@LINE+4]]:3: warning: call to '~Adder' acquires lock 'mu_' again while this thread holds it
    // CHECK: note: lock 'mu_' acquired here
    // CHECK: note:
    // CHECK: note:
  }
  void end_ok() {
    Adder adder{*this};
    std::lock_guard<std::mutex> guard(mu_);
    n_ = 0;
  }
  void other_ok(Held &other) {
    std::lock_guard<std::mutex> guard(mu_);
    Adder adder{other};
    n_ = 0;
  }

private:
  std::mutex mu_;
  int n_ = 0;
};
