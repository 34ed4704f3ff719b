// Title: Shared state that both sides own
// The state lives as long as one of the two needs it. A late answer goes into an object
// that nobody reads any more, and the last owner frees it.
#include "http.h"
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

struct Quote {
  std::string symbol;
  double price = 0;
};

Quote parseQuote(const std::string &symbol, const std::string &body) {
  return {symbol, std::strtod(body.c_str(), nullptr)};
}

std::optional<Quote> fetchQuote(const std::string &symbol, std::chrono::milliseconds timeout) {
  struct Pending {
    std::mutex mutex;
    std::condition_variable arrived;
    std::optional<Quote> quote;
  };
  auto pending = std::make_shared<Pending>();

  std::thread([pending, symbol] {
    Quote answer = parseQuote(symbol, http::get("https://quotes.example.com/" + symbol));
    std::lock_guard lock(pending->mutex);
    pending->quote = answer;
    pending->arrived.notify_one();
  }).detach();

  std::unique_lock lock(pending->mutex);
  if (!pending->arrived.wait_for(lock, timeout, [&] { return pending->quote.has_value(); }))
    return std::nullopt;
  return pending->quote;
}
