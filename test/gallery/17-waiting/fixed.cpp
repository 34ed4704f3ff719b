// Title: Wait for a state, not for a notification
// What counts is a flag that the mutex guards. The wait tests it before it sleeps, and
// again whenever it wakes up.
#include <condition_variable>
#include <fstream>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class Document {
public:
  explicit Document(std::string path) : loader_([this, path] { load(path); }) {}
  ~Document() { loader_.join(); }

  void display() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return loaded_; });
    for (const std::string &line : lines_)
      std::cout << line << '\n';
  }

private:
  void load(const std::string &path) {
    std::vector<std::string> lines;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);)
      lines.push_back(line);

    std::lock_guard lock(mutex_);
    lines_ = std::move(lines);
    loaded_ = true;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool loaded_ = false;
  std::vector<std::string> lines_;
  std::thread loader_;
};
