// RUN: %check %s -- -std=c++17
// Atomics that a function is given, and values that take a detour.
#include <atomic>
#include <mutex>

void parameter_bad(std::atomic<int> &count) {
  count = count + 1;
  // CHECK: :[[@LINE-1]]:9: warning:
}

void element_bad(std::atomic<int> *counts, int i) {
  counts[i] = counts[i] + 1;
  // CHECK: :[[@LINE-1]]:13: warning:
}

void pointer_bad(std::atomic<int> *count) {
  count->store(count->load() + 1);
  // CHECK: :[[@LINE-1]]:10: warning:
}

template <class T> void generic_bad(std::atomic<T> &count) {
  count = count + T(1);
  // CHECK: :[[@LINE-1]]:9: warning:
}
void instances(std::atomic<int> &a, std::atomic<long> &b) {
  generic_bad(a);
  generic_bad(b);
}

std::mutex mu;
void locked_ok(std::atomic<int> &count) {
  std::lock_guard<std::mutex> guard(mu);
  count = count + 1;
}

struct Peak {
  std::atomic<int> peak{0};
  void note_bad(int n) {
    int now = peak;
    if (n > now)
      peak = n;
    // CHECK: :[[@LINE-1]]:12: warning:
  }
};
