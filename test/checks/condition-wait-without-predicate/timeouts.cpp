// RUN: %check %s -- -std=c++17
// Waits whose time-out nobody notices, and queues that nobody here fills.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <queue>

using namespace std::chrono_literals;
void use(int);

struct Mailbox {
  std::mutex mu;
  std::condition_variable cv;
  bool ready = false;
  int value = 0;

  void put(int n) {
    std::lock_guard<std::mutex> guard(mu);
    value = n;
    ready = true;
    cv.notify_one();
  }

  void ignored_bad() {
    std::unique_lock<std::mutex> lock(mu);
    cv.wait_for(lock, 1s, [this] { return ready; });
    // CHECK: :[[@LINE-1]]:8: warning: the wait on condition variable 'cv' may time out before its predicate holds, but its result is ignored
    use(value);
    // CHECK: :[[@LINE-1]]:9: note: what was waited for is used here
    // CHECK: :[[@LINE-4]]:8: note: use the state only if the wait returns true
  }

  void used_ok() {
    std::unique_lock<std::mutex> lock(mu);
    if (cv.wait_for(lock, 1s, [this] { return ready; }))
      use(value);
  }

  void testedAfter_ok() {
    std::unique_lock<std::mutex> lock(mu);
    cv.wait_for(lock, 1s, [this] { return ready; });
    if (ready)
      use(value);
  }

  int periodic_ok() {
    int sum = 0;
    std::unique_lock<std::mutex> lock(mu);
    while (!ready) {
      cv.wait_for(lock, 1s, [this] { return ready; });
      sum += value;
    }
    return sum;
  }
};

// Filled by another source.
std::mutex mu;
std::condition_variable filled;
std::queue<int> jobs;
bool closed;

void popped_bad() {
  std::unique_lock<std::mutex> lock(mu);
  filled.wait_for(lock, 100ms);
  // CHECK: :[[@LINE-1]]:10: warning: the wait on condition variable 'filled' may end without a notification, but nothing is tested after it
  jobs.pop();
}

void poppedInLoop_bad() {
  std::unique_lock<std::mutex> lock(mu);
  while (true) {
    filled.wait(lock);
    // CHECK: :[[@LINE-1]]:12: warning: the wait on condition variable 'filled' may end without a notification, but nothing is tested after it
    use(jobs.front());
    jobs.pop();
  }
}

void closedInLoop_ok() {
  std::unique_lock<std::mutex> lock(mu);
  while (true) {
    filled.wait(lock);
    if (closed)
      return;
    jobs.pop();
  }
}

void continued_ok() {
  std::unique_lock<std::mutex> lock(mu);
  while (true) {
    if (jobs.empty()) {
      filled.wait(lock);
      continue;
    }
    jobs.pop();
  }
}

void nap_ok() {
  std::unique_lock<std::mutex> lock(mu);
  filled.wait_for(lock, 100ms);
  use(static_cast<int>(jobs.size()));
}
