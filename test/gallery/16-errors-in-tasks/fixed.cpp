// Title: A bad line costs one line
// The exception is caught where the thread can go on: the line is reported and skipped,
// and the next one is read.
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <thread>

class PriceFeed {
public:
  explicit PriceFeed(const std::string &pipe) {
    reader_ = std::thread([this, pipe] { read(pipe); });
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
      try {
        double price = std::stod(text);
        std::lock_guard lock(mutex_);
        prices_[symbol] = price;
      } catch (const std::exception &error) {
        std::cerr << pipe << ": " << symbol << ' ' << text << ": " << error.what() << '\n';
      }
    }
  }

  mutable std::mutex mutex_;
  std::map<std::string, double> prices_;
  std::thread reader_;
};
