// RUN: %check %s
// State that changes without the lock of the wait, and waits with two locks.
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

struct Gate {
  std::mutex mu_, other_;
  std::condition_variable cv_;
  bool ready_ = false;
  std::atomic<bool> flag_{false};

  void wait() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock, [this] { return ready_ || flag_; });
  }

  void open_bad() {
    ready_ = true;
    // CHECK: :[[@LINE-1]]:5: warning: 'ready_' is changed without holding 'mu_', so the notification after it may be lost
    // CHECK: :[[@LINE-6]]:9: note: waited for here; the change may come between the test and the wait
    // CHECK: :[[@LINE+2]]:9: note: notified here
    // CHECK: :[[@LINE-4]]:5: note: hold 'mu_' while 'ready_' is changed
    cv_.notify_one();
  }

  void atomic_bad() {
    flag_.store(true);
    // CHECK: :[[@LINE-1]]:5: warning: 'flag_' is changed without holding 'mu_'
    // CHECK: :[[@LINE-15]]:9: note: waited for here
    // CHECK: :[[@LINE+2]]:9: note: notified here
    // CHECK: :[[@LINE-4]]:5: note: hold 'mu_'
    cv_.notify_one();
  }

  void section_ok() {
    flag_ = true;
    { std::lock_guard<std::mutex> guard(mu_); }
    cv_.notify_one();
  }

  void open_ok() {
    {
      std::lock_guard<std::mutex> guard(mu_);
      ready_ = true;
    }
    cv_.notify_one();
  }

  void under_lock_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    set_ok();
  }

private:
  void set_ok() {
    ready_ = true;
    cv_.notify_one();
  }
};

struct Worker {
  std::mutex mu_;
  std::condition_variable cv_;
  bool stop_ = false;
  std::thread thread_;

  void run() {
    std::unique_lock<std::mutex> lock(mu_);
    while (!stop_)
      cv_.wait(lock);
  }

  void wake() { cv_.notify_all(); }

  void shutdown_bad() {
    stop_ = true;
    // CHECK: :[[@LINE-1]]:5: warning: 'stop_' is changed without holding 'mu_'
    // CHECK: :[[@LINE-8]]:11: note: waited for here
    // CHECK: :[[@LINE+2]]:5: note: notified here
    // CHECK: :[[@LINE-4]]:5: note: hold 'mu_'
    wake();
  }

  ~Worker() {
    stop_ = true;
    // CHECK: :[[@LINE-1]]:5: warning: 'stop_' is changed without holding 'mu_'
    // CHECK: :[[@LINE-17]]:11: note: waited for here
    // CHECK: :[[@LINE+2]]:9: note: notified here
    // CHECK: :[[@LINE-4]]:5: note: hold 'mu_'
    cv_.notify_all();
    thread_.join();
  }
};

// A container is state like any other.
struct Jobs {
  std::mutex mu_;
  std::condition_variable cv_;
  std::vector<int> jobs_;
  void take() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock, [this] { return !jobs_.empty(); });
    jobs_.pop_back();
  }
  void add_ok(int job) {
    std::lock_guard<std::mutex> guard(mu_);
    jobs_.push_back(job);
    cv_.notify_one();
  }
  void add_bad(int job) {
    jobs_.push_back(job);
    // CHECK: :[[@LINE-1]]:5: warning: 'jobs_' is changed without holding 'mu_'
    // CHECK: note: waited for here
    // CHECK: :[[@LINE+2]]:9: note: notified here
    // CHECK: :[[@LINE-4]]:5: note: hold 'mu_'
    cv_.notify_one();
  }
};

struct Timed {
  std::mutex mu_;
  std::condition_variable cv_;
  bool stop_ = false;
  void run() {
    std::unique_lock<std::mutex> lock(mu_);
    while (!stop_)
      cv_.wait_for(lock, std::chrono::seconds(1));
  }
  void stop_ok() {
    stop_ = true;
    cv_.notify_all();
  }
};

struct Two {
  std::mutex a_, b_;
  std::condition_variable cv_;
  bool full_ = false, empty_ = true;
  void first() {
    std::unique_lock<std::mutex> lock(a_);
    cv_.wait(lock, [this] { return full_; });
  }
  void second_bad() {
    std::unique_lock<std::mutex> lock(b_);
    cv_.wait(lock, [this] { return empty_; });
    // CHECK: :[[@LINE-1]]:9: warning: condition variable 'cv_' is waited on with 'b_' here and with 'a_' elsewhere
    // CHECK: :[[@LINE-6]]:9: note: waited on with 'a_' here
    // CHECK: :[[@LINE-3]]:9: note: use one lock with it, or two condition variables
  }
  void third_ok() {
    std::unique_lock<std::mutex> lock(a_);
    cv_.wait(lock, [this] { return full_; });
  }
};

// A signal handler must not lock; that it notifies is another mistake.
volatile sig_atomic_t caught = 0;
std::mutex signalMutex;
std::condition_variable signalled;
void handler_ok(int number) {
  caught = number;
  signalled.notify_one();
}
void untilSignal() {
  std::unique_lock<std::mutex> lock(signalMutex);
  signal(SIGINT, handler_ok);
  signalled.wait(lock, [] { return caught != 0; });
}

//===--- the write is in a function of its own
//-----------------------------===//

class Pending {
public:
  void wait() {
    std::unique_lock<std::mutex> lock(mu_);
    while (pending_ != 0)
      cv_.wait(lock);
  }
  void done() {
    decrement_bad();
    cv_.notify_all();
  }

private:
  void decrement_bad() {
    --pending_;
    // CHECK: :[[@LINE-1]]:7: warning: 'pending_' is changed without holding 'mu_', so the notification after it may be lost
  }
  std::mutex mu_;
  std::condition_variable cv_;
  std::atomic<int> pending_{0};
};

class PendingLocked {
public:
  void wait() {
    std::unique_lock<std::mutex> lock(mu_);
    while (pending_ != 0)
      cv_.wait(lock);
  }
  void done() {
    {
      std::lock_guard<std::mutex> lock(mu_);
      decrement_ok();
    }
    cv_.notify_all();
  }
  void done_then_locked() {
    decrement2_ok();
    { std::lock_guard<std::mutex> lock(mu_); }
    cv_.notify_all();
  }

private:
  void decrement_ok() { --pending_; }
  void decrement2_ok() { --pending_; }
  std::mutex mu_;
  std::condition_variable cv_;
  std::atomic<int> pending_{0};
};
