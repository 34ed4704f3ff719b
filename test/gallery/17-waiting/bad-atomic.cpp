// Title: An atomic flag that is set without the mutex
// The worker has seen that nothing is requested and is about to sleep when refresh() sets
// the flag and notifies. Nobody sleeps yet, so nobody wakes up: the request is lost.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

std::string queryBalance();

class BalanceView {
public:
  ~BalanceView() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    wake_.notify_one();
    worker_.join();
  }

  void refresh() {
    requested_ = true; // BAD: condition-wait-without-predicate
    wake_.notify_one();
  }

private:
  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      wake_.wait(lock, [this] { return requested_ || closed_; });
      if (closed_)
        return;
      requested_ = false;
      lock.unlock();
      std::string balance = queryBalance();
      lock.lock();
      balance_ = balance;
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> requested_{false};
  bool closed_ = false;
  std::string balance_;
  std::thread worker_{[this] { work(); }};
};
