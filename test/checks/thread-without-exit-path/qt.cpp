// RUN: %check %s
// Overrides of QThread::run.
#include "qt.h"

void work();

class Endless : public QThread {
  void run() override {
    for (;;)
      work();
  }
};
void endless_bad() {
  Endless thread;
  thread.start();
  thread.wait();
  // CHECK: :[[@LINE-2]]:10: warning: thread never ends, so the join never returns
  // CHECK: :[[@LINE-2]]:10: note: joined here
  // CHECK: :[[@LINE-10]]:5: note: this loop has no way out
  // CHECK: note: let the loop end
}
void pointer_bad() {
  auto *thread = new Endless;
  thread->start();
  // CHECK: :[[@LINE-1]]:11: warning: thread never ends
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

class Interruptible : public QThread {
public:
  Interruptible() { start(); }
  void run() override {
    while (!isInterruptionRequested())
      work();
  }
};
void interruptible_ok() { Interruptible().wait(); }

class EventLoop : public QThread {
  void run() override { exec(); }
};
void event_loop_ok() { EventLoop().start(); }

void base_ok(QThread *thread) { thread->start(); }
