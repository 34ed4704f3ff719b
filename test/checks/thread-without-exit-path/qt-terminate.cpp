// RUN: %check %s
// QThread::terminate ends a thread anywhere.
#include "qt.h"

class Terminated : public QThread {
  void run() override {
    for (;;)
      msleep(1);
  }
};
class Owner {
  Terminated thread_;
  void start_ok() { thread_.start(); }
  void stop() { thread_.terminate(); }
};

// A file that terminates threads may terminate this one too: handles are copied.
class Endless : public QThread {
  void run() override {
    for (;;)
      msleep(1);
  }
};
void FN_pointer() {
  auto *thread = new Endless;
  thread->start();
}
