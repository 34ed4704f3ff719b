// Half-written code: no crash, and what is whole is checked.
// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
#include <future>
#include <thread>
#include <vector>

void use(int);

void whole() {
  int x = 1;
  std::thread([&x] { use(x); }).detach();
// CHECK: broken.cpp:[[@LINE-1]]:17: warning: task refers to 'x'
}

void half() {
  int x = 1;
  std::thread t([&x, &y, missing] { use(x) });
  std::thread u(missing, std::ref(x));
  std::thread v(&Missing::run, this);
  threads.emplace_back([&] { use(x); });
  std::vector<Missing> w;
  w.emplace_back([&] { use(x); });
  t.join(;
  std::async(std::launch::async, [&] { return missing(x) }
}

template <class T> void open(T t) {
  std::thread([&] { t.
}
