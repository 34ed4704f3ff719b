// Title: Fan out without a limit, fan in under the lock
// There is one thread for each feed. The collector then holds the lock while it waits
// for the slowest feed, so nobody can read the headlines that are there already.
#include "http.h"
#include <future>
#include <mutex>
#include <string>
#include <vector>

class Headlines {
public:
  explicit Headlines(std::vector<std::string> feeds) : feeds_(std::move(feeds)) {}

  void refresh() {
    std::vector<std::future<std::string>> downloads;
    for (const std::string &feed : feeds_)
      downloads.push_back(std::async(std::launch::async, [&feed] { return firstTitle(http::get(feed)); })); // BAD: unbounded-thread-spawn

    std::lock_guard lock(mutex_);
    titles_.clear();
    for (auto &download : downloads)
      titles_.push_back(download.get()); // BAD: slow-call-under-lock
  }

  std::vector<std::string> titles() const {
    std::lock_guard lock(mutex_);
    return titles_;
  }

private:
  static std::string firstTitle(const std::string &xml) {
    auto begin = xml.find("<title>");
    auto end = xml.find("</title>", begin);
    return end == std::string::npos ? std::string() : xml.substr(begin + 7, end - begin - 7);
  }

  const std::vector<std::string> feeds_;
  mutable std::mutex mutex_;
  std::vector<std::string> titles_;
};
