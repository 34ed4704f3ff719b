// Title: The first of two answers
// Two replicas are asked and the faster one wins. The slower one is still busy when the
// function returns, and then locks a mutex that was destroyed.
#include "http.h"
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

struct Replica {
  std::string host;

  std::string read(const std::string &key) const { return http::get(host + "/" + key); }
};

const Replica east{"https://east.example.com"};
const Replica west{"https://west.example.com"};

std::string readFastest(const std::string &key) {
  std::mutex mutex;
  std::condition_variable answered;
  std::optional<std::string> answer;

  auto ask = [&](const Replica &replica) { // BAD: reference-capture-in-task
    std::string value = replica.read(key);
    std::lock_guard lock(mutex);
    if (!answer)
      answer = std::move(value);
    answered.notify_one();
  };
  std::thread(ask, std::cref(east)).detach();
  std::thread(ask, std::cref(west)).detach();

  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return answer.has_value(); });
  return *answer;
}
