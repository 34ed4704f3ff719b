// RUN: %check %s -- -std=c++17
#include "boost.h"
#include "qt.h"

boost::atomic<bool> ready(false);
QAtomicInt done;

void boost_bad() {
  while (!ready.load())
    ;
  // CHECK: :[[@LINE-2]]:3: warning: this loop does nothing but read 'ready' until another thread changes it
}
void qt_bad() {
  while (!done.loadAcquire())
    ;
  // CHECK: :[[@LINE-2]]:3: warning: this loop does nothing but read 'done' until another thread changes it
}
void qt_ok() {
  while (!done.loadAcquire())
    QThread::msleep(5);
}
