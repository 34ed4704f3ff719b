// RUN: %check %s -- -std=c++17
// Readers that write, directly and through members that they call.
#include <atomic>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

class Cache {
public:
  std::string get_bad(int k) {
    std::shared_lock<std::shared_mutex> lock(mu_);
    ++hits_;
    // CHECK: :[[@LINE-1]]:7: warning: 'hits_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:7: note: other readers run at the same time; hold the lock exclusively to modify
    return data_[k];
    // CHECK: :[[@LINE-1]]:12: warning: 'data_' is modified while lock 'mu_' is only held shared
  }
  std::string get_ok(int k) {
    std::shared_lock<std::shared_mutex> lock(mu_);
    ++total_;
    int local = 0;
    ++local;
    auto it = data_.find(k);
    return it == data_.end() ? std::string() : it->second;
  }
  void set_ok(int k, std::string v) {
    std::unique_lock<std::shared_mutex> lock(mu_);
    ++hits_;
    data_[k] = v;
    touch(k);
  }
  void through_bad(int k) {
    std::shared_lock<std::shared_mutex> lock(mu_);
    touch(k);
    // CHECK: :[[@LINE-1]]:5: warning: call to 'touch' modifies 'last_' while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE+16]]:23: note: 'touch' modifies 'last_' here
    // CHECK: :[[@LINE-4]]:5: note: other readers run
  }
  void remember_ok(int k) {
    std::shared_lock<std::shared_mutex> lock(mu_);
    std::lock_guard<std::mutex> guard(cache_mu_);
    last_ = k;
  }
  void upgrade_ok(int k) {
    std::shared_lock<std::shared_mutex> lock(mu_);
    lock.unlock();
    std::unique_lock<std::shared_mutex> exclusive(mu_);
    last_ = k;
  }

private:
  void touch(int k) { last_ = k; }
  std::shared_mutex mu_;
  std::mutex cache_mu_;
  std::map<int, std::string> data_;
  int hits_ = 0;
  int last_ = 0;
  std::atomic<int> total_{0};
};

// Elements that a loop changes.
struct Sample {
  int value;
  std::mutex own;
};

class Samples {
public:
  void clear_bad() {
    std::shared_lock lock(mu_);
    for (int &n : numbers_)
      // CHECK: :[[@LINE-1]]:19: warning: 'numbers_' is modified while lock 'mu_' is only held shared
      n = 0;
  }
  void pointees_ok() {
    std::shared_lock lock(mu_);
    for (Sample *s : samples_)
      s->value = 0;
  }
  void ownLocks_ok() {
    std::shared_lock lock(mu_);
    for (Sample &s : values_) {
      std::lock_guard guard(s.own);
      s.value = 0;
    }
  }
  int sum_ok() {
    std::shared_lock lock(mu_);
    int sum = 0;
    for (int &n : numbers_)
      sum += n;
    return sum;
  }

private:
  std::shared_mutex mu_;
  std::vector<int> numbers_;
  std::vector<Sample *> samples_;
  Sample values_[3];
};
