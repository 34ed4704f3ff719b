// RUN: %check %s
// Waits that nothing tests, or tests only once.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <queue>

using namespace std::chrono_literals;

struct Gate {
  std::mutex mu_;
  std::condition_variable cv_;
  bool ready_ = false;
  int turns_ = 0;

  void open() {
    std::lock_guard<std::mutex> guard(mu_);
    ready_ = true;
    cv_.notify_all();
  }

  void untested_bad() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock);
    // CHECK: :[[@LINE-1]]:9: warning: nothing is tested around the wait on condition variable 'cv_'
    // CHECK: :[[@LINE-2]]:9: note: the wait may end without a notification, and a notification that comes before it is lost
    // CHECK: :[[@LINE-3]]:9: note: pass the test of the state to the wait, or put it into a 'while' loop
  }

  void once_bad() {
    std::unique_lock<std::mutex> lock(mu_);
    if (!ready_)
      cv_.wait(lock);
    // CHECK: :[[@LINE-1]]:11: warning: the wait on condition variable 'cv_' is not in a loop, but it may end without a notification
    // CHECK: :[[@LINE-3]]:9: note: tested here, and not again after the wait
    // CHECK: :[[@LINE-3]]:11: note: pass the test
  }

  void early_return_bad() {
    std::unique_lock<std::mutex> lock(mu_);
    if (ready_)
      return;
    cv_.wait(lock);
    // CHECK: :[[@LINE-1]]:9: warning: the wait on condition variable 'cv_' is not in a loop
    // CHECK: :[[@LINE-4]]:9: note: tested here
    // CHECK: :[[@LINE-3]]:9: note: pass the test
  }

  // The caller has the lock, but the test is here.
  void callers_lock_bad(std::unique_lock<std::mutex> &lock) {
    if (!ready_)
      cv_.wait(lock);
    // CHECK: :[[@LINE-1]]:11: warning: the wait on condition variable 'cv_' is not in a loop
    // CHECK: :[[@LINE-3]]:9: note: tested here
    // CHECK: :[[@LINE-3]]:11: note: pass the test
  }

  void counted_bad() {
    std::unique_lock<std::mutex> lock(mu_);
    for (int i = 0; i < 3; ++i)
      cv_.wait(lock);
    // CHECK: :[[@LINE-1]]:11: warning: nothing is tested around the wait on condition variable 'cv_'
    // CHECK: :[[@LINE-2]]:11: note: the wait may end
    // CHECK: :[[@LINE-3]]:11: note: pass the test
  }

  void loop_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    while (!ready_)
      cv_.wait(lock);
  }

  void predicate_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock, [this] { return ready_; });
  }

  void break_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    while (true) {
      if (ready_)
        break;
      cv_.wait(lock);
    }
  }

  void return_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    for (;;) {
      cv_.wait(lock);
      if (ready_)
        return;
    }
  }

  void do_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    do
      cv_.wait(lock);
    while (!ready_);
  }

  void label_ok() {
    std::unique_lock<std::mutex> lock(mu_);
  again:
    if (!ready_) {
      cv_.wait(lock);
      goto again;
    }
  }

  // The callers loop.
  void forward_ok(std::unique_lock<std::mutex> &lock) { cv_.wait(lock); }

  // A sleep that can be ended early.
  void sleep_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait_for(lock, 1s);
  }

  bool told_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    return cv_.wait_for(lock, 1s) == std::cv_status::no_timeout;
  }

  bool says_so_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    if (!ready_)
      cv_.wait_for(lock, 1s);
    return ready_;
  }
};

struct Job {
  int id;
};

struct Queue {
  std::mutex mu_;
  std::condition_variable cv_;
  std::queue<Job *> jobs_;
  bool stop_ = false;

  void push(Job *job) {
    std::lock_guard<std::mutex> guard(mu_);
    jobs_.push(job);
    cv_.notify_one();
  }

  void stop() {
    {
      std::lock_guard<std::mutex> guard(mu_);
      stop_ = true;
    }
    cv_.notify_all();
  }

  Job *timed_bad() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait_for(lock, 1s);
    // CHECK: :[[@LINE-1]]:9: warning: the wait on condition variable 'cv_' may end without a notification, but nothing is tested after it
    // CHECK: :[[@LINE+3]]:16: note: what was waited for is used here
    // CHECK: :[[@LINE-3]]:9: note: pass the test

    Job *job = jobs_.front();
    jobs_.pop();
    return job;
  }

  void worker_bad() {
    while (true) {
      std::unique_lock<std::mutex> lock(mu_);
      if (jobs_.empty())
        cv_.wait(lock);
      // CHECK: :[[@LINE-1]]:13: warning: the wait on condition variable 'cv_' may end without a notification, but nothing is tested after it
      // CHECK: :[[@LINE+2]]:18: note: what was waited for is used here
      // CHECK: :[[@LINE-3]]:13: note: pass the test
      Job *job = jobs_.front();
      jobs_.pop();
      if (job->id == 0)
        return;
    }
  }

  void other_test_bad(const bool &running) {
    while (running) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock);
      // CHECK: :[[@LINE-1]]:11: warning: the wait on condition variable 'cv_' may end
      // CHECK: :[[@LINE+2]]:7: note: what was waited for
      // CHECK: :[[@LINE-3]]:11: note: pass the test
      jobs_.front()->id = 1;
    }
  }

  void worker_ok() {
    while (true) {
      std::unique_lock<std::mutex> lock(mu_);
      if (jobs_.empty())
        cv_.wait(lock);
      if (jobs_.empty())
        continue;
      jobs_.pop();
    }
  }

  void drain_ok() {
    while (!stop_) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock);
      while (!jobs_.empty())
        jobs_.pop();
    }
  }

  void each_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    while (!stop_) {
      cv_.wait(lock);
      std::queue<Job *> mine;
      mine.swap(jobs_);
    }
  }

  void periodic_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    while (!stop_) {
      cv_.wait_for(lock, 1s);
      if (stop_)
        break;
    }
  }

  Job *checked_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    if (jobs_.empty())
      cv_.wait(lock);
    if (jobs_.empty())
      return nullptr; // the caller tries again
    return jobs_.front();
  }
};

template <class T> struct Slot {
  std::mutex mu_;
  std::condition_variable_any cv_;
  T value_;
  void wait_bad() {
    mu_.lock();
    cv_.wait(mu_);
    // CHECK: :[[@LINE-1]]:9: warning: nothing is tested around the wait on condition variable 'cv_'
    // CHECK: :[[@LINE-2]]:9: note: the wait may end
    // CHECK: :[[@LINE-3]]:9: note: pass the test
    mu_.unlock();
  }
};
void both(Slot<int> &a, Slot<long> &b) {
  a.wait_bad();
  b.wait_bad();
}

void locals_bad() {
  std::mutex mu;
  std::condition_variable cv;
  auto task = [&] {
    std::unique_lock<std::mutex> lock(mu);
    cv.wait(lock);
    // CHECK: :[[@LINE-1]]:8: warning: nothing is tested around the wait on condition variable 'cv'
    // CHECK: :[[@LINE-2]]:8: note: the wait may end
    // CHECK: :[[@LINE-3]]:8: note: pass the test
  };
  task();
}
