// Title: A notification before the wait
// A condition variable remembers nothing. If the file is read before display() waits, the
// notification is lost and display() sleeps for ever. It may also wake up too early.
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
    loaded_.wait(lock); // BAD: condition-wait-without-predicate
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
    loaded_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable loaded_;
  std::vector<std::string> lines_;
  std::thread loader_;
};
