// Half-written code, as an editor sees it: no crash, and what is whole is checked.
// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
#include <thread>

void work();

void whole_bad() {
  std::thread([] {
    for (;;)
      work();
  }).detach();
  // CHECK-DAG: :[[@LINE-4]]:3: warning: thread is detached and never ends
}

static Missing flag = true;
void unknown_type() {
  std::thread([] {
    while (flag)
      work();
  }).detach();
  std::thread([] {
    while (undeclared)
      work();
  }).detach();
  std::thread([] {
    while () work();
  }).detach();
  std::thread([] {
    for (;;) {
      if (
    }
  }).detach();
}

struct Half {
  void run() {
    while (running_
      work();
  }
  void start() { t_ = std::thread(&Half::run, this); }
  bool running_ = ;
  std::thread t_;
};

template <class T> void dependent(T t) {
  std::thread([t] {
    while (t.running)
      work();
  }).detach();
}
void open() {
  dependent(1);
  std::thread([] { for (;;
