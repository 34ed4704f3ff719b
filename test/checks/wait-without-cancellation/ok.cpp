// RUN: %check %s -- -std=c++20
// Waits that a shutdown ends, and threads that nobody joins.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <poll.h>
#include <queue>
#include <semaphore>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using Job = std::function<void()>;

struct Base {
  std::mutex mu_;
  std::condition_variable cv_;
  std::deque<Job> jobs_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class InPredicate : Base {
public:
  InPredicate() { thread_ = std::thread([this] { run(); }); }
  ~InPredicate() {
    stop_ = true;
    cv_.notify_all();
    thread_.join();
  }
  void run() {
    while (true) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock, [this] { return stop_ || !jobs_.empty(); });
      if (stop_)
        return;
      jobs_.pop_front();
    }
  }
};

class ThroughHelper : Base {
public:
  ThroughHelper() { thread_ = std::thread([this] { run(); }); }
  ~ThroughHelper() {
    stop_ = true;
    cv_.notify_all();
    thread_.join();
  }
  bool ready() const { return stopped() || !jobs_.empty(); }
  bool stopped() const { return stop_; }
  void run() {
    while (!stopped()) {
      std::unique_lock<std::mutex> lock(mu_);
      while (!ready())
        cv_.wait(lock);
      jobs_.pop_front();
    }
  }
};

class UnseenHelper : Base {
public:
  UnseenHelper() { thread_ = std::thread([this] { run(); }); }
  ~UnseenHelper() { thread_.join(); }
  bool ready() const;
  void run() {
    while (true) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock, [this] { return ready(); });
      jobs_.pop_front();
    }
  }
};

class Token {
public:
  Token() : thread_([this](std::stop_token stop) { run(stop); }) {}
  void run(std::stop_token stop) {
    while (!stop.stop_requested()) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock, stop, [this] { return !jobs_.empty(); });
      if (jobs_.empty())
        return;
      jobs_.pop_front();
    }
  }
  std::mutex mu_;
  std::condition_variable_any cv_;
  std::deque<Job> jobs_;
  std::jthread thread_;
};

class Timed : Base {
public:
  Timed() { thread_ = std::thread([this] { run(); }); }
  ~Timed() {
    stop_ = true;
    thread_.join();
  }
  void run() {
    while (!stop_) {
      std::unique_lock<std::mutex> lock(mu_);
      if (cv_.wait_for(lock, std::chrono::seconds(1), [this] { return !jobs_.empty(); }))
        jobs_.pop_front();
    }
  }
};

class Sentinel : Base {
public:
  Sentinel() { thread_ = std::thread([this] { run(); }); }
  ~Sentinel() {
    {
      std::lock_guard<std::mutex> lock(mu_);
      jobs_.push_back(nullptr);
    }
    cv_.notify_one();
    thread_.join();
  }
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock, [this] { return !jobs_.empty(); });
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      if (!job)
        break;
      job();
    }
  }
};

class SentinelFromOutside : Base {
public:
  SentinelFromOutside() { thread_ = std::thread([this] { run(); }); }
  ~SentinelFromOutside() { thread_.join(); }
  void push(Job job) {
    std::lock_guard<std::mutex> lock(mu_);
    jobs_.push_back(std::move(job));
    cv_.notify_one();
  }
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock, [this] { return !jobs_.empty(); });
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      if (!job)
        return;
      job();
    }
  }
};

template <class T> class ClosableQueue {
public:
  void push(T value) {
    std::lock_guard<std::mutex> lock(mu_);
    items_.push(std::move(value));
    cv_.notify_one();
  }
  bool pop(T &value) {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock, [this] { return closed_ || !items_.empty(); });
    if (items_.empty())
      return false;
    value = std::move(items_.front());
    items_.pop();
    return true;
  }
  void close() {
    std::lock_guard<std::mutex> lock(mu_);
    closed_ = true;
    cv_.notify_all();
  }

private:
  std::mutex mu_;
  std::condition_variable cv_;
  std::queue<T> items_;
  bool closed_ = false;
};

class Consumer {
public:
  Consumer() : thread_(&Consumer::run, this) {}
  ~Consumer() {
    queue_.close();
    thread_.join();
  }
  void run() {
    Job job;
    while (queue_.pop(job))
      job();
  }
  ClosableQueue<Job> queue_;
  std::thread thread_;
};

