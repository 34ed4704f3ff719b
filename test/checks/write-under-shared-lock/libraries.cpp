// RUN: %check %s
// Readers' locks of other libraries.
#include "abseil.h"
#include "boost.h"
#include "qt.h"
#include <atomic>
#include <map>

//===--- Boost ---===//

class BoostCache {
  boost::shared_mutex mu_;
  std::map<int, int> data_;
  int hits_ = 0;
  std::atomic<int> reads_{0};
  void touch() { hits_++; }

public:
  int get_bad(int k) {
    boost::shared_lock<boost::shared_mutex> lock(mu_);
    return data_[k];
    // CHECK: :[[@LINE-1]]:12: warning: 'data_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:45: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:12: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void byHand_bad() {
    mu_.lock_shared();
    hits_ = 0;
    // CHECK: :[[@LINE-1]]:5: warning: 'hits_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:9: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:5: note: other readers run at the same time; hold the lock exclusively to modify
    mu_.unlock_shared();
  }
  void through_bad() {
    boost::shared_lock<boost::shared_mutex> lock(mu_);
    touch();
    // CHECK: :[[@LINE-1]]:5: warning: call to 'touch' modifies 'hits_' while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:45: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-23]]:18: note: 'touch' modifies 'hits_' here
    // CHECK: :[[@LINE-4]]:5: note: other readers run at the same time; hold the lock exclusively to modify
  }
  int get_ok(int k) {
    boost::shared_lock<boost::shared_mutex> lock(mu_);
    reads_++;
    auto it = data_.find(k);
    return it == data_.end() ? 0 : it->second;
  }
  void put_ok(int k, int v) {
    boost::unique_lock<boost::shared_mutex> lock(mu_);
    data_[k] = v;
    touch();
  }
  void byHand_ok() {
    mu_.lock_shared();
    int n = hits_;
    mu_.unlock_shared();
    mu_.lock();
    hits_ = n + 1;
    mu_.unlock();
  }
};

//===--- Qt ---===//

class QtCache {
  QReadWriteLock lock_;
  QMutex statistics_;
  std::map<int, int> data_;
  int hits_ = 0;

public:
  int get_bad(int k) {
    QReadLocker locker(&lock_);
    hits_++;
    // CHECK: :[[@LINE-1]]:5: warning: 'hits_' is modified while lock 'lock_' is only held shared
    // CHECK: :[[@LINE-3]]:17: note: lock 'lock_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:5: note: other readers run at the same time; hold the lock exclusively to modify
    return data_[k];
    // CHECK: :[[@LINE-1]]:12: warning: 'data_' is modified while lock 'lock_' is only held shared
    // CHECK: :[[@LINE-7]]:17: note: lock 'lock_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:12: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void byHand_bad() {
    lock_.lockForRead();
    data_.clear();
    // CHECK: :[[@LINE-1]]:5: warning: 'data_' is modified while lock 'lock_' is only held shared
    // CHECK: :[[@LINE-3]]:11: note: lock 'lock_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:5: note: other readers run at the same time; hold the lock exclusively to modify
    lock_.unlock();
  }
  void counted_ok() {
    QReadLocker locker(&lock_);
    QMutexLocker<QMutex> guard(&statistics_);
    hits_++;
  }
  void put_ok(int k, int v) {
    QWriteLocker locker(&lock_);
    data_[k] = v;
  }
  void byHand_ok() {
    lock_.lockForWrite();
    data_.clear();
    lock_.unlock();
  }
  void inTurn_ok() {
    QReadLocker locker(&lock_);
    int n = hits_;
    locker.unlock();
    QWriteLocker writer(&lock_);
    hits_ = n + 1;
  }
};

//===--- Abseil ---===//

class AbslCache {
  absl::Mutex mu_;
  std::map<int, int> data_;
  int hits_ = 0;
  static int all_;

public:
  int get_bad(int k) {
    absl::ReaderMutexLock lock(&mu_);
    all_++;
    // CHECK: :[[@LINE-1]]:5: warning: 'all_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:27: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:5: note: other readers run at the same time; hold the lock exclusively to modify
    return data_[k];
    // CHECK: :[[@LINE-1]]:12: warning: 'data_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-7]]:27: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:12: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void byHand_bad() {
    mu_.ReaderLock();
    hits_++;
    // CHECK: :[[@LINE-1]]:5: warning: 'hits_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:9: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:5: note: other readers run at the same time; hold the lock exclusively to modify
    mu_.ReaderUnlock();
  }
  void put_ok(int k, int v) {
    absl::MutexLock lock(&mu_);
    data_[k] = v;
  }
  void byHand_ok() {
    mu_.ReaderLock();
    int n = hits_;
    mu_.ReaderUnlock();
    mu_.Lock();
    hits_ = n + 1;
    mu_.Unlock();
  }
};
int AbslCache::all_ = 0;
