// Title: A worker that nobody can stop
// The destructor joins a thread whose loop has no end. The program hangs when it should
// exit.
#include <chrono>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <thread>

class MetricsReporter {
public:
  explicit MetricsReporter(std::string path)
      : path_(std::move(path)), thread_(&MetricsReporter::run, this) {} // BAD: thread-without-exit-path

  ~MetricsReporter() { thread_.join(); }

  void increment(const std::string &name) {
    std::lock_guard lock(mutex_);
    ++counters_[name];
  }

private:
  void run() {
    while (true) {
      std::this_thread::sleep_for(std::chrono::seconds(10));
      report();
    }
  }

  void report() {
    std::map<std::string, long> counters;
    {
      std::lock_guard lock(mutex_);
      counters.swap(counters_);
    }
    std::ofstream out(path_, std::ios::app);
    for (const auto &[name, value] : counters)
      out << name << ' ' << value << '\n';
  }

  std::string path_;
  std::mutex mutex_;
  std::map<std::string, long> counters_;
  std::thread thread_;
};
