// RUN: %check %s -- -std=c++17
// A queue of messages locks for itself, and orders what is around it.
#include "wx.h"
#include <thread>

class Worker {
public:
  Worker() : thread_([this] { run_ok(); }) {}
  ~Worker() {
    requests_.Post(0);
    thread_.join();
  }

private:
  void run_ok() {
    for (int message = 1; message;)
      requests_.Receive(message);
  }
  wxMessageQueue<int> requests_;
  std::thread thread_;
};

class Stopped {
public:
  Stopped() : thread_([this] { run_ok(); }) {}
  ~Stopped() {
    stop_ = true;
    requests_.Post(0); // after the flag
    thread_.join();
  }

private:
  void run_ok() {
    int message = 0;
    while (requests_.Receive(message) == 0 && !stop_) // read after the wait
      handle(message);
  }
  static void handle(int message);
  wxMessageQueue<int> requests_;
  bool stop_ = false;
  std::thread thread_;
};
