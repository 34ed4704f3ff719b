// RUN: %check %s
// Objects that run a callable at their end, and callables that come by a local
// variable.
#include <algorithm>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

struct Finally {
  std::function<void()> f;
  ~Finally() { f(); }
};
class Deferred {
public:
  explicit Deferred(std::function<void()> f) : f_(std::move(f)) {}
  ~Deferred() {
    if (f_)
      f_();
  }

private:
  std::function<void()> f_;
};
void unlockIt();

class Counter {
public:
  int lambda_ok(int x) {
    mu_.lock();
    Finally fin{[this] { mu_.unlock(); }};
    if (x)
      return 1;
    return ++n_;
  }
  void constructed_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    Deferred fin([this] { ++n_; });
  }
  void named_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    auto count = [this] { ++n_; };
    Deferred fin(count);
    Deferred other(unlockIt);
  }
  int member_bad(int x) {
    std::lock_guard<std::mutex> guard(mu_);
    Finally fin{onDone_};
    if (x)
      return 1;
    return 2; // the same object at both exits: one report
    // CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to '~Finally' runs callback 'f' while lock 'mu_' is held
    // CHECK: note: lock 'mu_' acquired here
    // CHECK: note: '~Finally' runs it here
    // CHECK: note: copy what is to be called
  }
  void swapped_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    std::function<void()> f;
    f.swap(onDone_);
    f();
    // CHECK: :[[@LINE-1]]:5: warning: callback 'onDone_' runs while lock 'mu_' is held
    // CHECK: :[[@LINE-5]]:33: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:5: note: copy what is to be called
  }
  void swappedAll_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    std::vector<std::function<void()>> all;
    std::swap(all, subs_);
    for (auto &s : all)
      s();
      // CHECK: :[[@LINE-1]]:7: warning: callback 'subs_' runs while lock 'mu_' is held
      // CHECK: :[[@LINE-6]]:33: note: lock 'mu_' acquired here
      // CHECK: :[[@LINE-3]]:7: note: copy what is to be called
  }
  void swappedAll_ok() {
    std::vector<std::function<void()>> all;
    {
      std::lock_guard<std::mutex> guard(mu_);
      all.swap(subs_);
    }
    for (auto &s : all)
      s();
  }
  void swappedWithOwn_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    std::function<void()> mine = [this] { ++n_; };
    std::function<void()> f;
    f.swap(mine);
    f();
  }
  void invoked_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    if (opt_)
      std::invoke(*opt_);
      // CHECK: :[[@LINE-1]]:7: warning: callback 'opt_' runs while lock 'mu_' is held
      // CHECK: :[[@LINE-4]]:33: note: lock 'mu_' acquired here
      // CHECK: :[[@LINE-3]]:7: note: copy what is to be called
  }
  void generic_bad() {
    std::lock_guard<std::mutex> guard(mu_);
    std::for_each(subs_.begin(), subs_.end(), [](auto &s) { s(); });
    // CHECK: :[[@LINE-1]]:5: warning: call to 'lambda' runs callback 's' while lock 'mu_' is held
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:61: note: 'lambda' runs it here
    // CHECK: :[[@LINE-4]]:5: note: copy what is to be called
  }
  void generic_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    std::for_each(subs_.begin(), subs_.end(), [this](auto &s) { n_ += s ? 1 : 0; });
  }

private:
  std::mutex mu_;
  int n_ = 0;
  std::function<void()> onDone_;
  std::vector<std::function<void()>> subs_;
  std::optional<std::function<void()>> opt_;
};
