// Title: A jthread that never asks
// A std::jthread asks its thread to stop before it joins. This one does not listen, so
// the destructor waits for ever all the same.
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

class FileWatcher {
public:
  FileWatcher(std::filesystem::path path, std::function<void()> changed)
      : path_(std::move(path)), changed_(std::move(changed)) {
    thread_ = std::jthread([this] { watch(); }); // BAD: thread-without-exit-path
  }

private:
  void watch() {
    std::error_code error;
    auto seen = std::filesystem::last_write_time(path_, error);
    for (;;) {
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
