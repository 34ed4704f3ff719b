// Title: The thread owns the promise
// The promise moves into the thread. Its shared state is kept alive by both sides, so
// the function may give up at any time.
#include "http.h"
#include <chrono>
#include <future>
#include <optional>
#include <string>
#include <thread>

class ExchangeClient {
public:
  explicit ExchangeClient(std::string host) : host_(std::move(host)) {}

  std::optional<double> price(const std::string &symbol) const {
    std::promise<double> promise;
    std::future<double> answer = promise.get_future();
    std::thread worker([promise = std::move(promise), url = host_ + "/price/" + symbol]() mutable {
      try {
        promise.set_value(std::stod(http::get(url)));
      } catch (...) {
        promise.set_exception(std::current_exception());
      }
    });
    worker.detach();

    if (answer.wait_for(std::chrono::seconds(2)) == std::future_status::timeout)
      return std::nullopt;
    return answer.get();
  }

private:
  std::string host_;
};
