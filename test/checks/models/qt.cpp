// RUN: %check %s -- -std=c++20
#include "qt.h"

QMutex mu;
QReadWriteLock rw;

void calls_bad(QTcpSocket &s, QProcess &p, QSqlQuery &q, QThread &t) {
  QMutexLocker<QMutex> g(&mu);
  s.waitForConnected();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waitForConnected' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  s.waitForReadyRead(100);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waitForReadyRead' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  p.waitForFinished();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waitForFinished' may block (process) while lock 'mu' is held [threadlint-slow-call-under-lock]
  q.exec();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'exec' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  t.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  QThread::msleep(5);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'msleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void readers_bad(QSqlQuery &q) {
  QReadLocker g(&rw);
  q.exec();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'exec' may block (database) while lock 'rw' is held [threadlint-slow-call-under-lock]
}

void manual_bad(QSqlQuery &q) {
  rw.lockForWrite();
  q.exec();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'exec' may block (database) while lock 'rw' is held [threadlint-slow-call-under-lock]
  rw.unlock();
}

void relock_bad(QSqlQuery &q) {
  QMutexLocker<QMutex> g(&mu);
  g.unlock();
  q.exec();
  g.relock();
  q.exec();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'exec' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void calls_ok(QTcpSocket &s, QWaitCondition &cond) {
  QMutexLocker<QMutex> g(&mu);
  cond.wait(&mu);
  cond.wakeAll();
  s.abort();
  s.waitForConnected(0);
}

void spawns_ok(QThreadPool &pool, QThread &t, QSqlQuery &q, int &list) {
  QMutexLocker<QMutex> g(&mu);
  pool.start([&] { q.exec(); });
  pool.tryStart([&] { q.exec(); });
  QtConcurrent::run([&] { q.exec(); });
  QtConcurrent::run(&pool, [&] { q.exec(); });
  QtConcurrent::map(list, [&](int) { q.exec(); });
  QThread::create([&] { q.exec(); });
  t.start();
}

void joins_bad(QThreadPool &pool, QFuture<int> &f, int &list) {
  QMutexLocker<QMutex> g(&mu);
  pool.waitForDone();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waitForDone' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  f.waitForFinished();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waitForFinished' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  f.result();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'result' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  QtConcurrent::blockingMap(list, [](int) {});
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'blockingMap' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
