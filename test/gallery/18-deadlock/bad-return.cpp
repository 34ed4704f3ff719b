// Title: A return that forgets the lock
// The first client beyond its limit is refused with the mutex locked. The next request,
// of whatever client, waits for ever.
#include <chrono>
#include <iostream>
#include <mutex>
#include <string>
#include <unordered_map>

class RateLimiter {
public:
  bool allow(const std::string &client) {
    const auto now = std::chrono::steady_clock::now();
    mutex_.lock(); // BAD: missing-unlock
    Window &window = windows_[client];
    if (now - window.start > std::chrono::minutes(1))
      window = {now, 0};
    if (window.requests >= 100)
      return false;
    ++window.requests;
    mutex_.unlock();
    std::clog << client << " may pass\n";
    return true;
  }

private:
  struct Window {
    std::chrono::steady_clock::time_point start;
    int requests = 0;
  };

  std::mutex mutex_;
  std::unordered_map<std::string, Window> windows_;
};
