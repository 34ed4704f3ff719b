// RUN: %check %s -- -std=c++20
#include "poco.h"

Poco::FastMutex mu;
Poco::RWLock rw;

void calls_bad(Poco::Event &e, Poco::Thread &t, Poco::Net::StreamSocket &s,
               Poco::Data::Statement &q, Poco::File &f, char *buf) {
  Poco::FastMutex::ScopedLock g(mu);
  e.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  t.join();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'join' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  Poco::Thread::sleep(5);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'sleep' may block (sleep) while lock 'mu' is held [threadlint-slow-call-under-lock]
  s.receiveBytes(buf, 1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'receiveBytes' may block (network) while lock 'mu' is held [threadlint-slow-call-under-lock]
  q.execute();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'execute' may block (database) while lock 'mu' is held [threadlint-slow-call-under-lock]
  f.exists();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'exists' may block (file) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void writers_bad(Poco::Event &e) {
  rw.writeLock();
  e.wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'wait' may block (wait) while lock 'rw' is held [threadlint-slow-call-under-lock]
  rw.unlock();
}

void unlocked_ok(Poco::Event &e) {
  Poco::ScopedLock<Poco::FastMutex> g(mu);
  {
    Poco::ScopedUnlock<Poco::FastMutex> u(mu);
    e.wait();
  }
}

void calls_ok(Poco::Condition &c, Poco::Event &e, Poco::Net::StreamSocket &s) {
  Poco::ScopedLock<Poco::FastMutex> g(mu);
  c.wait(mu);
  c.signal();
  e.set();
  s.close();
}

void spawns_ok(Poco::Thread &t, Poco::ThreadPool &pool, Poco::TaskManager &m,
               Poco::Runnable &r, Poco::Task *task, Poco::Event &e) {
  Poco::FastMutex::ScopedLock g(mu);
  t.startFunc([&] { e.wait(); });
  t.start(r);
  pool.start(r);
  m.start(task);
}

void joins_bad(Poco::ThreadPool &pool, Poco::TaskManager &m) {
  Poco::FastMutex::ScopedLock g(mu);
  pool.joinAll();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'joinAll' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pool.stopAll();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'stopAll' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  m.joinAll();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'joinAll' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
