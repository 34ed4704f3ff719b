// RUN: %check %s -- -std=c++20
// Threads that start in the class, where no constructor is seen.
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <queue>
#include <thread>

// Nobody makes one here, so that there is no constructor.
class Unused_bad {
public:
  ~Unused_bad() { thread_.join(); }

private:
  std::thread thread_{[this] { queue_.push(1); }};
  // CHECK: :[[@LINE-1]]:22: warning: thread starts before 'queue_', which it uses, is initialised
  // CHECK: :[[@LINE+4]]:19: note: 'queue_' is declared here, after the thread, and so initialised after it
  // CHECK: :[[@LINE-3]]:32: note: the thread uses 'queue_' here
  // CHECK: :[[@LINE-4]]:22: note: declare the thread as the last member

  std::queue<int> queue_;
};

// Once, whether there is a constructor or not.
class Used_bad {
public:
  ~Used_bad() { thread_.join(); }

private:
  std::thread thread_{[this] { queue_.push(1); }};
  // CHECK: :[[@LINE-1]]:22: warning: thread starts before 'queue_'
  // CHECK: note: 'queue_' is declared here
  // CHECK: note: the thread uses
  // CHECK: note: declare
  std::queue<int> queue_;
};
Used_bad used;

class Defaulted_bad {
public:
  Defaulted_bad() = default;
  ~Defaulted_bad() { thread_.join(); }

private:
  void run() { ++count_; }
  std::thread thread_{&Defaulted_bad::run, this};
  // CHECK: :[[@LINE-1]]:22: warning: thread starts before 'count_'
  // CHECK: note: 'count_' is declared here
  // CHECK: note: the thread uses
  // CHECK: note: declare
  std::atomic<int> count_{0};
};

class Elsewhere_bad {
public:
  Elsewhere_bad();
  ~Elsewhere_bad();

private:
  std::jthread thread_ = std::jthread([this] { std::lock_guard guard(mu_); });
  // CHECK: :[[@LINE-1]]:26: warning: thread starts before 'mu_'
  // CHECK: note: 'mu_' is declared here
  // CHECK: note: the thread uses
  // CHECK: note: declare
  std::mutex mu_;
};

class Plain_ok {
public:
  ~Plain_ok() { thread_.join(); }

private:
  std::queue<int> queue_;
  std::thread thread_{[this] { queue_.push(seen_); }};
  int seen_; // nothing initialises it
};

class Copies_ok {
public:
  ~Copies_ok() { thread_.join(); }

private:
  std::thread thread_{[] {}};
  std::queue<int> queue_;
};

class Future_bad {
  std::future<int> result_ = std::async(std::launch::async, [this] { return limit_; });
  // CHECK: :[[@LINE-1]]:30: warning: thread starts before 'limit_'
  // CHECK: note: 'limit_' is declared here
  // CHECK: note: the thread uses
  // CHECK: note: declare
  int limit_ = 4;
};

template <class T> class Generic_bad {
public:
  ~Generic_bad() { thread_.join(); }

private:
  std::thread thread_{[this] { values_.push(T()); }};
  // CHECK: :[[@LINE-1]]:22: warning: thread starts before 'values_'
  // CHECK: note: 'values_' is declared here
  // CHECK: note: the thread uses
  // CHECK: note: declare
  std::queue<T> values_;
};
Generic_bad<int> ints;
Generic_bad<long> longs;
