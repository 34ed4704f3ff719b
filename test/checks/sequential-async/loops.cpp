// RUN: %check %s -- -std=c++20
// A task for each iteration that the iteration waits for.
#include <future>
#include <thread>
#include <vector>

int work(int);
int accept_one();

void thread_bad(const std::vector<int> &v) {
  for (int x : v) {
    std::thread t(work, x);
    // CHECK: :[[@LINE-1]]:17: warning: thread is waited for in the iteration that starts it, so nothing runs beside it
    // CHECK: :[[@LINE+2]]:7: note: waited for here
    // CHECK: note: start all of them before the first wait, or call the function directly
    t.join();
  }
}
void joinable_bad(const std::vector<int> &v) {
  for (int x : v) {
    std::thread t(work, x);
    // CHECK: :[[@LINE-1]]:17: warning: thread is waited for in the iteration
    // CHECK: note: waited for here
    // CHECK: note: start all
    if (t.joinable())
      t.join();
  }
}
void same_expression_bad(int n) {
  for (int i = 0; i < n; ++i)
    std::thread(work, i).join();
  // CHECK: :[[@LINE-1]]:5: warning: thread is waited for in the iteration
  // CHECK: note: waited for here
  // CHECK: note: start all
}
void container_bad(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i) {
    threads.emplace_back(work, i);
    // CHECK: :[[@LINE-1]]:13: warning: thread is waited for in the iteration
    // CHECK: note: waited for here
    // CHECK: note: start all
    threads.back().join();
  }
}
void array_bad() {
  std::thread threads[4];
  for (int i = 0; i < 4; ++i) {
    threads[i] = std::thread(work, i);
    // CHECK: :[[@LINE-1]]:18: warning: thread is waited for in the iteration
    // CHECK: note: waited for here
    // CHECK: note: start all
    threads[i].join();
  }
}
void jthread_bad(const std::vector<int> &v) {
  for (int x : v) {
    std::jthread t(work, x);
    // CHECK: :[[@LINE-1]]:18: warning: thread is waited for in the iteration
    // CHECK: note: the end of its variable's life waits for it here
    // CHECK: note: start all
  }
}
void future_dies_bad(const std::vector<int> &v) {
  for (int x : v) {
    auto f = std::async(std::launch::async, work, x);
    // CHECK: :[[@LINE-1]]:14: warning: task is waited for in the iteration
    // CHECK: note: the end of its variable's life waits for it here
    // CHECK: note: start all
  }
}
int future_bad(const std::vector<int> &v) {
  int sum = 0;
  for (int x : v) {
    auto f = std::async(std::launch::async, work, x);
    // CHECK: :[[@LINE-1]]:14: warning: task is waited for in the iteration
    // CHECK: note: waited for here
    // CHECK: note: start all
    sum += f.get();
  }
  return sum;
}
void accept_bad() {
  for (;;) {
    int fd = accept_one();
    std::thread t(work, fd);
    // CHECK: :[[@LINE-1]]:17: warning: thread is waited for in the iteration
    // CHECK: note: waited for here
    // CHECK: note: start all
    t.join();
  }
}

void work_between_ok(const std::vector<int> &v) {
  for (int x : v) {
    std::thread t(work, x);
    work(x + 1);
    t.join();
  }
}
void two_at_a_time_ok(const std::vector<int> &v) {
  for (int x : v) {
    std::thread a(work, x), b(work, -x);
    a.join();
    b.join();
  }
}
void beside_another_ok(const std::vector<int> &v) {
  std::thread producer(work, 0);
  for (int x : v) {
    std::thread t(work, x);
    t.join();
  }
  producer.join();
}
void pipelined_ok(const std::vector<int> &v) {
  std::thread last;
  for (int x : v) {
    if (last.joinable())
      last.join();
    last = std::thread(work, x);
  }
  if (last.joinable())
    last.join();
}
void joined_after_ok(int n) {
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back(work, i);
  for (auto &t : threads)
    t.join();
}
void once_ok() {
  do {
    std::thread t(work, 1);
    t.join();
  } while (0);
}
