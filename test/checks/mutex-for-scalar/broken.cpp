// Half-written code, as an editor sees it: no crash, and what is whole is checked.
// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
#include <mutex>

class Whole_bad {
public:
  void set(int v) {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = v;
  }
  int get() {
    std::lock_guard<std::mutex> guard(mu_);
    return value_;
  }

private:
  std::mutex mu_;
  // CHECK-DAG: :[[@LINE-1]]:14: warning: 'mu_' only protects single operations on 'value_'
  int value_ = 0;
};

class Broken {
  void set(int v) { std::lock_guard<std::mutex> guard(mu_; value_ = v; }
  int get() { std::lock_guard<std::mutex> guard(mu_); return value_ + ; }
  int more() { std::lock_guard<std::mutex> guard(mu_); return undeclared; }
  std::mutex mu_;
  Unknown value_;
