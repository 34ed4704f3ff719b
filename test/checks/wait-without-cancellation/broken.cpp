// Half-written code: no crash, and what is whole is checked.
// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
#include <condition_variable>
#include <mutex>
#include <thread>

class Broken {
  ~Broken() { thread_.join( }
  void start() { thread_ = std::thread([this] { while (!) cv_.wait(lock, [this] { return jobs_ }); }); }
  std::condition_variable cv_;
  Missing jobs_;
  std::thread thread_;
};

class Whole {
public:
  Whole() : thread_([this] { run(); }) {}
  ~Whole() { thread_.join(); }

private:
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock, [this] { return count_ > 0; });
      // CHECK: :[[@LINE-1]]:11: warning: nothing ends the wait on condition variable 'cv_'
      --count_;
    }
  }
  std::mutex mu_;
  std::condition_variable cv_;
  int count_ = 0;
  std::thread thread_;
};

class Tail {
  void run() { for (;;) cv_.wait(
