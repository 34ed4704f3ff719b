// RUN: %check %s -- -std=c++20
// Macros, lambdas in lambdas, coroutines, `if constexpr`, goto, noexcept.
#include <coroutine>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#define LOCKED std::lock_guard<std::mutex> guard(mu_)
#define GIVE(x) return x

struct Job {
  struct promise_type {
    Job get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_value(const std::string &) {}
    void unhandled_exception() {}
  };
};

template <bool Locks> class Odd {
  std::mutex mu_;
  std::string name_;
  std::vector<int> numbers_;
  std::map<int, std::pair<int, std::string>> pairs_;
  int fixed_[4] = {};

public:
  const std::string &macro_bad() noexcept {
    LOCKED;
    GIVE(name_);
    // CHECK: :[[@LINE-1]]:5: warning: reference to 'name_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+102]]:14: note: 'name_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:5: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  const std::string &constexpr_bad() {
    if constexpr (Locks) {
      std::lock_guard<std::mutex> guard(mu_);
      return name_;
      // CHECK: :[[@LINE-1]]:14: warning: reference to 'name_' is returned and used without lock 'mu_', which guards it
      // CHECK: :[[@LINE-3]]:35: note: lock 'mu_' acquired here, and released on return
      // CHECK: :[[@LINE+93]]:14: note: 'name_' is changed under the lock here
      // CHECK: :[[@LINE-4]]:14: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
    } else {
      return name_;
    }
  }
  std::span<const int> span_bad() {
    LOCKED;
    return numbers_;
    // CHECK: :[[@LINE-1]]:12: warning: view of 'numbers_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+87]]:5: note: 'numbers_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  std::span<int> pieces_bad() {
    LOCKED;
    return {numbers_.data(), numbers_.size()};
    // CHECK: :[[@LINE-1]]:12: warning: view of 'numbers_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+79]]:5: note: 'numbers_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  const std::string *goto_bad(int key) {
    const std::string *found = nullptr;
    mu_.lock();
    auto it = pairs_.find(key);
    if (it == pairs_.end())
      goto out;
    found = &it->second.second;
  out:
    mu_.unlock();
    return found;
    // CHECK: :[[@LINE-1]]:12: warning: pointer into 'pairs_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-9]]:9: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+65]]:5: note: 'pairs_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  std::string &nested_bad() {
    auto outer = [this]() -> std::string & {
      auto inner = [this]() -> std::string & {
        LOCKED;
        return name_;
        // CHECK: :[[@LINE-1]]:16: warning: reference to 'name_' is returned and used without lock 'mu_', which guards it
        // CHECK: :[[@LINE-3]]:9: note: lock 'mu_' acquired here, and released on return
        // CHECK: :[[@LINE+49]]:14: note: 'name_' is changed under the lock here
        // CHECK: :[[@LINE-4]]:16: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
      };
      return inner();
    };
    return outer();
  }
  std::reference_wrapper<std::string> wrapped_bad() {
    LOCKED;
    return std::ref(name_);
    // CHECK: :[[@LINE-1]]:12: warning: view of 'name_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+37]]:14: note: 'name_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  int *decayed_bad() {
    LOCKED;
    return fixed_;
    // CHECK: :[[@LINE-1]]:12: warning: pointer into 'fixed_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+36]]:5: note: 'fixed_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  auto alias_bad() -> const std::string & {
    LOCKED;
    auto &name = name_;
    return name;
    // CHECK: :[[@LINE-1]]:12: warning: reference to 'name_' is returned and used without lock 'mu_', which guards it
    // CHECK: :[[@LINE-4]]:5: note: lock 'mu_' acquired here, and released on return
    // CHECK: :[[@LINE+20]]:14: note: 'name_' is changed under the lock here
    // CHECK: :[[@LINE-4]]:12: note: return a copy or a 'shared_ptr', or run the caller's code under the lock
  }
  Job coroutine_ok() {
    LOCKED;
    co_return name_;
  }
  auto later_ok() {
    LOCKED;
    return [this] { return name_; };
  }
  const std::string &FN_unlocked_by_hand() {
    // The reference is bound under the lock; where it is used no lock is held.
    mu_.lock();
    const std::string &name = name_;
    mu_.unlock();
    return name;
  }
  std::pair<const std::string *, bool> FN_in_a_pair() {
    LOCKED;
    return {&name_, true};
  }
  void change(std::string name) {
    LOCKED;
    name_ = name;
    numbers_.push_back(1);
    pairs_.erase(1);
    fixed_[0] = 1;
  }
};
template class Odd<true>;
template class Odd<false>;
