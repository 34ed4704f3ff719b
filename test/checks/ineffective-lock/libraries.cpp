// RUN: %check %s
// Guards and locks of other libraries that protect nothing.
#include "abseil.h"
#include "boost.h"
#include "qt.h"

int n;

//===--- Boost ---===//

boost::mutex bm;
boost::shared_mutex bsm;
boost::condition_variable bcv;

void boostTemporary_bad() {
  boost::lock_guard<boost::mutex>{bm};
  // CHECK: :[[@LINE-1]]:3: warning: this 'lock_guard' is a temporary: it unlocks at the end of the statement
  // CHECK: :[[@LINE-2]]:3: note: give the guard a name, so that it lives until the end of the block
  n++;
}

void boostSharedTemporary_bad() {
  boost::shared_lock<boost::shared_mutex>{bsm};
  // CHECK: :[[@LINE-1]]:3: warning: this 'shared_lock' is a temporary: it unlocks at the end of the statement
  // CHECK: :[[@LINE-2]]:3: note: give the guard a name, so that it lives until the end of the block
  n++;
}

void boostDeferred_bad() {
  boost::unique_lock<boost::mutex> lk(bm, boost::defer_lock);
  // CHECK: :[[@LINE-1]]:36: warning: guard 'lk' never locks anything
  // CHECK: :[[@LINE-2]]:36: note: call 'lock' on it, or let its constructor lock
  n++;
}

void boostLocal_bad() {
  boost::mutex own;
  // CHECK: :[[@LINE-1]]:16: warning: lock 'own' is a local variable: each call has its own, which no other thread can wait for
  // CHECK: :[[@LINE-2]]:16: note: make the lock a member of what it protects, or static
  boost::lock_guard<boost::mutex> guard(own);
  n++;
}

void boostIgnored_bad() {
  bm.try_lock();
  // CHECK: :[[@LINE-1]]:6: warning: nobody asks whether 'try_lock' has taken the lock
  // CHECK: :[[@LINE-2]]:6: note: go on only if it has, or wait for the lock
  n++;
  bm.unlock();
}

void boostEmpty_bad() {
  { boost::lock_guard<boost::mutex> guard(bm); }
  n++;
  // CHECK: :[[@LINE-2]]:37: warning: 'guard' is unlocked at once: the section under the lock is empty
  // CHECK: :[[@LINE-3]]:37: note: hold the lock until the work that needs it is done; say so in a comment if this waits for the lock's owner
}

void boostInterprocess_bad(boost::interprocess::interprocess_mutex &im) {
  boost::interprocess::scoped_lock<boost::interprocess::interprocess_mutex>{im};
  // CHECK: :[[@LINE-1]]:3: warning: this 'scoped_lock' is a temporary: it unlocks at the end of the statement
  // CHECK: :[[@LINE-2]]:3: note: give the guard a name, so that it lives until the end of the block
  n++;
}

void boostNotified_ok() {
  { boost::lock_guard<boost::mutex> guard(bm); }
  bcv.notify_one();
}

void boostCaptured_ok() {
  boost::mutex own;
  boost::thread t([&own] {
    boost::lock_guard<boost::mutex> guard(own);
    n++;
  });
  {
    boost::lock_guard<boost::mutex> guard(own);
    n++;
  }
  t.join();
}

void boostPool_ok(boost::asio::thread_pool &pool) {
  boost::mutex own;
  for (int i = 0; i < 4; ++i)
    boost::asio::post(pool, [&own] {
      boost::lock_guard<boost::mutex> guard(own);
      n++;
    });
  pool.join();
}

//===--- Qt ---===//

QMutex qm;
QReadWriteLock qrw;

void qtTemporary_bad() {
  QMutexLocker<QMutex>{&qm};
  // CHECK: :[[@LINE-1]]:3: warning: this 'QMutexLocker' is a temporary: it unlocks at the end of the statement
  // CHECK: :[[@LINE-2]]:3: note: give the guard a name, so that it lives until the end of the block
  n++;
}

