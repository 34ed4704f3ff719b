// Waiting on a condition releases one lock: with another one held it blocks.
// RUN: %check %s -- -std=c++20
#include <condition_variable>
#include <deque>
#include <mutex>
#include <pthread.h>
#include <stop_token>

using namespace std::chrono_literals;

std::mutex mu, other;
std::condition_variable cv;
std::condition_variable_any any;
bool ready;

void only_lock_ok() {
  std::unique_lock<std::mutex> lk(mu);
  cv.wait(lk);
  cv.wait(lk, [] { return ready; });
  while (!ready)
    cv.wait(lk);
  cv.wait_for(lk, 1s);
  cv.wait_for(lk, 1s, [] { return ready; });
  cv.wait_until(lk, std::chrono::steady_clock::now() + 1s);
  cv.notify_one();
}

void another_lock_bad() {
  std::lock_guard<std::mutex> g(other);
  std::unique_lock<std::mutex> lk(mu);
  cv.wait(lk);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'other' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-4]]:{{[0-9]+}}: note: lock 'other' acquired here
  cv.wait(lk, [] { return ready; });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'other' is held [threadlint-slow-call-under-lock]
  cv.wait_for(lk, 1s);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait_for' may block (wait) while lock 'other' is held [threadlint-slow-call-under-lock]
  cv.wait_for(lk, 0s);
}

void another_lock_taken_later_bad() {
  std::unique_lock<std::mutex> lk(mu);
  std::lock_guard<std::mutex> g(other);
  cv.wait(lk);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'other' is held [threadlint-slow-call-under-lock]
}

void another_lock_released_ok() {
  std::unique_lock<std::mutex> first(other);
  std::unique_lock<std::mutex> lk(mu);
  first.unlock();
  cv.wait(lk);
}

void any_with_the_mutex_ok() {
  mu.lock();
  any.wait(mu);
  mu.unlock();
}

void any_with_a_stop_token_bad(std::stop_token stop) {
  std::lock_guard<std::mutex> g(other);
  std::unique_lock<std::mutex> lk(mu);
  any.wait(lk, stop, [] { return ready; });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'other' is held [threadlint-slow-call-under-lock]
}

void scoped_lock_around_bad() {
  std::scoped_lock g(other);
  std::unique_lock lk(mu);
  cv.wait(lk, [] { return ready; });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'other' is held [threadlint-slow-call-under-lock]
}

void guard_parameter_ok(std::unique_lock<std::mutex> &lk) {
  cv.wait(lk, [] { return ready; });
}

void caller_of_the_wait_ok() {
  std::unique_lock<std::mutex> lk(mu);
  guard_parameter_ok(lk);
}

void caller_with_another_lock_bad() {
  std::lock_guard<std::mutex> g(other);
  std::unique_lock<std::mutex> lk(mu);
  guard_parameter_ok(lk);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'guard_parameter_ok' may block (wait) while lock 'other' is held [threadlint-slow-call-under-lock]
}

// leveldb's: the condition holds a pointer to its mutex.
class Mutex {
public:
  void Lock() { mu_.lock(); }
  void Unlock() { mu_.unlock(); }

private:
  friend class CondVar;
  std::mutex mu_;
};

class CondVar {
public:
  explicit CondVar(Mutex *mu) : mu_(mu) {}
  void Wait() {
    std::unique_lock<std::mutex> lock(mu_->mu_, std::adopt_lock);
    cv_.wait(lock);
    lock.release();
  }
  void SignalAll() { cv_.notify_all(); }

private:
  std::condition_variable cv_;
  Mutex *const mu_;
};

class MutexLock {
public:
  explicit MutexLock(Mutex *mu) : mu_(mu) { mu_->Lock(); }
  ~MutexLock() { mu_->Unlock(); }

private:
  Mutex *const mu_;
};

class Database {
public:
  Database() : done_(&mutex_) {}

  void wait_ok() {
    MutexLock l(&mutex_);
    while (busy_)
      done_.Wait();
    done_.SignalAll();
  }

  void wait_by_hand_ok() {
    mutex_.Lock();
    while (busy_)
      done_.Wait();
    mutex_.Unlock();
  }

  void wait_in_a_callee_ok() {
    MutexLock l(&mutex_);
    wait_locked();
  }

  void wait_under_another_bad() {
    std::lock_guard<std::mutex> g(other);
    MutexLock l(&mutex_);
    while (busy_)
      done_.Wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Wait' may block (wait) in a loop while lock 'other' is held [threadlint-slow-call-under-lock]
  }

private:
  void wait_locked() {
    while (busy_)
      done_.Wait();
  }

  Mutex mutex_;
  CondVar done_;
  bool busy_ = false;
};

// A condition on the stack, with the class's mutex.
class Writers {
  struct Writer {
    explicit Writer(Mutex *mu) : cv(mu) {}
    CondVar cv;
    bool done = false;
  };
  void enqueue_ok() {
    Writer w(&mutex_);
    MutexLock l(&mutex_);
    queue_.push_back(&w);
    while (!w.done && &w != queue_.front())
      w.cv.Wait();
    queue_.front()->cv.SignalAll();
  }
  Mutex mutex_;
  std::deque<Writer *> queue_;
};

// A condition that owns its mutex.
class Event {
public:
  void wait_ok() {
    std::unique_lock<std::mutex> lk(mu_);
    while (!set_)
      cv_.wait(lk);
  }
  void set_ok() {
    std::lock_guard<std::mutex> g(mu_);
    set_ = true;
    cv_.notify_all();
  }

private:
  std::mutex mu_;
  std::condition_variable cv_;
  bool set_ = false;
};

void wait_for_an_event_bad(Event &e) {
  std::lock_guard<std::mutex> g(mu);
  e.wait_ok();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait_ok' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  e.set_ok();
}

class Monitor {
public:
  void lock() { pthread_mutex_lock(&m_); }
  void unlock() { pthread_mutex_unlock(&m_); }
  void wait() { pthread_cond_wait(&c_, &m_); }

private:
  pthread_mutex_t m_;
  pthread_cond_t c_;
};

void monitor_ok(Monitor &m) {
  m.lock();
  while (!ready)
    m.wait();
  m.unlock();
}

void monitor_under_another_bad(Monitor &m) {
  std::lock_guard<std::mutex> g(mu);
  m.lock();
  m.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  m.unlock();
}
