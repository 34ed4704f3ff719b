// Half-written code, as an editor sees it: no crash, and what is whole is checked.
// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
#include <future>
#include <pthread.h>
#include <string>
#include <thread>

void use(int);

class Whole_bad {
public:
  Whole_bad() : thread_([this] { use(limit_); }) {}
  // CHECK-DAG: :[[@LINE-1]]:17: warning: thread starts before 'limit_', which it uses, is initialised
  ~Whole_bad() { thread_.join(); }

private:
  std::thread thread_;
  int limit_ = 1;
};

struct Missing;
class Members {
  std::thread t_{[this] { use(x_); unknown(x_); }};
  Missing m_;
  int x_ = ;
  std::string s_

public:
  Members() : t_(&Members::run, this), y_(3) {
    t_ = std::thread([this] { use(s_.size()); });
    s_ = undefined;
    pthread_create(&thread);
  }
  void run() { use(x_) s_.clear(); }
};

template <class T> class Dependent : T {
  std::thread t_;
  T x_;
  Dependent() : t_([this] { this->x_; x_.foo(); }), T() { t_ = std::thread(&T::run, this); }
};

struct Itself : Itself {
  Itself() { std::thread([this] { d(); }); }
  virtual void d() = 0;
};

class Cut {
  Cut() : Cut() { std::thread(); }
  std::jthread j;
  std::string s;
  void f() { j = std::jthread([this](auto x) { s = x; }); }
