// Half-written code, as an editor sees it: no crash, and what is whole is checked.
// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
#include <thread>

volatile bool whole_bad = false;
// CHECK-DAG: :[[@LINE-1]]:15: warning: volatile 'whole_bad' is shared between threads
void whole() {
  std::thread thread([] { while (!whole_bad); });
  whole_bad = true;
  thread.join();
}

class Broken {
  void run() { while (!stop_ && undeclared); }
  void start() { thread_ = std::thread(&Broken::run, this); }
  void stop() { stop_ = ; }
  volatile Unknown other_;
  volatile bool stop_
  std::thread thread_;
};

template <class T> void dependent(T t) {
  volatile T flag;
  std::thread thread([&] { while (!flag.x); });
  flag = t;
