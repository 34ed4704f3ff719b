// RUN: %check %s -- -std=c++17
// Atomics that are made in raw storage.
#include <atomic>
#include <new>
#include <thread>
#include <type_traits>
#include <vector>

class Counter {
public:
  Counter() { new (&storage_) std::atomic<long>(0); }
  Counter(const Counter &) = delete;
  long operator++() {
    return ++(*reinterpret_cast<std::atomic<long> *>(&storage_));
  }
  void set(long n) {
    reinterpret_cast<std::atomic<long> &>(storage_).store(n);
  }
  void add(long n) { *reinterpret_cast<long *>(&storage_) += n; }

private:
  std::aligned_storage<sizeof(long), 64>::type storage_;
};

struct Stats {
  Counter queries;
} stats;

void count_ok() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([] {
      stats.queries.set(1);
      ++stats.queries;
    });
  for (auto &t : threads)
    t.join();
}

void count_bad() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([] { stats.queries.add(1); });
    // CHECK: :[[@LINE-1]]:5: warning: task writes 'stats.queries' while another task of the same spawn may write it
  for (auto &t : threads)
    t.join();
}
