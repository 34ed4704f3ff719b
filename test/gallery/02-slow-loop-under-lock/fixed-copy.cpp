// Title: Copy under the lock, send outside
// A copy of the list is cheap next to a single e-mail. Who subscribes while the mails go
// out gets the next issue.
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
    int sent = 0;
    for (const auto &[name, address] : subscribers()) {
      if (mail::send({address, subject, "Dear " + name + ",\n\n" + text}))
        ++sent;
    }
    return sent;
  }

private:
  std::map<std::string, std::string> subscribers() {
    std::lock_guard lock(mutex_);
    return subscribers_;
  }

  std::mutex mutex_;
  std::map<std::string, std::string> subscribers_;
};
