// RUN: %check %s -- -std=c++20
// Tasks of one spawn in a loop: what they share with each other and with the next rounds.
#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

void use(int);
int compute(int);

void counter_bad() {
  int count = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i)
    threads.emplace_back([&] { ++count; });
    // CHECK: :[[@LINE-1]]:27: warning: task writes 'count' while another task of the same spawn may write it, without synchronization
    // CHECK: :[[@LINE-2]]:5: note: the task starts here
    // CHECK: :[[@LINE-3]]:34: note: the task writes it here, and so does the other one
    // CHECK: :[[@LINE-4]]:27: note: make it atomic, hold one lock at both places, or give each task its own and combine them after the join
  for (auto &t : threads)
    t.join();
  use(count);
}

void pushed_bad() {
  int count = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i)
    threads.push_back(std::thread([&count] { count += 1; })); // CHECK: :[[@LINE]]:37: warning: task writes 'count' while another task of the same spawn may write it, without synchronization
  for (auto &t : threads)
    t.join();
}

void maximum_bad(const std::vector<int> &values) {
  int best = 0;
  std::vector<std::future<void>> done;
  for (int v : values)
    done.push_back(std::async(std::launch::async, [&best, v] { // CHECK: :[[@LINE]]:53: warning: task reads 'best' while another task of the same spawn may write it, without synchronization
      int r = compute(v);
      if (r > best)
        best = r;
    }));
  for (auto &f : done)
    f.wait();
}

void lockOfEachTask_bad() {
  int count = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 10; ++i)
    threads.emplace_back([&] { // CHECK: :[[@LINE]]:27: warning: task writes 'count' while another task of the same spawn may write it, without synchronization
      std::mutex own;
      std::lock_guard<std::mutex> guard(own);
      ++count;
    });
}

void array_bad() {
  long sum = 0;
  std::thread threads[4];
  for (int i = 0; i < 4; ++i)
    threads[i] = std::thread([&sum, i] { sum += compute(i); }); // CHECK: :[[@LINE]]:32: warning: task writes 'sum' while another task of the same spawn may write it, without synchronization
  for (int i = 0; i < 4; ++i)
    threads[i].join();
}

void tickets_bad() {
  std::atomic<int> next{0};
  int done = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] { // CHECK: :[[@LINE]]:27: warning: task writes 'done' while another task of the same spawn may write it, without synchronization
      for (;;) {
        int n = next.fetch_add(1);
        if (n >= 100)
          break;
        compute(n);
        ++done;
      }
    });
}

void joinedInRound_ok() {
  int count = 0;
  for (int i = 0; i < 10; ++i) {
    std::thread t([&] { ++count; });
    t.join();
  }
}

void ownOfRound_ok() {
  std::vector<std::thread> threads;
  std::vector<std::shared_ptr<int>> kept;
  for (int i = 0; i < 10; ++i) {
    auto result = std::make_shared<int>(0);
    *result = i;
    kept.push_back(result);
    threads.emplace_back([result] { *result = compute(1); });
  }
  for (auto &t : threads)
    t.join();
}

void nextRound_ok(std::vector<int *> items) {
  std::vector<std::thread> threads;
  for (int *item : items) {
    *item = 0;
    threads.emplace_back([item] { ++*item; });
  }
  for (auto &t : threads)
    t.join();
}

void sameRound_bad(std::vector<int *> items) {
  std::vector<std::thread> threads;
  for (int *item : items) {
    threads.emplace_back([item] { ++*item; }); // CHECK: :[[@LINE]]:27: warning: task writes 'item' while the function that starts it may write it, without synchronization
    *item = 0;
  }
  for (auto &t : threads)
    t.join();
}

void locked_ok() {
  int count = 0;
  std::mutex mu;
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i)
    threads.emplace_back([&] {
      std::lock_guard<std::mutex> guard(mu);
      ++count;
    });
  for (auto &t : threads)
    t.join();
}

void firstOnly_ok() {
  int result = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i)
    threads.emplace_back([&result, i] {
      if (i == 0)
        result = compute(1);
    });
  for (auto &t : threads)
    t.join();
}

void claimed_ok() {
  int result = 0;
  std::atomic<bool> claimed{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i)
    threads.emplace_back([&] {
      if (!claimed.exchange(true))
        result = compute(1);
    });
  for (auto &t : threads)
    t.join();
}

void lastOne_ok() {
  int result = 0;
  std::atomic<int> left{10};
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i)
    threads.emplace_back([&] {
      compute(1);
      int before = left.fetch_sub(1);
      if (before == 1)
        result = compute(2);
    });
  for (auto &t : threads)
    t.join();
}

void once_ok() {
  int result = 0;
  std::once_flag flag;
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i)
    threads.emplace_back([&] {
      std::call_once(flag, [&] { result = compute(1); });
      use(result);
    });
  for (auto &t : threads)
    t.join();
}

// The loop's variable is reference-capture-in-task's.
void loopVariable_ok() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i)
    threads.emplace_back([&] { use(i); });
  for (auto &t : threads)
    t.join();
}

// An algorithm's callable is not known to run several times.
void FN_algorithm() {
  int count = 0;
  std::vector<int> input(4);
  std::vector<std::thread> threads;
  std::for_each(input.begin(), input.end(), [&](int) {
    threads.emplace_back([&] { ++count; });
  });
  for (auto &t : threads)
    t.join();
}

// Every task goes over all elements.
void FN_sameElements() {
  std::vector<int> data(100);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (size_t k = 0; k < data.size(); ++k)
        data[k] *= 2;
    });
}
