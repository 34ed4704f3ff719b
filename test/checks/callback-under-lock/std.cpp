// RUN: %check %s -- -std=c++20
// Stored and received callables, observers, and what is no callback.
#include <algorithm>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

struct Listener {
  virtual ~Listener() = default;
  virtual void onChange(int value) = 0;
  virtual bool wants(int value) = 0;
};

class Subject {
public:
  void set_bad(int v) {
    std::lock_guard<std::mutex> lock(mu_);
    value_ = v;
    callback_(v);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'callback_' runs while lock 'mu_' is held [threadlint-callback-under-lock]
    // CHECK: :[[@LINE-4]]:33: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void notify_all_bad(int v) {
    std::lock_guard<std::mutex> lock(mu_);
    for (auto &f : callbacks_)
      f(v);
      // CHECK: :[[@LINE-1]]:7: warning: callback 'callbacks_' runs while lock 'mu_' is held
      // CHECK: :[[@LINE-4]]:33: note: lock 'mu_' acquired here
      // CHECK: :[[@LINE-3]]:7: note: copy what is to be called while the lock is held, and call it after its release
  }
  void by_name_bad(const std::string &name, int v) {
    std::lock_guard<std::mutex> lock(mu_);
    auto it = by_name_.find(name);
    if (it != by_name_.end())
      it->second(v);
      // CHECK: :[[@LINE-1]]:7: warning: callback 'by_name_' runs while lock 'mu_' is held
      // CHECK: :[[@LINE-5]]:33: note: lock 'mu_' acquired here
      // CHECK: :[[@LINE-3]]:7: note: copy what is to be called while the lock is held, and call it after its release
    for (auto &[key, f] : by_name_)
      f(v);
      // CHECK: :[[@LINE-1]]:7: warning: callback 'by_name_' runs while lock 'mu_' is held
      // CHECK: :[[@LINE-10]]:33: note: lock 'mu_' acquired here
      // CHECK: :[[@LINE-3]]:7: note: copy what is to be called while the lock is held, and call it after its release
  }
  void observers_bad(int v) {
    std::lock_guard<std::mutex> lock(mu_);
    for (Listener *l : listeners_)
      l->onChange(v);
      // CHECK: :[[@LINE-1]]:10: warning: observer 'listeners_' runs while lock 'mu_' is held
      // CHECK: :[[@LINE-4]]:33: note: lock 'mu_' acquired here
      // CHECK: :[[@LINE-3]]:10: note: copy what is to be called while the lock is held, and call it after its release
  }
  void received_bad(const std::function<void(int)> &f) {
    std::lock_guard<std::mutex> lock(mu_);
    f(value_);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'f' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void pointer_bad(void (*cb)(int)) {
    std::lock_guard<std::mutex> lock(mu_);
    cb(value_);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'cb' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void callee_bad(int v) {
    std::lock_guard<std::mutex> lock(mu_);
    fire(v);
    // CHECK: :[[@LINE-1]]:5: warning: call to 'fire' runs callback 'callback_' while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE+82]]:7: note: 'fire' runs it here
    // CHECK: :[[@LINE-4]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void copied_ok(int v) {
    std::vector<std::function<void(int)>> copy;
    {
      std::lock_guard<std::mutex> lock(mu_);
      value_ = v;
      copy = callbacks_;
    }
    for (auto &f : copy)
      f(v);
  }
  void unlocked_ok(int v) {
    std::unique_lock<std::mutex> lock(mu_);
    std::function<void(int)> f = callback_;
    lock.unlock();
    f(v);
    lock.lock();
  }
  void copied_bad(int v) {
    std::lock_guard<std::mutex> lock(mu_);
    auto f = callback_;
    f(v);
    // CHECK: :[[@LINE-1]]:5: warning: callback 'callback_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-4]]:33: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called while the lock is held, and call it after its release
  }
  void stored_ok(std::function<void(int)> f) {
    std::lock_guard<std::mutex> lock(mu_);
    callbacks_.push_back(std::move(f));
  }
  /// Runs \p f with the lock held.
  void documented_ok(const std::function<void(int)> &f) {
    std::lock_guard<std::mutex> guard(mu_);
    f(value_);
  }
  void with_lock_ok(const std::function<void(int)> &f) {
    std::lock_guard<std::mutex> guard(mu_);
    f(value_);
  }
  template <class F> void template_ok(F &&f) {
    std::lock_guard<std::mutex> guard(mu_);
    f(value_);
  }
  void lambda_ok() {
    std::function<void(int)> add = [this](int v) { value_ += v; };
    std::lock_guard<std::mutex> guard(mu_);
    add(1);
  }
  void wait_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock, [this] { return value_ > 0; });
  }
  void sort_ok() {
    std::lock_guard<std::mutex> lock(mu_);
    std::sort(values_.begin(), values_.end(), less_);
    for (size_t i = 1; i < values_.size(); ++i)
      if (less_(values_[i - 1], values_[i]))
        ++value_;
  }
  void made_ok() {
    std::lock_guard<std::mutex> lock(mu_);
    value_ = factory_();
    deleter_(value_);
  }
  bool filter_ok() {
    std::lock_guard<std::mutex> lock(mu_);
    return accept_(value_);
  }
  void strategy_ok() {
    std::lock_guard<std::mutex> lock(mu_);
    hook();
    for (Listener *l : listeners_)
      if (l->wants(value_))
        ++value_;
  }

private:
  virtual void hook() {}
  void fire(int v) {
    if (callback_)
      callback_(v);
  }
  std::mutex mu_;
  std::condition_variable cv_;
  int value_ = 0;
  std::vector<int> values_;
  std::function<void(int)> callback_;
  std::vector<std::function<void(int)>> callbacks_;
  std::map<std::string, std::function<void(int)>> by_name_;
  std::vector<Listener *> listeners_;
  std::function<bool(int, int)> less_;
  std::function<bool(int)> accept_;
  std::function<int()> factory_;
  std::function<void(int)> deleter_;
};
void use(Subject &s) {
  s.template_ok([](int) {});
}
