// Title: The first answer sets a promise
// Whoever is first sets the promise. The loser looks at the flag after the function has
// returned, and the flag is no longer there.
#include "http.h"
#include <atomic>
#include <future>
#include <string>
#include <thread>

class ReplicatedStore {
public:
  ReplicatedStore(std::string primary, std::string backup)
      : primary_(std::move(primary)), backup_(std::move(backup)) {}

  std::string read(const std::string &key) const {
    std::promise<std::string> first;
    std::atomic<bool> decided{false};

    auto query = [&first, &decided](const std::string &url) { // BAD: reference-capture-in-task, reference-capture-in-task
      std::string value = http::get(url);
      if (!decided.exchange(true))
        first.set_value(std::move(value));
    };
    std::thread(query, primary_ + "/" + key).detach();
    std::thread(query, backup_ + "/" + key).detach();

    return first.get_future().get();
  }

private:
  std::string primary_;
  std::string backup_;
};
