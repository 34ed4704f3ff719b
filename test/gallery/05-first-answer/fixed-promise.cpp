// Title: A promise that both threads share
// The promise and the flag are in shared state. The loser may come as late as it likes.
#include "http.h"
#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>

class ReplicatedStore {
public:
  ReplicatedStore(std::string primary, std::string backup)
      : primary_(std::move(primary)), backup_(std::move(backup)) {}

  std::string read(const std::string &key) const {
    struct Race {
      std::promise<std::string> first;
      std::atomic<bool> decided{false};
    };
    auto race = std::make_shared<Race>();
    std::future<std::string> winner = race->first.get_future();

    auto query = [race](const std::string &url) {
      std::string value = http::get(url);
      if (!race->decided.exchange(true))
        race->first.set_value(std::move(value));
    };
    std::thread(query, primary_ + "/" + key).detach();
    std::thread(query, backup_ + "/" + key).detach();

    return winner.get();
  }

private:
  std::string primary_;
  std::string backup_;
};
