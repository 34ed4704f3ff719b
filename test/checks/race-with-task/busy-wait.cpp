// RUN: %check %s -checks=-*,threadlint-race-with-task,threadlint-busy-wait -- -std=c++20
// The spawner waits for the task by sleeping or spinning: said once, by the check
// that names the remedy. Other races are still reported.
#include <chrono>
#include <thread>

int compute();
void use(int);

void sleeps_bad() {
  int result = 0;
  std::thread t([&] { result = compute(); });
  std::this_thread::sleep_for(std::chrono::seconds(1));
  // CHECK: :[[@LINE-1]]:3: warning: this sleep does not wait for the task that writes 'result'
  use(result);
  t.join();
}

void polls_bad() {
  bool done = false;
  std::jthread t([&] { done = true; });
  while (!done)
    ;
  // CHECK: :[[@LINE-2]]:3: warning: this loop waits for another thread to change 'done', which is not atomic
}

void another_bad() {
  bool done = false;
  int result = 0;
  std::jthread t([&done, &result] {
    // CHECK: :[[@LINE-1]]:27: warning: task writes 'result' while the function that starts it may read it
    result = compute();
    done = true;
  });
  use(result);
  while (!done)
    ;
  // CHECK: :[[@LINE-2]]:3: warning: this loop waits for another thread to change 'done'
}
