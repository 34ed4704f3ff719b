// Title: A few workers, and a short lock at the end
// Eight workers share the list of feeds through an atomic index. Each writes into its own
// place, so they need no lock. The lock is only held for the swap.
#include "http.h"
#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class Headlines {
public:
  explicit Headlines(std::vector<std::string> feeds) : feeds_(std::move(feeds)) {}

  void refresh() {
    std::vector<std::string> fresh(feeds_.size());
    std::atomic<std::size_t> next{0};
    {
      std::vector<std::jthread> workers;
      for (int i = 0; i < 8; ++i) {
        workers.emplace_back([&] {
          for (std::size_t n = next++; n < feeds_.size(); n = next++)
            fresh[n] = download(feeds_[n]);
        });
      }
    } // joins

    std::lock_guard lock(mutex_);
    titles_.swap(fresh);
  }

  std::vector<std::string> titles() const {
    std::lock_guard lock(mutex_);
    return titles_;
  }

private:
  static std::string download(const std::string &feed) {
    std::string xml = http::get(feed);
    auto begin = xml.find("<title>");
    auto end = xml.find("</title>", begin);
    return end == std::string::npos ? std::string() : xml.substr(begin + 7, end - begin - 7);
  }

  const std::vector<std::string> feeds_;
  mutable std::mutex mutex_;
  std::vector<std::string> titles_;
};
