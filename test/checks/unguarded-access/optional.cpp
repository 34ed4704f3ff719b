// RUN: %check %s
// Guards in std::optional hold their lock.
#include <memory>
#include <mutex>
#include <optional>

class Counter {
public:
  void add() {
    std::lock_guard<std::mutex> guard(mu_);
    ++n_;
  }
  void clear() {
    std::lock_guard<std::mutex> guard(mu_);
    n_ = 0;
  }
  void set(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    n_ = n;
  }
  void emplaced_ok() {
    std::optional<std::lock_guard<std::mutex>> guard;
    guard.emplace(mu_);
    ++n_;
  }
  void inPlace_ok() {
    std::optional<std::unique_lock<std::mutex>> guard(std::in_place, mu_);
    ++n_;
  }
  void onHeap_ok() {
    auto guard = std::make_unique<std::lock_guard<std::mutex>>(mu_);
    ++n_;
  }
  void reset_bad() {
    std::optional<std::lock_guard<std::mutex>> guard;
    guard.emplace(mu_);
    ++n_;
    guard.reset();
    ++n_;
    // CHECK: :[[@LINE-1]]:7: warning: {{.*}}'n_'
  }

private:
  std::mutex mu_;
  int n_ = 0;
};
