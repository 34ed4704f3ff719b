// RUN: %check %s -- -std=c++20
// Code that looks otherwise: macros, nested lambdas, delegation, local classes, other
// libraries.
#include "boost.h"
#include "qt.h"
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

void use(int);

#define START(f) thread_([this] { f(); })
class Macro_bad {
public:
  Macro_bad() : START(run) {}
  // CHECK: :[[@LINE-1]]:17: warning: thread starts before 'limit_', which it uses, is initialised
  ~Macro_bad() { thread_.join(); }

private:
  void run() { use(limit_); }
  std::thread thread_;
  int limit_ = 1;
};

class Nested_bad {
public:
  Nested_bad()
      : thread_([this] {
          auto twice = [this] { return [this] { use(limit_); }; };
          twice()();
        }) {}
  // CHECK: :[[@LINE-4]]:9: warning: thread starts before 'limit_', which it uses, is initialised
  ~Nested_bad() { thread_.join(); }

private:
  std::thread thread_;
  int limit_ = 1;
};

class Delegating_bad {
public:
  Delegating_bad() : Delegating_bad(1) {}
  explicit Delegating_bad(int n) : thread_([this] { use(limit_); }), limit_(n) {}
  // CHECK: :[[@LINE-1]]:36: warning: thread starts before 'limit_', which it uses, is initialised
  ~Delegating_bad() { thread_.join(); }

private:
  std::thread thread_;
  int limit_;
};

void local_bad() {
  struct Local {
    std::thread thread{[this] { use(limit); }};
    // CHECK: :[[@LINE-1]]:23: warning: thread starts before 'limit', which it uses, is initialised
    int limit = 1;
  };
  Local l;
  l.thread.join();
}

class FN_InPlace {
public:
  FN_InPlace() : thread_(std::in_place, [this] { run(); }) {}
  ~FN_InPlace() { thread_->join(); }

private:
  void run() { std::lock_guard lock(mu_); }
  std::optional<std::thread> thread_; // FN_: std::in_place is not followed
  std::mutex mu_;
};

class Boost_bad {
public:
  Boost_bad() : thread_([this] { run(); }) {}
  // CHECK: :[[@LINE-1]]:17: warning: thread starts before 'limit_', which it uses, is initialised
  ~Boost_bad() { thread_.join(); }

private:
  void run() { use(limit_); }
  boost::thread thread_;
  int limit_ = 1;
};

class Qt_bad : public QThread {
public:
  Qt_bad(int limit) {
    start();
    // CHECK: :[[@LINE-1]]:5: warning: thread starts before 'limit_', which it uses, is set
    limit_ = limit;
  }
  void run() override { use(limit_); }

private:
  int limit_ = 0;
};

// Another object of the same class, a static member, a copy of *this.
class Others_ok {
public:
  Others_ok() : thread_([] { use(count_); }) {}
  Others_ok(int) : thread_([copy = limit_] { use(copy); }) {}
  ~Others_ok() { thread_.join(); }

private:
  static int count_;
  int limit_ = 2;
  std::thread thread_;
  int late_ = 1;
};

// The destructor of the member waits for the future.
class FN_Reference {
public:
  explicit FN_Reference(int &shared) : thread_([this] { use(shared_); }), shared_(shared) {}
  ~FN_Reference() { thread_.join(); }

private:
  std::thread thread_;
  int &shared_; // FN_: references are not followed
};

// Not in a constructor.
class Later_ok {
public:
  void start() {
    thread_ = std::thread([this] { use(limit_); });
  }
  void set(int limit) { limit_ = limit; }

private:
  std::thread thread_;
  int limit_ = 0;
};

// Code that is being written.
template <class T> class Template_ok {
public:
  Template_ok() : thread_([this] { use(limit_); }) {}

private:
  std::thread thread_;
  T limit_;
};
