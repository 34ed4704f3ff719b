// Title: An atomic flag, set before the join
// The destructor sets the flag and joins. The sleep is short, so that nobody waits long.
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <thread>

class SessionCache {
public:
  SessionCache() : cleaner_(&SessionCache::expireLoop, this) {}

  ~SessionCache() {
    running_ = false;
    cleaner_.join();
  }

  void touch(const std::string &session) {
    std::lock_guard lock(mutex_);
    lastUse_[session] = Clock::now();
  }

private:
  using Clock = std::chrono::steady_clock;

  void expireLoop() {
    while (running_) {
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      std::lock_guard lock(mutex_);
      std::erase_if(lastUse_, [](const auto &entry) {
        return Clock::now() - entry.second > std::chrono::hours(1);
      });
    }
  }

  std::atomic<bool> running_{true};
  std::mutex mutex_;
  std::map<std::string, Clock::time_point> lastUse_;
  std::thread cleaner_;
};
