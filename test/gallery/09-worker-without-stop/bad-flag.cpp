// Title: A flag that nobody sets
// The loop tests a flag, but no code ever clears it. The author meant to write a stop
// function, and the detached thread outlives the cache that it uses.
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <thread>

class SessionCache {
public:
  SessionCache() {
    std::thread cleaner(&SessionCache::expireLoop, this); // BAD: thread-without-exit-path
    cleaner.detach();
  }

  void touch(const std::string &session) {
    std::lock_guard lock(mutex_);
    lastUse_[session] = Clock::now();
  }

private:
  using Clock = std::chrono::steady_clock;

  void expireLoop() {
    while (running_) {
      std::this_thread::sleep_for(std::chrono::minutes(1));
      std::lock_guard lock(mutex_);
      std::erase_if(lastUse_, [](const auto &entry) {
        return Clock::now() - entry.second > std::chrono::hours(1);
      });
    }
  }

  bool running_ = true;
  std::mutex mutex_;
  std::map<std::string, Clock::time_point> lastUse_;
};
