// RUN: %check %s
// The body of a thread class is a task, wherever it is started.
#include "qt.h"

class Worker : public QThread {
public:
  void cancel_bad() { cancelled_ = true; }

protected:
  void run() override {
    while (!cancelled_)
      msleep(10);
  }

private:
  volatile bool cancelled_ = false;
  // CHECK: :[[@LINE-1]]:17: warning: volatile 'cancelled_' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them [threadlint-volatile-synchronization]
  // CHECK: :[[@LINE-7]]:13: note: read by a task here
  // CHECK: :[[@LINE-12]]:23: note: written outside of the task here
  // CHECK: :[[@LINE-4]]:17: note: use 'std::atomic<bool>' instead
};
