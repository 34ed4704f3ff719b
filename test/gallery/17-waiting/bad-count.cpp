// Title: A wait group that counts too late
// Each thread announces itself when it begins to run. wait() may come before that and
// find the count at zero: the report is printed, and the threads use what is gone.
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <thread>

class WaitGroup {
public:
  void add(int count) {
    std::lock_guard lock(mutex_);
    pending_ += count;
  }

  void done() {
    std::lock_guard lock(mutex_);
    if (--pending_ == 0)
      finished_.notify_all();
  }

  void wait() {
    std::unique_lock lock(mutex_);
    finished_.wait(lock, [this] { return pending_ == 0; });
  }

private:
  std::mutex mutex_;
  std::condition_variable finished_;
  int pending_ = 0;
};

void checkDisks() {
  WaitGroup group;
  std::error_code errors[2];
  std::thread([&] {
    group.add(1); // BAD: count-raised-in-task
    std::filesystem::space("/home", errors[0]);
    group.done();
  }).detach();
  std::thread([&] {
    group.add(1); // BAD: count-raised-in-task
    std::filesystem::space("/var", errors[1]);
    group.done();
  }).detach();
  group.wait();
  std::printf("/home: %d, /var: %d\n", errors[0].value(), errors[1].value());
}
