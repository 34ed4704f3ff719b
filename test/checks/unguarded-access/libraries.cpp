// RUN: %check %s
// Fields that locks of other libraries guard.
#include "abseil.h"
#include "boost.h"
#include "qt.h"
#include <atomic>
#include <vector>

//===--- Boost ---===//

class BoostCounter {
  mutable boost::mutex mu_;
  int count_ = 0;
  std::atomic<int> reads_{0};
  const int limit_ = 3;

public:
  void add(int n) {
    boost::lock_guard<boost::mutex> guard(mu_);
    count_ += n;
    reads_++;
  }
  void sub(int n) {
    boost::unique_lock<boost::mutex> lock(mu_);
    count_ -= n;
    reads_++;
    lock.unlock();
  }
  void reset() {
    mu_.lock();
    count_ = limit_;
    reads_++;
    mu_.unlock();
  }
  int peek_bad() const { return count_; }
  // CHECK: :[[@LINE-1]]:33: warning: 'count_' is read without lock 'mu_', which guards it
  // CHECK: :[[@LINE-17]]:5: note: 3 of 4 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:33: note: hold 'mu_' here, or make 'count_' atomic if each access stands alone
  int reads_ok() const { return reads_; }
  int limit_ok() const { return limit_; }
};

class BoostTable {
  boost::shared_mutex mu_;
  std::vector<int> rows_;

public:
  int get(int i) {
    boost::shared_lock<boost::shared_mutex> lock(mu_);
    return rows_[i];
  }
  bool has(int i) {
    boost::shared_lock<boost::shared_mutex> lock(mu_);
    return i < static_cast<int>(rows_.size());
  }
  void put(int n) {
    boost::unique_lock<boost::shared_mutex> lock(mu_);
    rows_.push_back(n);
  }
  void clear_bad() { rows_.clear(); }
  // CHECK: :[[@LINE-1]]:22: warning: 'rows_' is written without lock 'mu_', which guards it
  // CHECK: :[[@LINE-4]]:5: note: 3 of 4 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:22: note: hold 'mu_' here, or make 'rows_' atomic if each access stands alone
};

class BoostWorker {
  boost::mutex mu_;
  int done_ = 0;
  boost::thread thread_;

public:
  BoostWorker() : thread_([this] { run(); }) {}
  ~BoostWorker() {
    thread_.join();
    done_ = 0; // OK
  }
  int done() {
    boost::lock_guard<boost::mutex> guard(mu_);
    return done_;
  }
  bool started() {
    boost::lock_guard<boost::mutex> guard(mu_);
    return done_ > 0;
  }
  int left_bad() { return 9 - done_; }
  // CHECK: :[[@LINE-1]]:31: warning: 'done_' is read without lock 'mu_', which guards it
  // CHECK: :[[@LINE+6]]:5: note: 3 of 4 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:31: note: hold 'mu_' here, or make 'done_' atomic if each access stands alone

private:
  void run() {
    boost::lock_guard<boost::mutex> guard(mu_);
    done_++;
  }
};

//===--- Qt ---===//

class QtCounter {
  mutable QMutex mutex_;
  QWaitCondition changed_;
  int count_ = 0;

public:
  void add(int n) {
    QMutexLocker<QMutex> locker(&mutex_);
    count_ += n;
    changed_.wakeAll();
  }
  void wait_ok() {
    QMutexLocker<QMutex> locker(&mutex_);
    while (count_ == 0)
      changed_.wait(&mutex_);
  }
  void reset() {
    mutex_.lock();
    count_ = 0;
    mutex_.unlock();
  }
  int early_bad() {
    QMutexLocker<QMutex> locker(&mutex_);
    int n = count_;
    locker.unlock();
    return n + count_;
    // CHECK: :[[@LINE-1]]:16: warning: 'count_' is read without lock 'mutex_', which guards it
    // CHECK: :[[@LINE-19]]:5: note: 6 of 7 accesses hold the lock, such as this one
    // CHECK: :[[@LINE-3]]:16: note: hold 'mutex_' here, or make 'count_' atomic if each access stands alone
  }
  int again_ok() {
    QMutexLocker<QMutex> locker(&mutex_);
    locker.unlock();
    locker.relock();
    return count_;
  }
  int tried_ok() {
    if (!mutex_.tryLock(5))
      return 0;
    int n = count_;
    mutex_.unlock();
    return n;
  }
};

// The thread calls run(), whoever may name it.
class ProtectedRun : public QThread {
  QReadWriteLock lock_;
  int rows_ = 0;

public:
  int rows() {
    QReadLocker locker(&lock_);
    return rows_;
  }
  void add() {
    QWriteLocker locker(&lock_);
    rows_++;
  }
  void remove() {
    lock_.lockForWrite();
    rows_--;
    lock_.unlock();
  }

protected:
  void run() override { rows_ = 0; } // bad
  // CHECK: :[[@LINE-1]]:25: warning: 'rows_' is written without lock 'lock_', which guards it
  // CHECK: :[[@LINE-11]]:5: note: 3 of 4 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:25: note: hold 'lock_' here, or make 'rows_' atomic if each access stands alone
};

class QtThread : public QThread {
  QMutex mutex_;
  int rounds_ = 0;

public:
  int rounds() {
    QMutexLocker<QMutex> locker(&mutex_);
    return rounds_;
  }
  void add() {
    QMutexLocker<QMutex> locker(&mutex_);
    rounds_++;
  }
  void reset() {
    QMutexLocker<QMutex> locker(&mutex_);
    rounds_ = 0;
  }
  void run() override { begin_bad(); }

private:
  void begin_bad() { rounds_ = 1; }
  // CHECK: :[[@LINE-1]]:22: warning: 'rounds_' is written without lock 'mutex_', which guards it
  // CHECK: :[[@LINE-11]]:5: note: 3 of 4 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:22: note: hold 'mutex_' here, or make 'rounds_' atomic if each access stands alone
};

//===--- Abseil ---===//

class AbslCounter {
  absl::Mutex mu_;
  int count_ = 0;

public:
  void add(int n) {
    absl::MutexLock lock(&mu_);
    count_ += n;
  }
  int get() {
    absl::ReaderMutexLock lock(&mu_);
    return count_;
  }
  void set(int n) {
    mu_.Lock();
    count_ = n;
    mu_.Unlock();
  }
  void released_bad() {
    absl::ReleasableMutexLock lock(&mu_);
    count_ = 1;
    lock.Release();
    count_ = 2;
    // CHECK: :[[@LINE-1]]:5: warning: 'count_' is written without lock 'mu_', which guards it
    // CHECK: :[[@LINE-17]]:5: note: 4 of 5 accesses hold the lock, such as this one
    // CHECK: :[[@LINE-3]]:5: note: hold 'mu_' here, or make 'count_' atomic if each access stands alone
  }
};
