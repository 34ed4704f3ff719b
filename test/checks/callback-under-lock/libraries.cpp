// RUN: %check %s -- -I%S/../../Inputs
// Callbacks under the locks of other libraries, and a callback type of Boost.
#include "abseil.h"
#include "boost.h"
#include "qt.h"
#include <functional>
#include <utility>
#include <vector>

namespace boost {
template <class F> class function;
template <class... A> class function<void(A...)> {
public:
  function();
  void operator()(A...) const;
  explicit operator bool() const;
};
} // namespace boost

struct Observer {
  virtual ~Observer() = default;
  virtual void updated(int value) = 0;
};

//===--- Qt ---===//

class QObject {};
#define Q_SIGNALS public
#define signals Q_SIGNALS
#define emit

class Progress : public QObject {
public:
  void advance_bad(int n) {
    QMutexLocker<QMutex> locker(&mutex_);
    done_ += n;
    emit progressed(done_);
    // CHECK: :[[@LINE-1]]:10: warning: signal 'progressed' runs while lock 'mutex_' is held [threadlint-callback-under-lock]
    // CHECK: :[[@LINE-4]]:26: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-3]]:10: note: copy what is to be called while the lock is held, and call it after its release
    update_ok();
  }
  void advance_ok(int n) {
    {
      QMutexLocker<QMutex> locker(&mutex_);
      done_ += n;
    }
    emit finished(n);
  }
  void both_bad(int n) {
    QMutexLocker<QMutex> locker(&mutex_);
    finished(n);
    // CHECK: :[[@LINE-1]]:5: warning: signal 'finished' runs while lock 'mutex_' is held
    // CHECK: :[[@LINE-3]]:26: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called
  }

public:
  void update_ok(); // no signal: its body is elsewhere
signals:
  void progressed(int);
Q_SIGNALS:
  void finished(int);

private:
  QMutex mutex_;
  int done_ = 0;
};

class QtModel {
  QMutex mutex_;
  QReadWriteLock rw_;
  std::vector<std::function<void(int)>> handlers_;
  std::vector<Observer *> observers_;

public:
  void locker_bad(int v) {
    QMutexLocker<QMutex> locker(&mutex_);
    for (auto &handler : handlers_)
      handler(v);
      // CHECK: :[[@LINE-1]]:7: warning: callback 'handlers_' runs while lock 'mutex_' is held [threadlint-callback-under-lock]
      // CHECK: :[[@LINE-4]]:26: note: lock 'mutex_' acquired here
      // CHECK: :[[@LINE-3]]:7: note: copy what is to be called while the lock is held, and call it after its release
  }
  void by_hand_bad(int v) {
    mutex_.lock();
    for (Observer *o : observers_)
      o->updated(v);
      // CHECK: :[[@LINE-1]]:10: warning: observer 'observers_' runs while lock 'mutex_' is held
      // CHECK: :[[@LINE-4]]:12: note: lock 'mutex_' acquired here
      // CHECK: :[[@LINE-3]]:10: note: copy what is to be called while the lock is held, and call it after its release
    mutex_.unlock();
  }
  void reader_bad(int v) {
    QReadLocker locker(&rw_);
    for (Observer *o : observers_)
      o->updated(v);
      // CHECK: :[[@LINE-1]]:10: warning: observer 'observers_' runs while lock 'rw_' is held
      // CHECK: :[[@LINE-4]]:17: note: lock 'rw_' acquired here
      // CHECK: :[[@LINE-3]]:10: note: copy what is to be called while the lock is held, and call it after its release
  }
  void writer_bad(const std::function<void()> &done) {
    rw_.lockForWrite();
    done();
    // CHECK: :[[@LINE-1]]:5: warning: callback 'done' runs while lock 'rw_' is held
    // CHECK: :[[@LINE-3]]:9: note: lock 'rw_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
    rw_.unlock();
  }
  void again_bad(const std::function<void()> &done) {
    QMutexLocker<QMutex> locker(&mutex_);
    locker.unlock();
    locker.relock();
    done();
    // CHECK: :[[@LINE-1]]:5: warning: callback 'done' runs while lock 'mutex_' is held
    // CHECK: :[[@LINE-3]]:12: note: lock 'mutex_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void tried_bad(const std::function<void()> &done) {
    if (mutex_.tryLock()) {
      done();
      // CHECK: :[[@LINE-1]]:7: warning: callback 'done' runs while lock 'mutex_' is held
      // CHECK: :[[@LINE-3]]:16: note: lock 'mutex_' acquired here
      // CHECK: :[[@LINE-3]]:7: note: copy what is to be called while the lock is held, and call it after its release
      mutex_.unlock();
    }
  }
  void unlocked_ok(const std::function<void()> &done) {
    QMutexLocker<QMutex> locker(&mutex_);
    locker.unlock();
    done();
  }
  void not_locked_ok(const std::function<void()> &done) {
    if (!mutex_.tryLock())
      done();
    else
      mutex_.unlock();
  }
  void copied_ok(int v) {
    std::vector<Observer *> copy;
    {
      QWriteLocker locker(&rw_);
      copy.swap(observers_);
    }
    for (Observer *o : copy)
      o->updated(v);
  }
};

