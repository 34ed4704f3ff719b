// RUN: %check %s --option=MaxThreads=4 -- -pthread
// RUN: %check %s --prefix=DEFAULT -- -pthread
#include <thread>
#include <vector>

void work(int);

void five() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 5; ++i)
    threads.emplace_back(work, i);
  // CHECK: :[[@LINE-1]]:13: warning: 5 threads are created here, more than 4
  for (int i = 0; i < 4; ++i)
    threads.emplace_back(work, i);
}

void many() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 65; ++i)
    threads.emplace_back(work, i);
  // CHECK: :[[@LINE-1]]:13: warning: 65 threads are created here, more than 4
  // DEFAULT: :[[@LINE-2]]:13: warning: 65 threads are created here, more than 64
}
