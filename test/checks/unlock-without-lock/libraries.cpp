// RUN: %check %s
// Locks of other libraries.
#include "abseil.h"
#include "boost.h"
#include "qt.h"

int n;

//===--- Boost ---===//

boost::mutex bm, other;

void boostTwice_bad() {
  bm.lock();
  n++;
  bm.unlock();
  bm.unlock();
  // CHECK: :[[@LINE-1]]:6: warning: this unlocks 'bm', which is released already on every path to here
  // CHECK: :[[@LINE-3]]:6: note: released here
  // CHECK: :[[@LINE-3]]:6: note: remove one of the two releases
}

void boostWrong_bad() {
  bm.lock();
  n++;
  other.unlock();
  // CHECK: :[[@LINE-1]]:9: warning: this unlocks 'other', which this function never locks; it locks 'bm' and never unlocks it
  // CHECK: :[[@LINE-4]]:6: note: 'bm' acquired here
  // CHECK: :[[@LINE-3]]:9: note: release the lock that was acquired
}

void boostFailed_bad() {
  if (!bm.try_lock()) {
    bm.unlock();
    // CHECK: :[[@LINE-1]]:8: warning: this unlocks 'bm', which could not be acquired on any path to here
    // CHECK: :[[@LINE-3]]:11: note: the attempt to acquire it has failed
    // CHECK: :[[@LINE-3]]:8: note: release the lock only where it has been acquired
    return;
  }
  bm.unlock();
}

void boostUnderGuard_bad() {
  boost::lock_guard<boost::mutex> guard(bm);
  n++;
  bm.unlock();
  // CHECK: :[[@LINE-1]]:6: warning: this unlocks 'bm', and guard 'guard' will unlock it again
  // CHECK: :[[@LINE-4]]:35: note: acquired by the guard here
  // CHECK: :[[@LINE-3]]:6: note: call 'unlock' of a std::unique_lock, which remembers it, or end the guard's scope
}

void boostGuardTwice_bad() {
  boost::unique_lock<boost::mutex> lk(bm);
  lk.unlock();
  lk.unlock();
  // CHECK: :[[@LINE-1]]:6: warning: guard 'lk' owns no lock here, so that unlocking it is an error
  // CHECK: :[[@LINE-3]]:6: note: the guard is left without a lock here
  // CHECK: :[[@LINE-3]]:6: note: unlock only what 'owns_lock' says is owned
}

void boostGuard_ok() {
  boost::unique_lock<boost::mutex> lk(bm);
  lk.unlock();
  lk.lock();
  lk.unlock();
}

void boostInterprocess_bad(boost::interprocess::interprocess_mutex &im) {
  im.lock();
  im.unlock();
  im.unlock();
  // CHECK: :[[@LINE-1]]:6: warning: this unlocks 'im', which is released already on every path to here
  // CHECK: :[[@LINE-3]]:6: note: released here
  // CHECK: :[[@LINE-3]]:6: note: remove one of the two releases
}

//===--- Qt ---===//

struct QtTable {
  QMutex mu;
  QReadWriteLock rw;

