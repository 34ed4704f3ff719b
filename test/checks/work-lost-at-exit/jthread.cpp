// RUN: %check %s -- -std=c++20
// Threads whose destructor would wait, had they not been detached.
#include "boost.h"
#include <fstream>
#include <string>
#include <thread>

static void save(const std::string &name) {
  std::ofstream out(name);
  for (int i = 0; i < 1000; ++i)
    out << i;
}

static void jthread_bad() {
  std::jthread t(save, "a");
  t.detach();
  // CHECK: :[[@LINE-1]]:5: warning: nothing waits for this detached thread before the process ends
  // CHECK: note: the thread is started here
  // CHECK: note: this is what it does
  // CHECK: note: 'main' gets there by this call
  // CHECK: note: 'main' returns here
  // CHECK: note: join
}
static void boost_bad() {
  boost::thread t([] { save("b"); });
  t.detach();
  // CHECK: :[[@LINE-1]]:5: warning: nothing waits for this detached thread before the process ends
  // CHECK: note: the thread is started here
  // CHECK: note: 'main' gets there by this call
  // CHECK: note: 'main' returns here
  // CHECK: note: join
}
static void joined_ok() { std::jthread t(save, "c"); }

int main(int argc, char **) {
  switch (argc) {
  case 1:
    joined_ok();
    break;
  case 2:
    boost_bad();
    break;
  default:
    jthread_bad();
  }
  return 0;
}
