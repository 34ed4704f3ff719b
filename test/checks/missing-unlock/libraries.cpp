// RUN: %check %s -- -I%S/../../Inputs
// Locks of other libraries.
#include "abseil.h"
#include "boost.h"
#include "qt.h"

int n;
int parse(int x) {
  if (x < 0)
    throw x;
  return x;
}

//===--- Qt ---===//

class QtTable {
  QMutex mutex_;
  QReadWriteLock rw_;

public:
  int return_bad(int x) {
    mutex_.lock();
    // CHECK: :[[@LINE-1]]:12: warning: lock 'mutex_' is not released on every path out of the function [threadlint-missing-unlock]
    // CHECK: :[[@LINE+3]]:7: note: still held at this return
    // CHECK: :[[@LINE-3]]:12: note: let a guard such as std::lock_guard own the lock: it releases on every path
    if (x < 0)
      return -1;
    n = x;
    mutex_.unlock();
    return 0;
  }
  int tried_bad(int x) {
    if (!mutex_.tryLock(100))
    // CHECK: :[[@LINE-1]]:17: warning: lock 'mutex_' is not released on every path out of the function
    // CHECK: :[[@LINE+4]]:7: note: still held at this return
    // CHECK: :[[@LINE-3]]:17: note: let a guard such as std::lock_guard own the lock: it releases on every path
      return -1;
    if (x < 0)
      return -2;
    mutex_.unlock();
    return 0;
  }
  int reader_bad(int x) {
    rw_.lockForRead();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'rw_' is not released on every path out of the function
    // CHECK: :[[@LINE+3]]:7: note: still held at this return
    // CHECK: :[[@LINE-3]]:9: note: let a guard such as std::lock_guard own the lock: it releases on every path
    if (n == x)
      return n;
    rw_.unlock();
    return 0;
  }
  void writer_bad(int x) {
    rw_.lockForWrite();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'rw_' is not released on every path out of the function
    // CHECK: :[[@LINE+2]]:9: note: still held when 'parse' throws here
    // CHECK: :[[@LINE-3]]:9: note: let a guard such as std::lock_guard own the lock: it releases on every path
    n = parse(x);
    rw_.unlock();
  }
  int locker_ok(int x) {
    QMutexLocker<QMutex> locker(&mutex_);
    if (x < 0)
      return -1;
    locker.unlock();
    return 0;
  }
  void relocked_ok(int x) {
    QMutexLocker<QMutex> locker(&mutex_);
    locker.unlock();
    locker.relock();
    if (x < 0)
      return;
    ++n;
  }
  int every_path_ok(int x) {
    rw_.lockForWrite();
    if (x < 0) {
      rw_.unlock();
      return -1;
    }
    rw_.unlock();
    return 0;
  }
  bool tried_ok(int x) {
    if (mutex_.tryLock()) {
      n = x;
      mutex_.unlock();
      return true;
    }
    return false;
  }
  void wait_ok(QWaitCondition &changed) {
    mutex_.lock();
    while (n == 0)
      changed.wait(&mutex_);
    mutex_.unlock();
  }
  void FN_expired_wait(QWaitCondition &changed) {
    // After a wait that has timed out the lock is held; after pthread_cond_timedwait that is known.
    mutex_.lock();
    while (n == 0)
      if (!changed.wait(&mutex_, 100))
        return;
    mutex_.unlock();
  }
};

//===--- Abseil ---===//

class AbslTable {
  absl::Mutex mu_;

public:
  void break_bad(int x) {
    for (int i = 0; i < x; ++i) {
      mu_.Lock();
      // CHECK: :[[@LINE-1]]:11: warning: lock 'mu_' is not released on every path out of the function
      // CHECK: :[[@LINE+6]]:3: note: still held where the function ends
      // CHECK: :[[@LINE-3]]:11: note: let a guard such as std::lock_guard own the lock: it releases on every path
      if (i == n)
        break;
      mu_.Unlock();
    }
  }
  int reader_bad(int x) {
    mu_.ReaderLock();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'mu_' is not released on every path out of the function
    // CHECK: :[[@LINE+3]]:7: note: still held at this return
    // CHECK: :[[@LINE-3]]:9: note: let a guard such as std::lock_guard own the lock: it releases on every path
    if (x == n)
      return n;
    mu_.ReaderUnlock();
    return 0;
  }
  void tried_bad(int x) {
    if (mu_.TryLock()) {
    // CHECK: :[[@LINE-1]]:13: warning: lock 'mu_' is not released on every path out of the function
    // CHECK: :[[@LINE+3]]:9: note: still held at this return
    // CHECK: :[[@LINE-3]]:13: note: let a guard such as std::lock_guard own the lock: it releases on every path
      if (x < 0)
        return;
      mu_.Unlock();
    }
  }
  void throws_bad(int x) {
    mu_.Lock();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'mu_' is not released on every path out of the function
    // CHECK: :[[@LINE+2]]:9: note: still held when 'parse' throws here
    // CHECK: :[[@LINE-3]]:9: note: let a guard such as std::lock_guard own the lock: it releases on every path
    n = parse(x);
    mu_.Unlock();
  }
  void guard_ok(int x) {
    absl::MutexLock lock(&mu_);
    n = parse(x);
  }
  void releasable_ok(int x) {
    absl::ReleasableMutexLock lock(&mu_);
    if (x < 0)
      return;
    lock.Release();
    ++n;
  }
};

//===--- Boost ---===//

class BoostTable {
  boost::mutex mu_;
  boost::shared_mutex rw_;
  boost::interprocess::interprocess_semaphore permits_;

public:
  void return_bad(int x) {
    mu_.lock();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'mu_' is not released on every path out of the function
    // CHECK: :[[@LINE+3]]:7: note: still held at this return
    // CHECK: :[[@LINE-3]]:9: note: let a guard such as std::lock_guard own the lock: it releases on every path
    if (x < 0)
      return;
    mu_.unlock();
  }
  void shared_bad(int x) {
    rw_.lock_shared();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'rw_' is not released on every path out of the function
    // CHECK: :[[@LINE+3]]:7: note: still held at this return
    // CHECK: :[[@LINE-3]]:9: note: let a guard such as std::lock_guard own the lock: it releases on every path
    if (x < 0)
      return;
    rw_.unlock_shared();
  }
  void permit_bad(int x) {
    permits_.wait();
    // CHECK: :[[@LINE-1]]:14: warning: the permit of 'permits_' is not given back on every path out of the function
    // CHECK: :[[@LINE+3]]:7: note: still taken at this return
    // CHECK: :[[@LINE-3]]:14: note: give it back before each of these exits, or leave through one place that does
    if (x < 0)
      return;
    permits_.post();
  }
  void deferred_ok(int x) {
    boost::unique_lock<boost::mutex> lock(mu_, boost::defer_lock);
    lock.lock();
    if (x < 0)
      return;
    lock.unlock();
  }
  void caught_ok(int x) {
    rw_.lock();
    try {
      n = parse(x);
    } catch (int) {
      n = 0;
    }
    rw_.unlock();
  }
};
