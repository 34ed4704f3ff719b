// Title: A stop token, and a wait that it ends
// The loop waits on a condition that knows the stop token, so that a stop does not have
// to wait for the next report. The jthread is the last member and is joined first.
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <thread>

class MetricsReporter {
public:
  explicit MetricsReporter(std::string path)
      : path_(std::move(path)), thread_([this](std::stop_token stop) { run(stop); }) {}

  void increment(const std::string &name) {
    std::lock_guard lock(mutex_);
    ++counters_[name];
  }

private:
  void run(std::stop_token stop) {
    while (!stop.stop_requested()) {
      std::map<std::string, long> counters;
      {
        std::unique_lock lock(mutex_);
        tick_.wait_for(lock, stop, std::chrono::seconds(10), [] { return false; });
        counters.swap(counters_);
      }
      report(counters);
    }
  }

  void report(const std::map<std::string, long> &counters) {
    std::ofstream out(path_, std::ios::app);
    for (const auto &[name, value] : counters)
      out << name << ' ' << value << '\n';
  }

  std::string path_;
  std::mutex mutex_;
  std::condition_variable_any tick_;
  std::map<std::string, long> counters_;
  std::jthread thread_;
};
