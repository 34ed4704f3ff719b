// Title: A thread that is older than its object
// Members are initialised in the order of their declarations. The thread is the first of
// them, so it may lock a mutex and read a queue that do not exist yet.
#include <deque>
#include <mutex>
#include <string>
#include <thread>

class Journal {
public:
  Journal() : writer_([this] { write(); }) {} // BAD: thread-started-too-early

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

  std::thread writer_;
  std::mutex mutex_;
  std::deque<std::string> lines_;
  bool closed_ = false;
};

int main() {
  Journal journal;
  journal.add("started");
}
