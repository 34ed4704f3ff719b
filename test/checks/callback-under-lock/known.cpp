// RUN: %check %s -- -std=c++17
// Callables that are no unknown code: written by a function on the way, or a log's.
#include <functional>
#include <mutex>

class Client {
public:
  void send_ok(int n) {
    std::lock_guard<std::mutex> lock(mu_);
    connect(n);
  }

  void setLogHandler(std::function<void(int)> f) { log_handler_ = std::move(f); }
  void logged_ok(int n) {
    std::lock_guard<std::mutex> lock(mu_);
    logLine(n);
  }

  void passedOn_bad(int n, std::function<void(int)> done) {
    std::lock_guard<std::mutex> lock(mu_);
    process(n, done);
    // CHECK: :[[@LINE-1]]:5: warning: call to 'process' runs callback 'callback' while lock 'mu_' is held
  }

private:
  void connect(int n) {
    process(n, [this](int m) { last_ = m; });
  }
  void process(int n, std::function<void(int)> callback) { callback(n); }
  void logLine(int n) {
    if (log_handler_)
      log_handler_(n);
  }

  std::mutex mu_;
  int last_ = 0;
  std::function<void(int)> log_handler_;
};
