// Title: The thread comes last
// All that the thread uses is declared before it. It starts when everything is there, and
// would end before any of it goes.
#include <deque>
#include <mutex>
#include <string>
#include <thread>

class Journal {
public:
  Journal() : writer_([this] { write(); }) {}

  ~Journal() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    writer_.join();
  }

  void add(std::string line) {
    std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
  }

private:
  bool takeLine() {
    std::lock_guard lock(mutex_);
    if (!lines_.empty())
      lines_.pop_front();
    return !closed_ || !lines_.empty();
  }

  void write() {
    while (takeLine())
      std::this_thread::yield();
  }

  std::mutex mutex_;
  std::deque<std::string> lines_;
  bool closed_ = false;
  std::thread writer_;
};

int main() {
  Journal journal;
  journal.add("started");
}