  void twice_bad() {
    mu.lock();
    n++;
    mu.unlock();
    mu.unlock();
    // CHECK: :[[@LINE-1]]:8: warning: this unlocks 'mu', which is released already on every path to here
    // CHECK: :[[@LINE-3]]:8: note: released here
    // CHECK: :[[@LINE-3]]:8: note: remove one of the two releases
  }
  void underLocker_bad() {
    QMutexLocker<QMutex> locker(&mu);
    n++;
    mu.unlock();
    // CHECK: :[[@LINE-1]]:8: warning: this unlocks 'mu', and guard 'locker' will unlock it again
    // CHECK: :[[@LINE-4]]:26: note: acquired by the guard here
    // CHECK: :[[@LINE-3]]:8: note: call 'unlock' of a std::unique_lock, which remembers it, or end the guard's scope
  }
  void lockerTwice_bad() {
    QMutexLocker<QMutex> locker(&mu);
    locker.unlock();
    locker.unlock();
    // CHECK: :[[@LINE-1]]:12: warning: guard 'locker' owns no lock here, so that unlocking it is an error
    // CHECK: :[[@LINE-3]]:12: note: the guard is left without a lock here
    // CHECK: :[[@LINE-3]]:12: note: unlock only what 'owns_lock' says is owned
  }
  void failed_bad() {
    if (!mu.tryLock(10)) {
      mu.unlock();
      // CHECK: :[[@LINE-1]]:10: warning: this unlocks 'mu', which could not be acquired on any path to here
      // CHECK: :[[@LINE-3]]:13: note: the attempt to acquire it has failed
      // CHECK: :[[@LINE-3]]:10: note: release the lock only where it has been acquired
      return;
    }
    mu.unlock();
  }
  void readTwice_bad() {
    rw.lockForRead();
    rw.unlock();
    rw.unlock();
    // CHECK: :[[@LINE-1]]:8: warning: this unlocks 'rw', which is released already on every path to here
    // CHECK: :[[@LINE-3]]:8: note: released here
    // CHECK: :[[@LINE-3]]:8: note: remove one of the two releases
  }
  void underWriteLocker_bad() {
    QWriteLocker locker(&rw);
    n++;
    rw.unlock();
    // CHECK: :[[@LINE-1]]:8: warning: this unlocks 'rw', and guard 'locker' will unlock it again
    // CHECK: :[[@LINE-4]]:18: note: acquired by the guard here
    // CHECK: :[[@LINE-3]]:8: note: call 'unlock' of a std::unique_lock, which remembers it, or end the guard's scope
  }
  void relocked_ok() {
    QMutexLocker<QMutex> locker(&mu);
    locker.unlock();
    locker.relock();
    locker.unlock();
  }
  void readAndWrite_ok() {
    rw.lockForRead();
    rw.unlock();
    rw.lockForWrite();
    rw.unlock();
  }
  void tried_ok() {
    if (mu.tryLock())
      mu.unlock();
  }
};

//===--- Abseil ---===//

absl::Mutex am;

void abslTwice_bad() {
  am.Lock();
  n++;
  am.Unlock();
  am.Unlock();
  // CHECK: :[[@LINE-1]]:6: warning: this unlocks 'am', which is released already on every path to here
  // CHECK: :[[@LINE-3]]:6: note: released here
  // CHECK: :[[@LINE-3]]:6: note: remove one of the two releases
}

void abslUnderLock_bad() {
  absl::MutexLock lock(&am);
  n++;
  am.Unlock();
  // CHECK: :[[@LINE-1]]:6: warning: this unlocks 'am', and guard 'lock' will unlock it again
  // CHECK: :[[@LINE-4]]:19: note: acquired by the guard here
  // CHECK: :[[@LINE-3]]:6: note: call 'unlock' of a std::unique_lock, which remembers it, or end the guard's scope
}

void abslReleased_bad() {
  absl::ReleasableMutexLock lock(&am);
  n++;
  lock.Release();
  lock.Release();
  // CHECK: :[[@LINE-1]]:8: warning: guard 'lock' owns no lock here, so that unlocking it is an error
  // CHECK: :[[@LINE-3]]:8: note: the guard is left without a lock here
  // CHECK: :[[@LINE-3]]:8: note: unlock only what 'owns_lock' says is owned
}

void abslReaderTwice_bad() {
  am.ReaderLock();
  am.ReaderUnlock();
  am.ReaderUnlock();
  // CHECK: :[[@LINE-1]]:6: warning: this unlocks 'am', which is released already on every path to here
  // CHECK: :[[@LINE-3]]:6: note: released here
  // CHECK: :[[@LINE-3]]:6: note: remove one of the two releases
}

void abslReleasedOnce_ok() {
  absl::ReleasableMutexLock lock(&am);
  n++;
  lock.Release();
}

void abslTried_ok() {
  if (am.TryLock()) {
    n++;
    am.Unlock();
  }
  am.ReaderLock();
  am.ReaderUnlock();
}
