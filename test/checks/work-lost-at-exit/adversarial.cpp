// RUN: %check %s -- -std=c++20
// Entries that look otherwise, and ends that nobody sees at once.
#include "boost.h"
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

static void save(int i) { std::ofstream("state") << i; }

struct Saver {
  int id;
  void operator()() const { save(id); }
};

#define DETACH(f) std::thread(f).detach()

static void forms_bad() {
  std::thread(Saver{1}).detach();
  // CHECK: :[[@LINE-1]]:25: warning: nothing waits for this detached thread
  std::thread(std::bind(save, 2)).detach();
  // CHECK: :[[@LINE-1]]:35: warning: nothing waits for this detached thread
  DETACH([] { save(3); });
  // CHECK: :[[@LINE-1]]:3: warning: nothing waits for this detached thread
  std::jthread([] { save(4); }).detach();
  // CHECK: :[[@LINE-1]]:33: warning: nothing waits for this detached thread
  boost::thread([] { save(5); }).detach();
  // CHECK: :[[@LINE-1]]:34: warning: nothing waits for this detached thread
  auto *leaked = new std::thread([] { save(6); });
  leaked->detach();
  // CHECK: :[[@LINE-1]]:11: warning: nothing waits for this detached thread
}

template <int N> static void template_bad() {
  if constexpr (N > 0)
    std::thread([] { save(N); }).detach();
  // CHECK: :[[@LINE-1]]:34: warning: nothing waits for this detached thread
}

static void goto_bad(int n) {
again:
  std::thread([n] { save(n); }).detach();
  // CHECK: :[[@LINE-1]]:33: warning: nothing waits for this detached thread
  if (n-- > 0)
    goto again;
}

static void try_bad() {
  try {
    std::thread([] { save(7); }).detach();
    // CHECK: :[[@LINE-1]]:34: warning: nothing waits for this detached thread
  } catch (const std::exception &) {
    std::exit(1);
  }
}

struct Global {
  Global() { std::thread([] { save(8); }).detach(); } // FN_: it is no call of main
} global;

int main() {
  forms_bad();
  template_bad<1>();
  template_bad<2>();
  goto_bad(3);
  try_bad();
  return EXIT_SUCCESS;
}
