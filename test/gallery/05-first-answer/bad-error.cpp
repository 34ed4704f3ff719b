// Title: An error, and then an answer
// When the request fails, the exception is set and the function goes on. The second time
// that the promise is set throws as well, in a thread where nobody handles it.
#include "http.h"
#include <future>
#include <stdexcept>
#include <string>
#include <thread>

void fetch(std::string url, std::promise<std::string> answer) {
  std::string body = http::get(url);
  if (body.empty())
    answer.set_exception(std::make_exception_ptr(std::runtime_error("no answer from " + url)));
  answer.set_value(std::move(body)); // BAD: promise-misuse
}

std::string read(const std::string &url) {
  std::promise<std::string> promise;
  std::future<std::string> answer = promise.get_future();
  std::thread(fetch, url, std::move(promise)).detach();
  return answer.get();
}
