// Title: Channels that can be closed
// Each stage closes the channel behind it when it is done. A closed and empty channel
// has no value to give, and that ends the next stage.
#include <condition_variable>
#include <fstream>
#include <iostream>
#include <mutex>
#include <optional>
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
    changed_.notify_one();
  }

  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
  }

  std::optional<T> pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || !queue_.empty(); });
    if (queue_.empty())
      return std::nullopt;
    T value = std::move(queue_.front());
    queue_.pop();
    return value;
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<T> queue_;
  bool closed_ = false;
};

struct Record {
  std::string key;
  std::string value;
};

void import(std::ifstream &in) {
  Channel<std::string> lines;
  Channel<Record> records;

  std::jthread parser([&] {
    while (std::optional<std::string> line = lines.pop()) {
      auto colon = line->find(':');
      if (colon != std::string::npos)
        records.push({line->substr(0, colon), line->substr(colon + 1)});
    }
    records.close();
  });
  std::jthread writer([&] {
    while (std::optional<Record> record = records.pop())
      std::cout << record->key << " = " << record->value << '\n';
  });

  for (std::string line; std::getline(in, line);)
    lines.push(line);
  lines.close();
}
