// Title: A result that arrives after the time-out
// When the exchange does not answer in time, the function returns and its variables are
// gone. The thread is still there, and writes the late answer into what is there now.
#include "http.h"
#include <chrono>
#include <condition_variable>
#include <cstdlib>
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

std::optional<Quote> fetchQuote(std::string symbol, std::chrono::milliseconds timeout) {
  std::mutex mutex;
  std::condition_variable arrived;
  std::optional<Quote> quote;

  std::thread([&] { // BAD: reference-capture-in-task
    Quote answer = parseQuote(symbol, http::get("https://quotes.example.com/" + symbol));
    std::lock_guard lock(mutex);
    quote = answer;
    arrived.notify_one();
  }).detach();

  std::unique_lock lock(mutex);
  if (!arrived.wait_for(lock, timeout, [&] { return quote.has_value(); }))
    return std::nullopt; // gives up
  return quote;
}
