// RUN: %check %s
// Threads that are assigned to the elements of a container.
#include <array>
#include <thread>
#include <vector>

void work();
bool opened();

void presized_bad() {
  std::vector<std::thread> threads(3);
  // CHECK: :[[@LINE-1]]:28: warning: threads in 'threads' may still be joinable when they are destroyed
  // CHECK: note: started here
  // CHECK: note: the function returns here without a join
  // CHECK: note: join it
  for (int i = 0; i < 3; ++i)
    threads[i] = std::thread(work);
  if (!opened())
    return;
  for (auto &t : threads)
    t.join();
}
void presized_ok() {
  std::vector<std::thread> threads(3);
  for (int i = 0; i < 3; ++i)
    threads[i] = std::thread(work);
  for (int i = 0; i < 3; ++i)
    threads[i].join();
}
void each_bad() {
  std::array<std::thread, 3> threads;
  // CHECK: :[[@LINE-1]]:30: warning: threads in 'threads' may still be joinable when they are destroyed
  // CHECK: note: started here
  // CHECK: note: the function returns here without a join
  // CHECK: note: join it
  for (auto &t : threads)
    t = std::thread(work);
  if (!opened())
    return;
  for (auto &t : threads)
    t.join();
}
void each_ok() {
  std::array<std::thread, 3> threads;
  for (auto &t : threads)
    t = std::thread(work);
  for (auto &t : threads)
    t.join();
}
void joined_in_the_loop_ok() {
  std::vector<std::thread> threads(3);
  for (auto &t : threads) {
    t = std::thread(work);
    t.join();
  }
}
