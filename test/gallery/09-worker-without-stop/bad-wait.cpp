// Title: A stop flag that the wait does not know
// The destructor sets the flag and notifies. The worker wakes, finds that there is no
// job, and waits on. It never gets back to the test of the flag.
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
    while (!stopping_) {
      filled_.wait(lock, [this] { return !outbox_.empty(); }); // BAD: wait-without-cancellation
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
