// RUN: %check %s -- -I%S/../../Inputs
// Locks of other libraries, one kind after the other and mixed.
#include "abseil.h"
#include "boost.h"
#include "qt.h"
#include <mutex>

int n;

//===--- Qt ---===//

QMutex qa, qb;
void qt_ab() {
  QMutexLocker<QMutex> first(&qa);
  QMutexLocker<QMutex> second(&qb);
}
void qt_ba_bad() {
  qb.lock();
  qa.lock();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'qa' is acquired while lock 'qb' is held, and elsewhere in the opposite order [threadlint-lock-order-inversion]
  // CHECK: :[[@LINE-3]]:6: note: lock 'qb' acquired here
  // CHECK: :[[@LINE-7]]:24: note: 'qt_ab' acquires lock 'qb' here, while it holds lock 'qa'
  // CHECK: :[[@LINE-9]]:24: note: lock 'qa' acquired here
  // CHECK: :[[@LINE-5]]:6: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
  qa.unlock();
  qb.unlock();
}
QMutex qc, qd;
void qt_relock_bad() {
  QMutexLocker<QMutex> first(&qc);
  QMutexLocker<QMutex> second(&qd);
  first.unlock();
  first.relock();
  // CHECK: :[[@LINE-1]]:9: warning: lock 'qc' is acquired while lock 'qd' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-4]]:24: note: lock 'qd' acquired here
  // CHECK: :[[@LINE-5]]:24: note: 'qt_relock_bad' acquires lock 'qd' here, while it holds lock 'qc'
  // CHECK: :[[@LINE-7]]:24: note: lock 'qc' acquired here
  // CHECK: :[[@LINE-5]]:9: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
void qt_try_ok() {
  QMutexLocker<QMutex> first(&qb);
  if (qa.tryLock()) {
    ++n;
    qa.unlock();
  }
}

QReadWriteLock qr, qs, qt, qu;
void qt_read_write() {
  QReadLocker first(&qr);
  QWriteLocker second(&qs);
}
void qt_write_read_bad() {
  qs.lockForWrite();
  qr.lockForWrite();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'qr' is acquired while lock 'qs' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-3]]:6: note: lock 'qs' acquired here
  // CHECK: :[[@LINE-7]]:16: note: 'qt_read_write' acquires lock 'qs' here, while it holds lock 'qr'
  // CHECK: :[[@LINE-9]]:15: note: lock 'qr' acquired here
  // CHECK: :[[@LINE-5]]:6: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
  qr.unlock();
  qs.unlock();
}
void qt_readers_ok() {
  QReadLocker first(&qt);
  QReadLocker second(&qu);
}
void qt_readers_back_ok() {
  qu.lockForRead();
  qt.lockForRead();
  qt.unlock();
  qu.unlock();
}

//===--- Abseil ---===//

class AbslAccount {
  absl::Mutex mu_;
  int balance_ = 0;

public:
  void take_bad(AbslAccount &other) {
    absl::MutexLock mine(&mu_);
    absl::MutexLock theirs(&other.mu_);
    // CHECK: :[[@LINE-1]]:21: warning: lock 'other.mu_' is acquired while lock 'mu_' of another object is held; a call with the objects exchanged acquires them in the opposite order
    // CHECK: :[[@LINE-3]]:21: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:21: note: acquire both together with 'std::scoped_lock' or 'std::lock', or in the order of their addresses
    balance_ += other.balance_;
  }
  void take_ok(AbslAccount &other) {
    AbslAccount *first = this < &other ? this : &other;
    AbslAccount *second = this < &other ? &other : this;
    absl::MutexLock mine(&first->mu_);
    absl::MutexLock theirs(&second->mu_);
  }
};

