// Title: Put the mails into a queue
// Publishing only fills an outbox. One worker takes a message at a time, and unlocks
// before it sends. It ends when the newsletter is destroyed.
#include "mail.h"
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>

class Newsletter {
public:
  Newsletter() : sender_([this](std::stop_token stop) { drain(stop); }) {}

  void subscribe(const std::string &name, const std::string &address) {
    std::lock_guard lock(mutex_);
    subscribers_[name] = address;
  }

  void publish(const std::string &subject, const std::string &text) {
    {
      std::lock_guard lock(mutex_);
      for (const auto &[name, address] : subscribers_)
        outbox_.push_back({address, subject, "Dear " + name + ",\n\n" + text});
    }
    filled_.notify_one();
  }

private:
  void drain(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    while (filled_.wait(lock, stop, [this] { return !outbox_.empty(); })) {
      mail::Message message = std::move(outbox_.front());
      outbox_.pop_front();
      lock.unlock();
      mail::send(message);
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any filled_;
  std::map<std::string, std::string> subscribers_;
  std::deque<mail::Message> outbox_;
  std::jthread sender_; // last, so that it is joined before what it uses goes
};
