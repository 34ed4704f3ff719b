// Half-written code: no crash, and what is whole is checked.
// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
#include <future>
#include <thread>

struct Broken {
  std::promise<Missing> p;
  std::promise<int> q;
  void run() {
    p.set_value(1);
    q.set_value(unknown());
    q.set_value(2;
  }
};

void whole(std::promise<int> &p) {
  p.set_value(1);
  p.set_value(2);
  // CHECK: :[[@LINE-1]]:5: warning: 'set_value' sets promise 'p'
}

void half(std::promise<int> p) {
  std::thread t([p = std::move(p)] mutable { if (later() p.set_value(1); });
  while (p.) p.set_value(
}

void tail(std::promise<int> &p) {
  p.get_future().
