// RUN: %check %s -- -std=c++20
// Tasks of one spawn in a loop: what they share with each other and with the next rounds.
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
    threads.emplace_back([&] { ++count; }); // BAD
  for (auto &t : threads)
    t.join();
  use(count);
}

void pushed_bad() {
  int count = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i)
    threads.push_back(std::thread([&count] { count += 1; })); // BAD
  for (auto &t : threads)
    t.join();
}

void maximum_bad(const std::vector<int> &values) {
  int best = 0;
  std::vector<std::future<void>> done;
  for (int v : values)
    done.push_back(std::async(std::launch::async, [&best, v] { // BAD
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
    threads.emplace_back([&] { // BAD
      std::mutex own;
      std::lock_guard<std::mutex> guard(own);
      ++count;
    });
}

void array_bad() {
  long sum = 0;
  std::thread threads[4];
  for (int i = 0; i < 4; ++i)
    threads[i] = std::thread([&sum, i] { sum += compute(i); }); // BAD
  for (int i = 0; i < 4; ++i)
    threads[i].join();
}

void tickets_bad() {
  std::atomic<int> next{0};
  int done = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] { // BAD
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
    threads.emplace_back([item] { ++*item; }); // BAD
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
