// RUN: %check %s
// Classes that are locked from outside, and leaks in their other functions.
#include <mutex>
#include <vector>

class Table {
public:
  void lock() { mu_.lock(); }
  void unlock() { mu_.unlock(); }

  bool tryPut_bad(int x) {
    if (!mu_.try_lock())
      // CHECK: :[[@LINE-1]]:14: warning: lock 'mu_' is not released on every path
      return false;
    if (x < 0)
      return false;
      // CHECK: :[[@LINE-1]]:7: note:
    v_.push_back(x);
    mu_.unlock();
    return true;
  }
  int run_bad(int op) {
    mu_.lock();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'mu_' is not released on every path
    switch (op) {
    case 0:
      v_.clear();
      mu_.unlock();
      return 0;
    default:
      return -1;
      // CHECK: :[[@LINE-1]]:7: note:
    }
  }
  bool set_bad(int k) {
    mu_.lock();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'mu_' is not released on every path
    if (k == 3)
      return false;
      // CHECK: :[[@LINE-1]]:7: note:
    v_.push_back(k);
    mu_.unlock();
    return true;
  }
  // With the lock if there is something to do.
  bool start_ok() {
    mu_.lock();
    if (!v_.empty())
      return true;
    mu_.unlock();
    return false;
  }
  int prepare_ok(int x) {
    mu_.lock();
    if (x < 0) {
      mu_.unlock();
      return -1;
    }
    v_.push_back(x);
    return 0;
  }
  void put_ok(int x) {
    mu_.lock();
    if (x < 0) {
      mu_.unlock();
      return;
    }
    v_.push_back(x);
  }

private:
  std::mutex mu_;
  std::vector<int> v_;
};
