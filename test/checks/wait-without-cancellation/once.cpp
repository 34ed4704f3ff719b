// RUN: %check %s -checks=-*,threadlint-wait-without-cancellation,threadlint-thread-without-exit-path
// A thread without a way out that waits in its loop: said once, at the wait.
#include <condition_variable>
#include <mutex>
#include <thread>

class Waits {
public:
  Waits() : thread_(&Waits::run, this) {}
  ~Waits() { thread_.join(); }

private:
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex_);
      ready_.wait(lock, [this] { return jobs_ > 0; });
      // CHECK: :[[@LINE-1]]:14: warning: nothing ends the wait on condition variable 'ready_'
      --jobs_;
    }
  }
  std::mutex mutex_;
  std::condition_variable ready_;
  int jobs_ = 0;
  std::thread thread_;
};

class Works {
public:
  Works() : thread_(&Works::run, this) {}
  // CHECK: :[[@LINE-1]]:13: warning: thread never ends, so the join never returns
  ~Works() { thread_.join(); }

private:
  void run() {
    for (;;)
      ++rounds_;
  }
  long rounds_ = 0;
  std::thread thread_;
};
