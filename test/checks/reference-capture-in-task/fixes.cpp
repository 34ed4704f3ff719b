// Fix-its: captures by value, where that means the same.
// RUN: %fix %s -- -std=c++17 | %filecheck %s --match-full-lines
#include <string>
#include <thread>
#include <vector>

void use(int);
void text(const std::string &);

void read() {
  int x = 1;
  std::thread([&x] { use(x); }).detach();
// CHECK:   std::thread([x] { use(x); }).detach();
}

void both() {
  int x = 1, y = 2;
  std::thread([&] { use(x + y); }).detach();
// CHECK:   std::thread([x, y] { use(x + y); }).detach();
}

void loop(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&i] { use(i); });
// CHECK:     threads.emplace_back([i] { use(i); });
  for (auto &t : threads)
    t.join();
}

void mixed() {
  int x = 1, y = 2;
  std::thread([&, y] { use(x + y); }).detach();
// CHECK:   std::thread([x, y] { use(x + y); }).detach();
}

void written() {
  int x = 1;
  std::thread([&x] { ++x; }).detach();
// CHECK:   std::thread([&x] { ++x; }).detach();
}

void changedLater() {
  bool stop = false;
  std::thread([&stop] { while (!stop) use(1); }).detach();
// CHECK:   std::thread([&stop] { while (!stop) use(1); }).detach();
  stop = true;
}

void expensive() {
  std::string s;
  std::thread([&s] { text(s); }).detach();
// CHECK:   std::thread([&s] { text(s); }).detach();
}