absl::Mutex aa, ab;
void absl_ab() {
  aa.Lock();
  ab.Lock();
  ab.Unlock();
  aa.Unlock();
}
void absl_released_ok() {
  absl::ReleasableMutexLock first(&ab);
  first.Release();
  absl::MutexLock second(&aa);
}
void absl_try_ok() {
  absl::MutexLock first(&ab);
  if (aa.TryLock())
    aa.Unlock();
}
void absl_reader_bad() {
  absl::MutexLock first(&ab);
  absl::ReaderMutexLock second(&aa);
  // CHECK: :[[@LINE-1]]:25: warning: lock 'aa' is acquired while lock 'ab' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-3]]:19: note: lock 'ab' acquired here
  // CHECK: :[[@LINE-19]]:6: note: 'absl_ab' acquires lock 'ab' here, while it holds lock 'aa'
  // CHECK: :[[@LINE-21]]:6: note: lock 'aa' acquired here
  // CHECK: :[[@LINE-5]]:25: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}

//===--- Boost ---===//

boost::mutex ba, bb;
boost::shared_mutex bs;
void boost_ab() {
  boost::lock_guard<boost::mutex> first(ba);
  boost::unique_lock<boost::mutex> second(bb);
}
void boost_deferred_bad() {
  boost::unique_lock<boost::mutex> first(ba, boost::defer_lock);
  boost::lock_guard<boost::mutex> second(bb);
  first.lock();
  // CHECK: :[[@LINE-1]]:9: warning: lock 'ba' is acquired while lock 'bb' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-3]]:35: note: lock 'bb' acquired here
  // CHECK: :[[@LINE-8]]:36: note: 'boost_ab' acquires lock 'bb' here, while it holds lock 'ba'
  // CHECK: :[[@LINE-10]]:35: note: lock 'ba' acquired here
  // CHECK: :[[@LINE-5]]:9: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
void boost_unlocked_ok() {
  boost::unique_lock<boost::mutex> second(bb);
  second.unlock();
  boost::lock_guard<boost::mutex> first(ba);
}
void boost_try_ok() {
  boost::lock_guard<boost::mutex> second(bb);
  if (ba.try_lock())
    ba.unlock();
}

boost::condition_variable changed;
boost::mutex waiting, outer;
void boost_wait_bad() {
  boost::unique_lock<boost::mutex> one(waiting);
  boost::lock_guard<boost::mutex> two(outer);
  changed.wait(one);
  // CHECK: :[[@LINE-1]]:11: warning: lock 'waiting' is acquired while lock 'outer' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-3]]:35: note: lock 'outer' acquired here
  // CHECK: :[[@LINE-4]]:35: note: 'boost_wait_bad' acquires lock 'outer' here, while it holds lock 'waiting'
  // CHECK: :[[@LINE-6]]:36: note: lock 'waiting' acquired here
  // CHECK: :[[@LINE-5]]:11: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}

//===--- Two libraries ---===//

QMutex mixed_qt;
std::mutex mixed_std;
void qt_then_std() {
  QMutexLocker<QMutex> first(&mixed_qt);
  std::lock_guard<std::mutex> second(mixed_std);
}
void std_then_boost() {
  std::lock_guard<std::mutex> first(mixed_std);
  boost::shared_lock<boost::shared_mutex> second(bs);
}
void boost_then_qt_bad() {
  bs.lock();
  mixed_qt.lock();
  // CHECK: :[[@LINE-1]]:12: warning: lock 'mixed_qt' is acquired while lock 'bs' is held, and the other way round in 2 steps
  // CHECK: :[[@LINE-3]]:6: note: lock 'bs' acquired here
  // CHECK: :[[@LINE-11]]:31: note: 'qt_then_std' acquires lock 'mixed_std' here, while it holds lock 'mixed_qt'
  // CHECK: :[[@LINE-13]]:24: note: lock 'mixed_qt' acquired here
  // CHECK: :[[@LINE-9]]:43: note: 'std_then_boost' acquires lock 'bs' here, while it holds lock 'mixed_std'
  // CHECK: :[[@LINE-11]]:31: note: lock 'mixed_std' acquired here
  // CHECK: :[[@LINE-7]]:12: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
  mixed_qt.unlock();
  bs.unlock();
}
