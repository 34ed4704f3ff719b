// Half-written code: no crash, and what is whole is checked.
// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
#include <future>
#include <map>
#include <thread>
#include <vector>

void use(int);

void whole() {
  int n = 0;
  std::thread t([&n] { ++n; });
// CHECK: broken.cpp:[[@LINE-1]]:19: warning: task writes 'n'
  ++n;
  t.join();
}

void half() {
  int n = 0;
  std::thread t([&n, &y, missing] { ++n });
  std::thread u(missing, std::ref(n));
  std::thread v(&Missing::run, this);
  n = ;
  n.
}

struct Unfinished {
  void start() {
    t = std::thread([this] { n = ; run(undeclared); ++n; ++other });
    ++n;
  }
  Missing other;
  int n;
  std::thread t;
