// RUN: %check %s -- -std=c++20
// Threads that end when their member is destroyed, after what they use.
#include <atomic>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <vector>

void use(int);

class Jthread_bad {
public:
  void start() {
    thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
  }

private:
  void run(std::stop_token stop) {
    while (!stop.stop_requested()) {
      std::lock_guard<std::mutex> lock(mu_);
      if (!queue_.empty())
        queue_.pop();
    }
  }
  std::jthread thread_;
  // CHECK: :[[@LINE-1]]:16: warning: 'thread_' is destroyed, and its thread ended, after 'mu_', which the thread uses
  // CHECK: :[[@LINE-13]]:15: note: the thread is started here
  // CHECK: :[[@LINE+5]]:14: note: 'mu_' is declared here, after the thread, and so destroyed before it
  // CHECK: :[[@LINE-9]]:40: note: the thread uses 'mu_' here
  // CHECK: note: 'queue_' is declared here
  // CHECK: note: the thread uses 'queue_' here
  // CHECK: :[[@LINE-7]]:16: note: declare it as the last member, or join the thread in the destructor
  std::mutex mu_;
  std::queue<int> queue_;
};

class Asks_bad {
public:
  Asks_bad() {
    threads_.emplace_back([this](std::stop_token stop) {
      while (!stop.stop_requested())
        use(names_.size());
    });
  }
  ~Asks_bad() {
    for (std::size_t i = 0; i < 3; ++i)
      use(i);
  }

private:
  std::vector<std::jthread> threads_;
  // CHECK: :[[@LINE-1]]:29: warning: 'threads_' is destroyed, and its thread ended, after 'names_'
  std::vector<std::string> names_;
};

class Requests_bad {
public:
  Requests_bad() { thread_ = std::jthread([this] { use(name_.size()); }); }
  ~Requests_bad() { thread_.request_stop(); }

private:
  std::jthread thread_;
  // CHECK: :[[@LINE-1]]:16: warning: 'thread_' is destroyed, and its thread ended, after 'name_'
  std::string name_;
};

class Future_bad {
public:
  void load() {
    loaded_ = std::async(std::launch::async, [this] { name_ = "x"; });
  }

private:
  std::future<void> loaded_;
  // CHECK: :[[@LINE-1]]:21: warning: 'loaded_' is destroyed, and its thread ended, after 'name_'
  std::string name_;
};

class Base {
protected:
  std::jthread thread_;
  // CHECK: :[[@LINE-1]]:16: warning: 'thread_' is destroyed, and its thread ended, after 'name_'
};
class Derived_bad : public Base {
public:
  void start() { thread_ = std::jthread([this] { use(name_.size()); }); }

private:
  std::string name_;
};

// Declared last, joined by the destructor or by somebody, or with nothing to lose.
class Last_ok {
public:
  void start() { thread_ = std::jthread([this] { use(name_.size()); }); }

private:
  std::string name_;
  std::jthread thread_;
};

class Joins_ok {
public:
  void start() { thread_ = std::jthread([this] { use(name_.size()); }); }
  ~Joins_ok() {
    thread_.request_stop();
    thread_.join();
  }

private:
  std::jthread thread_;
  std::string name_;
};

class Resets_ok {
public:
  void start() { thread_ = std::make_unique<std::jthread>([this] { use(name_.size()); }); }
  ~Resets_ok() { stop(); }
  void stop() { thread_.reset(); }

private:
  std::unique_ptr<std::jthread> thread_;
  std::string name_;
};

class Replaces_ok {
public:
  void start() { thread_ = std::jthread([this] { use(name_.size()); }); }
  ~Replaces_ok() { thread_ = {}; }

private:
  std::jthread thread_;
  std::string name_;
};

class Waits_ok {
public:
  void load() { loaded_ = std::async([this] { name_ = "x"; }); }
  ~Waits_ok() {
    if (loaded_.valid())
      loaded_.wait();
  }

private:
  std::future<void> loaded_;
  std::string name_;
};

class Itself_ok {
public:
  void load() {
    loaded_ = std::async(std::launch::async, [this] { name_ = "x"; });
    loaded_.get();
  }

private:
  std::future<void> loaded_;
  std::string name_;
};

class Hidden_ok {
public:
  void start() { thread_ = std::jthread([this] { use(name_.size()); }); }
  ~Hidden_ok(); // may join

private:
  std::jthread thread_;
  std::string name_;
};

class Flag_ok {
public:
  void start() { thread_ = std::jthread([this] { use(flag_); }); }

private:
  std::jthread thread_;
  std::atomic<bool> flag_{false};
  int count_ = 0;
};

class Thread_ok { // nobody joins it: another check's
public:
  void start() { thread_ = std::thread([this] { use(name_.size()); }); }

private:
  std::thread thread_;
  std::string name_;
};
