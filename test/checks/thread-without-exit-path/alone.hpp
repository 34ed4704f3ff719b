// RUN: %check %s -- -std=c++17
// A header that an editor opens by itself: what its functions do not change,
// a source may.
#include <atomic>
#include <thread>

class Worker {
public:
  Worker() : thread_([this] { run_ok(); }) {}
  ~Worker();
  void stop(); // in a source

private:
  void run_ok() {
    while (running_)
      work();
  }
  static void work();
  std::atomic<bool> running_{true};
  std::thread thread_;
};

inline bool enabled = true;
inline void start_ok() {
  std::thread([] {
    while (enabled)
      std::this_thread::yield();
  }).detach();
}

class Ticker {
public:
  Ticker() : thread_([this] { run_bad(); }) {}
  // CHECK: :[[@LINE-1]]:14: warning: thread never ends
  ~Ticker() { thread_.join(); }

private:
  void run_bad() {
    while (running_)
      ++ticks_;
  }
  std::atomic<bool> running_{true};
  std::atomic<int> ticks_{0};
  std::thread thread_;
};
