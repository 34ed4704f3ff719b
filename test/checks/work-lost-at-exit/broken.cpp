// Half-written code, as an editor sees it: no crash, and what is whole is checked.
// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
#include <pthread.h>
#include <thread>

void use(int);

static void whole_bad() {
  std::thread([] { use(1); }).detach();
  // CHECK-DAG: :[[@LINE-1]]:31: warning: nothing waits for this detached thread
}

int main() {
  whole_bad();
  return
}

static void half() {
  std::thread([] { use(1); unknown(); }).detach(
  std::thread t(&A::run, nullptr);
  t.detach();
  for (auto &x : ) x.detach();
  pthread_attr_setdetachstate();
  pthread_detach();
  pthread_create(&t, 0, 0);
  if (std::thread([] {}).detach();
}