template <class T> class PlainQueue {
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

class PoisonedConsumer {
public:
  PoisonedConsumer() : thread_(&PoisonedConsumer::run, this) {}
  ~PoisonedConsumer() {
    done_ = true;
    queue_.push(Job());
    thread_.join();
  }
  void run() {
    while (!done_) {
      Job job = queue_.pop();
      if (job)
        job();
    }
  }
  PlainQueue<Job> queue_;
  std::atomic<bool> done_{false};
  std::thread thread_;
};

class Semaphore {
public:
  Semaphore() : thread_([this] { run(); }) {}
  ~Semaphore() {
    stop_ = true;
    items_.release();
    thread_.join();
  }
  void run() {
    for (;;) {
      items_.acquire();
      if (stop_)
        return;
    }
  }
  std::counting_semaphore<> items_{0};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class Receiver {
public:
  explicit Receiver(int fd) : fd_(fd), thread_([this] { run(); }) {}
  ~Receiver() {
    shutdown(fd_, SHUT_RDWR);
    thread_.join();
    close(fd_);
  }
  void run() {
    char buffer[512];
    while (recv(fd_, buffer, sizeof buffer, 0) > 0)
      ;
  }
  int fd_;
  std::thread thread_;
};

class PollingReceiver {
public:
  explicit PollingReceiver(int fd) : fd_(fd), thread_([this] { run(); }) {}
  ~PollingReceiver() {
    stop_ = true;
    thread_.join();
  }
  void run() {
    char buffer[512];
    while (!stop_) {
      pollfd entry{fd_, POLLIN, 0};
      if (poll(&entry, 1, 100) > 0)
        recv(fd_, buffer, sizeof buffer, 0);
    }
  }
  int fd_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class StoppedElsewhere : Base {
public:
  void stop() {
    stop_ = true;
    cv_.notify_all();
  }
  ~StoppedElsewhere() { thread_.join(); }
  void start() {
    thread_ = std::thread([this] {
      for (;;) {
        std::unique_lock<std::mutex> lock(mu_);
        cv_.wait(lock, [this] { return stop_ || !jobs_.empty(); });
        if (stop_)
          break;
        jobs_.pop_front();
      }
    });
  }
};

class HiddenStop : Base {
public:
  HiddenStop() { thread_ = std::thread([this] { run(); }); }
  ~HiddenStop() {
    requestStop();
    thread_.join();
  }
  void requestStop();
  void run() {
    while (!stop_) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock, [this] { return !jobs_.empty(); });
      jobs_.pop_front();
    }
  }
};

class NoPredicate : Base {
public:
  NoPredicate() { thread_ = std::thread([this] { run(); }); }
  ~NoPredicate() {
    stop_ = true;
    cv_.notify_all();
    thread_.join();
  }
  void run() {
    std::unique_lock<std::mutex> lock(mu_);
    while (!stop_) {
      if (jobs_.empty())
        cv_.wait(lock);
      else
        jobs_.pop_front();
    }
  }
};

class NoLoop : Base {
public:
  NoLoop() { thread_ = std::thread([this] { run(); }); }
  ~NoLoop() { thread_.join(); }
  void run() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock, [this] { return !jobs_.empty(); });
    jobs_.front()();
  }
};

class Detached : Base {
public:
  void start() {
    std::thread([this] {
      for (;;) {
        std::unique_lock<std::mutex> lock(mu_);
        cv_.wait(lock, [this] { return !jobs_.empty(); });
        jobs_.pop_front();
      }
    }).detach();
  }
};

class FlagByReference : Base {
public:
  explicit FlagByReference(const std::atomic<bool> &quit) : quit_(quit) {
    thread_ = std::thread([this] { run(); });
  }
  ~FlagByReference() { thread_.join(); }
  void run() {
    while (!quit_) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock, [this] { return quit_ || !jobs_.empty(); });
      if (!quit_)
        jobs_.pop_front();
    }
  }
  const std::atomic<bool> &quit_;
};

class LocalFlag {
public:
  ~LocalFlag() { thread_.join(); }
  void start(std::atomic<bool> &stop) {
    thread_ = std::thread([this, &stop] {
      while (!stop) {
        std::unique_lock<std::mutex> lock(mu_);
        cv_.wait(lock, [&] { return stop.load() || !jobs_.empty(); });
      }
    });
  }
  std::mutex mu_;
  std::condition_variable cv_;
  std::deque<Job> jobs_;
  std::thread thread_;
};