//===--- Abseil ---===//

class AbslModel {
  absl::Mutex mu_;
  std::function<void()> on_done_;

public:
  void lock_bad() {
    absl::MutexLock lock(&mu_);
    if (on_done_)
      on_done_();
      // CHECK: :[[@LINE-1]]:7: warning: callback 'on_done_' runs while lock 'mu_' is held
      // CHECK: :[[@LINE-4]]:21: note: lock 'mu_' acquired here
      // CHECK: :[[@LINE-3]]:7: note: copy what is to be called while the lock is held, and call it after its release
  }
  void by_hand_bad() {
    mu_.Lock();
    on_done_();
    // CHECK: :[[@LINE-1]]:5: warning: callback 'on_done_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:9: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
    mu_.Unlock();
  }
  void reader_bad() {
    absl::ReaderMutexLock lock(&mu_);
    on_done_();
    // CHECK: :[[@LINE-1]]:5: warning: callback 'on_done_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:27: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void released_ok() {
    absl::ReleasableMutexLock lock(&mu_);
    auto done = on_done_;
    lock.Release();
    done();
  }
  void moved_ok() {
    std::function<void()> done;
    {
      absl::MutexLock lock(&mu_);
      done = std::move(on_done_);
    }
    done();
  }
};

//===--- Boost ---===//

class BoostModel {
  boost::mutex mu_;
  boost::shared_mutex rw_;
  boost::function<void(int)> changed_;
  boost::function<void(int)> logger_;

public:
  void guard_bad(int v) {
    boost::lock_guard<boost::mutex> lock(mu_);
    changed_(v);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'changed_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:37: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void shared_bad(int v) {
    boost::shared_lock<boost::shared_mutex> lock(rw_);
    changed_(v);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'changed_' runs while lock 'rw_' is held
    // CHECK: :[[@LINE-3]]:45: note: lock 'rw_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void deferred_bad(int v) {
    boost::unique_lock<boost::mutex> lock(mu_, boost::defer_lock);
    lock.lock();
    changed_(v);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'changed_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:10: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void interprocess_bad(boost::interprocess::interprocess_mutex &mu, int v) {
    boost::interprocess::scoped_lock<boost::interprocess::interprocess_mutex> lock(mu);
    changed_(v);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'changed_' runs while lock 'mu' is held
    // CHECK: :[[@LINE-3]]:79: note: lock 'mu' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void not_locked_ok(int v) {
    boost::unique_lock<boost::mutex> lock(mu_, boost::defer_lock);
    changed_(v);
  }
  void between_ok(int v) {
    boost::unique_lock<boost::mutex> lock(mu_);
    lock.unlock();
    changed_(v);
    lock.lock();
  }
  void log_ok(int v) {
    boost::lock_guard<boost::mutex> lock(mu_);
    logger_(v);
  }
};
