// Title: A jthread that asks its token
// The loop asks before each round. The destructor waits for half a second at most.
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

class FileWatcher {
public:
  FileWatcher(std::filesystem::path path, std::function<void()> changed)
      : path_(std::move(path)), changed_(std::move(changed)) {
    thread_ = std::jthread([this](std::stop_token stop) { watch(stop); });
  }

private:
  void watch(std::stop_token stop) {
    std::error_code error;
    auto seen = std::filesystem::last_write_time(path_, error);
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
      auto now = std::filesystem::last_write_time(path_, error);
      if (error || now == seen)
        continue;
      seen = now;
      changed_();
    }
  }

  std::filesystem::path path_;
  std::function<void()> changed_;
  std::jthread thread_;
};
