// RUN: %check %s -- -std=c++20
// The lines of the check's description, with the real standard library.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <queue>
#include <semaphore>
#include <sys/socket.h>
#include <thread>
#include <vector>

using Job = std::function<void()>;

class NoFlag {
public:
  NoFlag() : thread_(&NoFlag::run, this) {}
  ~NoFlag() { thread_.join(); }

private:
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock, [this] { return !jobs_.empty(); });
      // CHECK: :[[@LINE-1]]:11: warning: nothing ends the wait on condition variable 'cv_' when the thread is to stop, so the join never returns
      // CHECK: :[[@LINE-4]]:5: note: the loop tests no stop flag
      // CHECK: :[[@LINE-9]]:23: note: the thread is joined here
      // CHECK: :[[@LINE-4]]:11: note: test a stop flag in the predicate as well, and set and notify it before the join
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      job();
    }
  }
  std::mutex mu_;
  std::condition_variable cv_;
  std::deque<Job> jobs_;
  std::thread thread_;
};

class FlagInLoopOnly {
public:
  FlagInLoopOnly() {
    for (int i = 0; i < 4; ++i)
      threads_.emplace_back([this] { run(); });
  }
  ~FlagInLoopOnly() {
    {
      std::lock_guard<std::mutex> lock(mu_);
      stop_ = true;
    }
    cv_.notify_all();
    for (auto &thread : threads_)
      thread.join();
  }
  void push(Job job) {
    std::lock_guard<std::mutex> lock(mu_);
    jobs_.push_back(std::move(job));
    cv_.notify_one();
  }

private:
  void run() {
    while (!stop_) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock, [this] { return !jobs_.empty(); });
      // CHECK: :[[@LINE-1]]:11: warning: nothing ends the wait on condition variable 'cv_' when the thread is to stop
      // CHECK: :[[@LINE-4]]:5: note: the loop tests 'stop_', but the wait does not
      // CHECK: :[[@LINE-15]]:14: note: the thread is joined here
      // CHECK: note: test a stop flag
      auto job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      job();
    }
  }
  std::mutex mu_;
  std::condition_variable cv_;
  std::deque<Job> jobs_;
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

class InnerLoop {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop() {
    running_ = false;
    cv_.notify_all();
    thread_.join();
  }
  ~InnerLoop() { stop(); }

private:
  bool hasWork() const { return count_ > 0; }
  void run() {
    while (running_) {
      std::unique_lock<std::mutex> lock(mu_);
      while (!hasWork())
        cv_.wait(lock);
        // CHECK: :[[@LINE-1]]:13: warning: nothing ends the wait on condition variable 'cv_'
        // CHECK: :[[@LINE-5]]:5: note: the loop tests 'running_', but the wait does not
        // CHECK: note: the thread is joined here
        // CHECK: note: test a stop flag
      --count_;
    }
  }
  std::mutex mu_;
  std::condition_variable cv_;
  int count_ = 0;
  std::atomic<bool> running_{true};
  std::thread thread_;
};

class BreakAfterWait {
public:
  ~BreakAfterWait() {
    stop_ = true;
    cv_.notify_all();
    worker_->join();
  }
  void start() {
    worker_ = std::make_unique<std::thread>([this] {
      while (true) {
        std::unique_lock<std::mutex> lock(mu_);
        cv_.wait(lock, [&] { return !jobs_.empty(); });
        // CHECK: :[[@LINE-1]]:13: warning: nothing ends the wait on condition variable 'cv_'
        // CHECK: :[[@LINE-4]]:7: note: the loop tests 'stop_', but the wait does not
        // CHECK: note: the thread is joined here
        // CHECK: note: test a stop flag
        if (stop_)
          break;
        jobs_.pop();
      }
    });
  }

private:
  std::mutex mu_;
  std::condition_variable cv_;
  std::queue<Job> jobs_;
  bool stop_ = false;
  std::unique_ptr<std::thread> worker_;
};

class Member {
public:
  void start() {
    thread_ = std::jthread([this](std::stop_token stop) {
      while (!stop.stop_requested()) {
        std::unique_lock<std::mutex> lock(mu_);
        cv_.wait(lock, [this] { return !jobs_.empty(); });
        // CHECK: :[[@LINE-1]]:13: warning: nothing ends the wait on condition variable 'cv_'
        // CHECK: :[[@LINE-4]]:7: note: the loop asks a stop token, but the wait does not
        // CHECK: :[[@LINE+11]]:16: note: 'thread_' joins the thread when it is destroyed
        // CHECK: note: test a stop flag
        jobs_.pop();
      }
    });
  }

private:
  std::mutex mu_;
  std::condition_variable_any cv_;
  std::queue<Job> jobs_;
  std::jthread thread_;
};

class Semaphore {
public:
  Semaphore() : thread_([this] { run(); }) {}
  ~Semaphore() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      items_.acquire();
      // CHECK: :[[@LINE-1]]:14: warning: nothing ends the wait for semaphore 'items_' when the thread is to stop
      // CHECK: note: the loop tests 'stop_', but the wait does not
      // CHECK: note: the thread is joined here
      // CHECK: note: set a stop flag and release the semaphore before the join, and test the flag after the wait
      work();
    }
  }
  void work();
  std::counting_semaphore<> items_{0};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

template <class T> class BlockingQueue {
public:
  void push(T value) {
    std::lock_guard<std::mutex> lock(mu_);
    items_.push(std::move(value));
    cv_.notify_one();
  }
  T pop() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock, [this] { return !items_.empty(); });
    T value = std::move(items_.front());
    items_.pop();
    return value;
  }

private:
  std::mutex mu_;
  std::condition_variable cv_;
  std::queue<T> items_;
};

class Consumer {
public:
  Consumer() : thread_(&Consumer::run, this) {}
  ~Consumer() {
    done_ = true;
    thread_.join();
  }
  void add(Job job) { queue_.push(std::move(job)); }

private:
  void run() {
    while (!done_) {
      Job job = queue_.pop();
      // CHECK: :[[@LINE-1]]:24: warning: nothing ends the wait in 'pop' when the thread is to stop
      // CHECK: note: it waits here
      // CHECK: note: the loop tests 'done_', but the wait does not
      // CHECK: note: the thread is joined here
      // CHECK: note: close the queue, or push a value that ends the loop, before the join
      job();
    }
  }
  BlockingQueue<Job> queue_;
  std::atomic<bool> done_{false};
  std::thread thread_;
};

class Receiver {
public:
  explicit Receiver(int fd) : fd_(fd), thread_([this] { run(); }) {}
  ~Receiver() {
    running_ = false;
    thread_.join();
  }

private:
  void run() {
    char buffer[512];
    while (running_) {
      ssize_t n = recv(fd_, buffer, sizeof buffer, 0);
      // CHECK: :[[@LINE-1]]:19: warning: nothing ends the wait in 'recv' when the thread is to stop
      // CHECK: note: the loop tests 'running_', but the wait does not
      // CHECK: note: the thread is joined here
      // CHECK: note: shut the socket down before the join, or wait with a time-out
      if (n <= 0)
        continue;
    }
  }
  int fd_;
  std::atomic<bool> running_{true};
  std::thread thread_;
};
