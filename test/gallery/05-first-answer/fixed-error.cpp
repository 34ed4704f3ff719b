// Title: An error or an answer
// A promise is set once on every path.
#include "http.h"
#include <future>
#include <stdexcept>
#include <string>
#include <thread>

void fetch(std::string url, std::promise<std::string> answer) {
  std::string body = http::get(url);
  if (body.empty()) {
    answer.set_exception(std::make_exception_ptr(std::runtime_error("no answer from " + url)));
    return;
  }
  answer.set_value(std::move(body));
}

std::string read(const std::string &url) {
  std::promise<std::string> promise;
  std::future<std::string> answer = promise.get_future();
  std::thread(fetch, url, std::move(promise)).detach();
  return answer.get();
}
