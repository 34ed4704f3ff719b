// Qt's locks and lockers in the shapes that programs use.
// RUN: %check %s -- -std=c++17
#include "qt.h"
#include <unistd.h>

// Qt's own connect() and QStringList::join() have nothing to do with sockets or
// threads.
class QObject {
public:
  static int connect(const QObject *, const char *, const QObject *, const char *);
  void disconnect();
};
class QStringList {
public:
  int join(const char *) const;
};

class Download : public QObject {
  void start_bad(QTcpSocket &socket) {
    QMutexLocker locker(&mutex_);
    ++running_;
    socket.waitForConnected(3000);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waitForConnected' may block (network) while lock 'mutex_' is held [threadlint-slow-call-under-lock]
    locker.unlock();
    socket.waitForConnected(3000);
    locker.relock();
    socket.waitForReadyRead();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waitForReadyRead' may block (network) while lock 'mutex_' is held [threadlint-slow-call-under-lock]
  }

  void wait_bad(QProcess &process, QThread &thread) {
    mutex_.lock();
    ++running_;
    process.waitForFinished();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waitForFinished' may block (process) while lock 'mutex_' is held [threadlint-slow-call-under-lock]
    thread.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mutex_' is held [threadlint-slow-call-under-lock]
    QThread::msleep(10);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'msleep' may block (sleep) while lock 'mutex_' is held [threadlint-slow-call-under-lock]
    mutex_.unlock();
    thread.wait();
  }

  void readers_bad(QSqlQuery &query) {
    QReadLocker locker(&rw_);
    ++running_;
    query.exec();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'exec' may block (database) while lock 'rw_' is held [threadlint-slow-call-under-lock]
    locker.unlock();
    query.exec();
  }

  void by_hand_bad(QSqlQuery &query) {
    rw_.lockForRead();
    query.exec();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'exec' may block (database) while lock 'rw_' is held [threadlint-slow-call-under-lock]
    rw_.unlock();
    rw_.lockForWrite();
    query.exec();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'exec' may block (database) while lock 'rw_' is held [threadlint-slow-call-under-lock]
    rw_.unlock();
    query.exec();
  }

  void try_bad(QTcpSocket &socket) {
    if (mutex_.tryLock(100)) {
      socket.waitForConnected();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waitForConnected' may block (network) while lock 'mutex_' is held [threadlint-slow-call-under-lock]
      mutex_.unlock();
    } else {
      socket.waitForConnected();
    }
    if (!mutex_.tryLock())
      return;
    socket.waitForConnected();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waitForConnected' may block (network) while lock 'mutex_' is held [threadlint-slow-call-under-lock]
    mutex_.unlock();
  }

  void condition_ok() {
    mutex_.lock();
    while (!running_)
      changed_.wait(&mutex_);
    changed_.wakeAll();
    mutex_.unlock();
  }

  void condition_with_locker_ok() {
    QMutexLocker locker(&mutex_);
    while (!running_)
      changed_.wait(&mutex_);
  }

  void condition_under_another_bad() {
    QReadLocker read(&rw_);
    QMutexLocker locker(&mutex_);
    while (!running_)
      changed_.wait(&mutex_);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) in a loop while lock 'rw_' is held [threadlint-slow-call-under-lock]
  }

  void namesakes_ok(const QStringList &list, QTcpSocket &socket) {
    QMutexLocker locker(&mutex_);
    connect(this, "a", this, "b");
    QObject::connect(this, "a", this, "b");
    disconnect();
    running_ += list.join(", ");
    socket.abort();
    socket.waitForConnected(0);
  }

  QMutex mutex_;
  QReadWriteLock rw_;
  QWaitCondition changed_;
  int running_ = 0;
};
