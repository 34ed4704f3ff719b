// Title: Stages that wait for the next line for ever
// The last line goes through, and then every stage waits in its queue. Nobody tells them
// that no more will come, so the joins never return.
#include <condition_variable>
#include <fstream>
#include <iostream>
#include <mutex>
#include <queue>
#include <string>
#include <thread>

template <typename T> class Channel {
public:
  void push(T value) {
    {
      std::lock_guard lock(mutex_);
      queue_.push(std::move(value));
    }
    filled_.notify_one();
  }

  T pop() {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [this] { return !queue_.empty(); });
    T value = std::move(queue_.front());
    queue_.pop();
    return value;
  }

private:
  std::mutex mutex_;
  std::condition_variable filled_;
  std::queue<T> queue_;
};

struct Record {
  std::string key;
  std::string value;
};

void import(std::ifstream &in) {
  Channel<std::string> lines;
  Channel<Record> records;

  std::thread parser([&] { // BAD: thread-without-exit-path
    while (true) {
      std::string line = lines.pop();
      auto colon = line.find(':');
      if (colon != std::string::npos)
        records.push({line.substr(0, colon), line.substr(colon + 1)});
    }
  });
  std::thread writer([&] { // BAD: thread-without-exit-path
    for (;;) {
      Record record = records.pop();
      std::cout << record.key << " = " << record.value << '\n';
    }
  });

  for (std::string line; std::getline(in, line);)
    lines.push(line);
  parser.join();
  writer.join();
}
