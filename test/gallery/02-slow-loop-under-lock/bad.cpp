// Title: An e-mail to every user under one lock
// The lock is held for as long as the slowest mail server takes, times the number of
// users. Nobody can subscribe in the meantime.
#include "mail.h"
#include <map>
#include <mutex>
#include <string>

class Newsletter {
public:
  void subscribe(const std::string &name, const std::string &address) {
    std::lock_guard lock(mutex_);
    subscribers_[name] = address;
  }

  void unsubscribe(const std::string &name) {
    std::lock_guard lock(mutex_);
    subscribers_.erase(name);
  }

  int publish(const std::string &subject, const std::string &text) {
    std::lock_guard lock(mutex_);
    int sent = 0;
    for (const auto &[name, address] : subscribers_) {
      if (mail::send({address, subject, "Dear " + name + ",\n\n" + text})) // BAD: slow-call-under-lock
        ++sent;
    }
    return sent;
  }

private:
  std::mutex mutex_;
  std::map<std::string, std::string> subscribers_;
};
