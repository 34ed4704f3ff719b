// Title: One malformed line ends the server
// The thread reads prices from a pipe. std::stod throws when a line is no price, nobody
// catches that in the thread, and the whole process ends, not only the feed.
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <thread>

class PriceFeed {
public:
  explicit PriceFeed(const std::string &pipe) {
    reader_ = std::thread([this, pipe] { read(pipe); }); // BAD: exception-escapes-thread
  }

  ~PriceFeed() { reader_.join(); }

  double price(const std::string &symbol) const {
    std::lock_guard lock(mutex_);
    auto found = prices_.find(symbol);
    return found == prices_.end() ? 0 : found->second;
  }

private:
  void read(const std::string &pipe) {
    std::ifstream in(pipe);
    for (std::string symbol, text; in >> symbol >> text;) {
      double price = std::stod(text);
      std::lock_guard lock(mutex_);
      prices_[symbol] = price;
    }
  }

  mutable std::mutex mutex_;
  std::map<std::string, double> prices_;
  std::thread reader_;
};
