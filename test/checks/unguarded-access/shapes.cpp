// RUN: %check %s
// Lambdas, templates, bases, statics, macros, `if constexpr`, parameters, elements.
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

#define LOCKED std::lock_guard<std::mutex> locked(mu_)
#define ADD(x, n) ((x) += (n))

template <class T, bool Checks> class Box {
  std::mutex mu_;
  T value_{};
  std::vector<T> values_;
  T fixed_[4] = {};
  std::thread worker_;

public:
  void set(const T &value) {
    LOCKED;
    value_ = value;
    values_.push_back(value);
    fixed_[0] = value;
  }
  void add(const T &value) {
    LOCKED;
    ADD(value_, value);
    values_.push_back(value);
    fixed_[1] = value;
  }
  void clear() {
    LOCKED;
    value_ = T();
    values_.clear();
    fixed_[2] = T();
  }
  void twice() {
    LOCKED;
    value_ = value_ + value_;
    value_ += value_;
    values_.pop_back();
  }
  T get_bad() { return value_; }
  // CHECK: :[[@LINE-1]]:24: warning: 'value_' is read without lock 'mu_', which guards it
  // CHECK: :[[@LINE-24]]:5: note: 9 of 12 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:24: note: hold 'mu_' here, or make 'value_' atomic if each access stands alone
  void macro_bad(const T &value) { ADD(value_, value); }
  // CHECK: :[[@LINE-1]]:36: warning: 'value_' is written without lock 'mu_', which guards it
  // CHECK: :[[@LINE-28]]:5: note: 9 of 12 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:36: note: hold 'mu_' here, or make 'value_' atomic if each access stands alone
  T first_bad() { return values_.front(); }
  // CHECK: :[[@LINE-1]]:26: warning: 'values_' is read without lock 'mu_', which guards it
  // CHECK: :[[@LINE-31]]:5: note: 6 of 8 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:26: note: hold 'mu_' here, or make 'values_' atomic if each access stands alone
  T element_bad(int i) { return fixed_[i]; }
  // CHECK: :[[@LINE-1]]:33: warning: 'fixed_' is read without lock 'mu_', which guards it
  // CHECK: :[[@LINE-34]]:5: note: 3 of 4 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:33: note: hold 'mu_' here, or make 'fixed_' atomic if each access stands alone
  void constexpr_bad() {
    if constexpr (Checks)
      value_ = T();
      // CHECK: :[[@LINE-1]]:7: warning: 'value_' is written without lock 'mu_', which guards it
      // CHECK: :[[@LINE-42]]:5: note: 9 of 12 accesses hold the lock, such as this one
      // CHECK: :[[@LINE-3]]:7: note: hold 'mu_' here, or make 'value_' atomic if each access stands alone
  }
  void nested_bad() {
    auto outer = [this] {
      auto inner = [this] { values_.clear(); };
      // CHECK: :[[@LINE-1]]:29: warning: 'values_' is written without lock 'mu_', which guards it
      // CHECK: :[[@LINE-48]]:5: note: 6 of 8 accesses hold the lock, such as this one
      // CHECK: :[[@LINE-3]]:29: note: hold 'mu_' here, or make 'values_' atomic if each access stands alone
      inner();
    };
    outer();
  }
  void start() {
    worker_ = std::thread([this] {
      auto work = [this] {
        LOCKED;
        values_.clear();
      };
      work();
    });
  }
  void constexpr_ok() {
    if constexpr (Checks) {
      LOCKED;
      value_ = T();
    }
  }
  void nested_ok() {
    LOCKED;
    auto outer = [this] {
      auto inner = [this] { values_.clear(); };
      inner();
    };
    outer();
  }
};
template class Box<int, true>;
template class Box<std::string, true>;

/// The lock in a base.
struct Lockable {
  std::mutex mu_;
  int uses_ = 0;
};
template <class T> class Derived : public Lockable {
  T value_{};

public:
  void set(const T &value) {
    LOCKED;
    value_ = value;
    uses_++;
  }
  T get() {
    LOCKED;
    uses_++;
    return value_;
  }
  void reset() {
    LOCKED;
    this->uses_ = 0;
    this->value_ = T();
  }
  T peek_bad() { return value_; }
  // CHECK: :[[@LINE-1]]:25: warning: 'value_' is read without lock 'mu_', which guards it
  // CHECK: :[[@LINE-15]]:5: note: 3 of 4 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:25: note: hold 'mu_' here, or make 'value_' atomic if each access stands alone
  int uses_bad() { return this->uses_; }
  // CHECK: :[[@LINE-1]]:33: warning: 'uses_' is read without lock 'mu_', which guards it
  // CHECK: :[[@LINE-18]]:5: note: 3 of 4 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:33: note: hold 'mu_' here, or make 'uses_' atomic if each access stands alone
};
template class Derived<int>;
template class Derived<std::string>;

/// Static members.
class Registry {
  static std::mutex mu_;
  static std::map<int, std::string> names_;

public:
  static void add(int id, const std::string &name) {
    LOCKED;
    names_[id] = name;
  }
  static void remove(int id) {
    LOCKED;
    names_.erase(id);
  }
  static bool has(int id) {
    LOCKED;
    return names_.count(id) != 0;
  }
  static bool empty_bad() { return names_.empty(); }
  // CHECK: :[[@LINE-1]]:36: warning: 'names_' is read without lock 'mu_', which guards it
  // CHECK: :[[@LINE-12]]:5: note: 3 of 4 accesses hold the lock, such as this one
  // CHECK: :[[@LINE-3]]:36: note: hold 'mu_' here, or make 'names_' atomic if each access stands alone
};
std::mutex Registry::mu_;
std::map<int, std::string> Registry::names_;

/// Locks and state that come as parameters and elements.
struct Shard {
  std::shared_mutex mu;
  int n = 0;
};
void put(Shard &shard, int n) {
  std::unique_lock<std::shared_mutex> lock(shard.mu);
  shard.n = n;
}
void putAt(std::vector<Shard> &shards, int i, int n) {
  std::unique_lock<std::shared_mutex> lock(shards[i].mu);
  shards[i].n = n;
}
int get(Shard *shard) {
  std::shared_lock<std::shared_mutex> lock(shard->mu);
  return shard->n;
}
int parameter_bad(const Shard &shard) { return shard.n; }
// CHECK: :[[@LINE-1]]:54: warning: 'n' is read without lock 'mu', which guards it
// CHECK: :[[@LINE-12]]:9: note: 3 of 4 accesses hold the lock, such as this one
// CHECK: :[[@LINE-3]]:54: note: hold 'mu' here, or make 'n' atomic if each access stands alone
int fresh_ok() {
  Shard shard;
  shard.n = 1;
  return shard.n;
}