void qtDeduced_bad() {
  QMutexLocker{&qm};
  // CHECK: :[[@LINE-1]]:3: warning: this 'QMutexLocker' is a temporary: it unlocks at the end of the statement
  // CHECK: :[[@LINE-2]]:3: note: give the guard a name, so that it lives until the end of the block
  n++;
}

void qtWriteTemporary_bad() {
  QWriteLocker{&qrw};
  // CHECK: :[[@LINE-1]]:3: warning: this 'QWriteLocker' is a temporary: it unlocks at the end of the statement
  // CHECK: :[[@LINE-2]]:3: note: give the guard a name, so that it lives until the end of the block
  n++;
}

void qtLocal_bad() {
  QMutex own;
  // CHECK: :[[@LINE-1]]:10: warning: lock 'own' is a local variable: each call has its own, which no other thread can wait for
  // CHECK: :[[@LINE-2]]:10: note: make the lock a member of what it protects, or static
  QMutexLocker<QMutex> locker(&own);
  n++;
}

void qtLocalReadWrite_bad() {
  QReadWriteLock own;
  // CHECK: :[[@LINE-1]]:18: warning: lock 'own' is a local variable: each call has its own, which no other thread can wait for
  // CHECK: :[[@LINE-2]]:18: note: make the lock a member of what it protects, or static
  QWriteLocker locker(&own);
  n++;
}

void qtIgnored_bad() {
  qm.tryLock(100);
  // CHECK: :[[@LINE-1]]:6: warning: nobody asks whether 'tryLock' has taken the lock
  // CHECK: :[[@LINE-2]]:6: note: go on only if it has, or wait for the lock
  n++;
  qm.unlock();
}

void qtEmpty_bad() {
  qm.lock();
  qm.unlock();
  n++;
  // CHECK: :[[@LINE-3]]:6: warning: 'qm' is unlocked at once: the section under the lock is empty
  // CHECK: :[[@LINE-4]]:6: note: hold the lock until the work that needs it is done; say so in a comment if this waits for the lock's owner
}

void qtStatic_ok() {
  static QMutex own;
  QMutexLocker<QMutex> locker(&own);
  n++;
}

void qtAsked_ok() {
  if (!qm.tryLock(100))
    return;
  n++;
  qm.unlock();
}

void qtTask_ok() {
  QMutex own;
  auto task = [&own] {
    QMutexLocker<QMutex> locker(&own);
    n++;
  };
  QFuture<int> future = QtConcurrent::run(task);
  future.waitForFinished();
}

void qtWoken_ok(QWaitCondition &condition) {
  qm.lock();
  qm.unlock();
  condition.wakeAll();
}

//===--- Abseil ---===//

absl::Mutex am;
absl::CondVar acv;

void abslTemporary_bad() {
  absl::MutexLock{&am};
  // CHECK: :[[@LINE-1]]:3: warning: this 'MutexLock' is a temporary: it unlocks at the end of the statement
  // CHECK: :[[@LINE-2]]:3: note: give the guard a name, so that it lives until the end of the block
  n++;
}

void abslLocal_bad() {
  absl::Mutex own;
  // CHECK: :[[@LINE-1]]:15: warning: lock 'own' is a local variable: each call has its own, which no other thread can wait for
  // CHECK: :[[@LINE-2]]:15: note: make the lock a member of what it protects, or static
  absl::MutexLock lock(&own);
  n++;
}

void abslIgnored_bad() {
  am.TryLock();
  // CHECK: :[[@LINE-1]]:6: warning: nobody asks whether 'TryLock' has taken the lock
  // CHECK: :[[@LINE-2]]:6: note: go on only if it has, or wait for the lock
  n++;
  am.Unlock();
}

void abslEmpty_bad() {
  { absl::MutexLock lock(&am); }
  n++;
  // CHECK: :[[@LINE-2]]:21: warning: 'lock' is unlocked at once: the section under the lock is empty
  // CHECK: :[[@LINE-3]]:21: note: hold the lock until the work that needs it is done; say so in a comment if this waits for the lock's owner
}

void abslWaits_ok(bool &done) {
  am.Lock();
  am.Await(done);
  am.Unlock();
}

void abslSignalled_ok() {
  { absl::MutexLock lock(&am); }
  acv.Signal();
}
