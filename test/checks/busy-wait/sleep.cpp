// RUN: %check %s -- -std=c++20
// A sleep in the hope that a task is done by then.
#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

using namespace std::chrono_literals;
void use(int);

void captured_bad() {
  int sum = 0;
  std::thread t([&] { sum = 42; });
  std::this_thread::sleep_for(1s);
  // CHECK: :[[@LINE-1]]:3: warning: this sleep does not wait for the task that writes 'sum': it may take longer
  // CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: the task starts here
  use(sum);
  // CHECK: :[[@LINE-1]]:7: note: 'sum' is taken to be written here
  // CHECK: :[[@LINE-5]]:3: note: wait for the task's end
  t.join();
}

void fill(int &out) { out = 3; }

void reference_bad() {
  int sum = 0;
  std::jthread t(fill, std::ref(sum));
  std::this_thread::sleep_for(100ms);
  // CHECK: :[[@LINE-1]]:3: warning: this sleep does not wait for the task that writes 'sum'
  use(sum);
}

struct Loader {
  int size = 0;
  std::thread t;
  int load_bad() {
    t = std::thread([this] { size = 7; });
    std::this_thread::sleep_for(100ms);
    // CHECK: :[[@LINE-1]]:5: warning: this sleep does not wait for the task that writes 'size'
    return size;
  }
};

void joined_ok() {
  int sum = 0;
  std::thread t([&] { sum = 42; });
  std::this_thread::sleep_for(1s);
  t.join();
  use(sum);
}

void scoped_ok() {
  int sum = 0;
  {
    std::jthread t([&] { sum = 42; });
    std::this_thread::sleep_for(1s);
  }
  use(sum);
}

void atomic_ok() { // samples
  std::atomic<int> sum{0};
  std::thread t([&] { sum = 42; });
  std::this_thread::sleep_for(1s);
  use(sum);
  t.join();
}

void stopped_ok() {
  std::atomic<bool> stop{false};
  int rounds = 0;
  std::thread t([&] {
    while (!stop)
      ++rounds;
  });
  std::this_thread::sleep_for(1s);
  stop = true;
  t.join();
  use(rounds);
}

void unrelated_ok() {
  int sum = 0, other = 1;
  std::thread t([&] { sum = 42; });
  std::this_thread::sleep_for(1s);
  use(other);
  t.join();
}
