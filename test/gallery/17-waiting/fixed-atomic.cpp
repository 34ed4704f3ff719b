// Title: Change the state under the mutex
// The worker holds the mutex from its test until it sleeps, so the change comes before
// the test or after the worker is asleep. The flag need not be atomic any more.
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
    {
      std::lock_guard lock(mutex_);
      requested_ = true;
    }
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
  bool requested_ = false;
  bool closed_ = false;
  std::string balance_;
  std::thread worker_{[this] { work(); }};
};
