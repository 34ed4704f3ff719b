// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
// Code that does not compile is survived.
// CHECK: error:
#include <thread>
#include <vector>
void f(std::vector<Missing> items, Unknown u) {
  for (auto &i : items)
    std::thread([&] { g(i); }).detach();
  for (;;) {
    int fd = accept(u);
    std::thread t(undefined, fd);
    t.detach();
  }
  while (nothing(
    std::thread(f).detach();
}
template <class T> void h(T t) {
  for (auto &x : t.all())
    std::thread(h<T>, x).detach();
  while (auto y = t.next(
}
