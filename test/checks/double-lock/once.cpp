// RUN: %check %s -checks=-*,threadlint-double-lock,threadlint-missing-unlock,threadlint-write-under-shared-lock -- -std=c++20
// One mistake, one report: of the checks that could speak, the one that names the cause.
#include <map>
#include <mutex>
#include <shared_mutex>
#include <vector>

class Sum {
public:
  void leak_bad(const std::vector<int> &v) {
    for (int x : v) {
      mu_.lock();
      // CHECK: :[[@LINE-1]]:11: warning: lock 'mu_' is not released on every path out of the function [threadlint-missing-unlock]
      if (x < 0)
        continue;
      sum_ += x;
      mu_.unlock();
    }
  }
  void rounds_bad() {
    for (int i = 0; i < 4; ++i)
      mu_.lock();
      // CHECK: :[[@LINE-1]]:11: warning: lock 'mu_' is acquired again while this thread may hold it [threadlint-double-lock]
  }

private:
  std::mutex mu_;
  int sum_ = 0;
};

class Map {
public:
  void upgrade_bad(int n) {
    std::shared_lock reader(mu_);
    if (map_.find(n) == map_.end()) {
      std::unique_lock writer(mu_);
      // CHECK: :[[@LINE-1]]:24: warning: lock 'mu_' is acquired exclusively while this thread holds it as a reader [threadlint-double-lock]
      map_.emplace(n, 0);
    }
  }
  void reader_bad(int n) {
    std::shared_lock reader(mu_);
    map_.emplace(n, 0);
    // CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: 'map_' is modified while lock 'mu_' is only held shared [threadlint-write-under-shared-lock]
  }

private:
  std::shared_mutex mu_;
  std::map<int, int> map_;
};
