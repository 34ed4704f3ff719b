// RUN: %check %s -- -std=c++17
// Locks that are held on some of the paths to the second acquisition.
#include <mutex>

struct Table {
  std::mutex mu;
  int size = 0;
  int count() {
    std::lock_guard<std::mutex> guard(mu);
    return size;
  }

  void acquiredTwice_bad(bool early) {
    if (early)
      mu.lock();
    mu.lock();
    // CHECK: :[[@LINE-1]]:8: warning: lock 'mu' is acquired again while this thread may hold it
    // CHECK: :[[@LINE-3]]:10: note: lock 'mu' acquired here
    // CHECK: note: release the lock first
    mu.unlock();
  }

  int throughCall_bad(bool early) {
    if (early)
      mu.lock();
    int n = count();
    // CHECK: :[[@LINE-1]]:13: warning: call to 'count' acquires lock 'mu' again while this thread may hold it
    // CHECK: :[[@LINE-3]]:10: note: lock 'mu' acquired here
    // CHECK: note:
    // CHECK: note: release the lock before the call
    if (early)
      mu.unlock();
    return n;
  }

  void eitherWay_ok(bool early) {
    if (early)
      mu.lock();
    if (!early)
      mu.lock();
    mu.unlock();
  }

  int otherwise_ok(bool early) {
    int n = 0;
    if (early)
      mu.lock();
    else
      n = count();
    if (early)
      mu.unlock();
    return n;
  }

  void released_ok(bool early) {
    if (early) {
      mu.lock();
      mu.unlock();
    }
    mu.lock();
    mu.unlock();
  }
};
