// Title: A wait that the stop flag ends
// The predicate tests the flag as well, so that the notification of the destructor ends the
// wait. What is left in the outbox is not sent any more.
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

class Mailer {
public:
  Mailer() : thread_(&Mailer::run, this) {}

  ~Mailer() {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    filled_.notify_all();
    thread_.join();
  }

  void post(std::function<void()> mail) {
    std::lock_guard lock(mutex_);
    outbox_.push_back(std::move(mail));
    filled_.notify_one();
  }

private:
  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      filled_.wait(lock, [this] { return stopping_ || !outbox_.empty(); });
      if (stopping_)
        return;
      auto send = std::move(outbox_.front());
      outbox_.pop_front();
      lock.unlock();
      send();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<std::function<void()>> outbox_;
  bool stopping_ = false;
  std::thread thread_;
};
