// RUN: %check %s
// Lambdas, templates, bases, statics, macros, `if constexpr`, parameters, elements.
#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <shared_mutex>
#include <string>
#include <vector>

std::shared_mutex global;
int total;

#define READING(mu) std::shared_lock<std::shared_mutex> reading(mu)
#define COUNT(x) ((x)++)

void macro_bad() {
  READING(global);
  COUNT(total);
  // CHECK: :[[@LINE-1]]:3: warning: 'total' is modified while lock 'global' is only held shared
  // CHECK: :[[@LINE-3]]:3: note: lock 'global' acquired as a reader here
  // CHECK: :[[@LINE-3]]:3: note: other readers run at the same time; hold the lock exclusively to modify
}

void macro_ok() {
  READING(global);
  int mine = 0;
  COUNT(mine);
}

void lambda_bad() {
  auto outer = [] {
    auto inner = [] {
      READING(global);
      total = 1;
      // CHECK: :[[@LINE-1]]:7: warning: 'total' is modified while lock 'global' is only held shared
      // CHECK: :[[@LINE-3]]:7: note: lock 'global' acquired as a reader here
      // CHECK: :[[@LINE-3]]:7: note: other readers run at the same time; hold the lock exclusively to modify
    };
    inner();
  };
  outer();
}

void calledLambda_bad() {
  auto add = [] { total++; };
  READING(global);
  add();
  // CHECK: :[[@LINE-1]]:3: warning: call to 'lambda' modifies 'total' while lock 'global' is only held shared
  // CHECK: :[[@LINE-3]]:3: note: lock 'global' acquired as a reader here
  // CHECK: :[[@LINE-5]]:19: note: 'lambda' modifies 'total' here
  // CHECK: :[[@LINE-4]]:3: note: other readers run at the same time; hold the lock exclusively to modify
}

void definedOnly_ok() {
  READING(global);
  auto add = [] { total++; };
  (void)add;
}

void exclusiveInLambda_ok() {
  auto add = [] {
    std::unique_lock<std::shared_mutex> lock(global);
    total++;
  };
  add();
}

struct Shard {
  std::shared_mutex mu;
  std::map<std::string, int> data;
  int n = 0;
};

int parameter_bad(Shard &shard) {
  READING(shard.mu);
  return shard.data["x"];
  // CHECK: :[[@LINE-1]]:16: warning: 'data' is modified while lock 'shard.mu' is only held shared
  // CHECK: :[[@LINE-3]]:3: note: lock 'shard.mu' acquired as a reader here
  // CHECK: :[[@LINE-3]]:16: note: other readers run at the same time; hold the lock exclusively to modify
}

void pointer_bad(Shard *shard) {
  READING(shard->mu);
  shard->n = 1;
  // CHECK: :[[@LINE-1]]:10: warning: 'n' is modified while lock 'shard.mu' is only held shared
  // CHECK: :[[@LINE-3]]:3: note: lock 'shard.mu' acquired as a reader here
  // CHECK: :[[@LINE-3]]:10: note: other readers run at the same time; hold the lock exclusively to modify
}

void element_bad(std::vector<Shard> &shards, int i) {
  READING(shards[i].mu);
  shards[i].n++;
  // CHECK: :[[@LINE-1]]:13: warning: 'n' is modified while lock 'shards[...].mu' is only held shared
  // CHECK: :[[@LINE-3]]:3: note: lock 'shards[...].mu' acquired as a reader here
  // CHECK: :[[@LINE-3]]:13: note: other readers run at the same time; hold the lock exclusively to modify
}

int element_ok(std::vector<Shard> &shards, int i) {
  READING(shards[i].mu);
  int n = shards[i].n;
  return ++n;
}

template <class T, bool Counts> class Box {
  mutable std::shared_mutex mu_;
  static std::shared_mutex shared_;
  static int made_;
  std::map<int, T> data_;
  std::vector<int> numbers_;
  mutable int hits_ = 0;

public:
  T get_bad(int k) {
    READING(mu_);
    return data_[k];
    // CHECK: :[[@LINE-1]]:12: warning: 'data_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:12: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void mutable_bad() const {
    READING(mu_);
    hits_++;
    // CHECK: :[[@LINE-1]]:5: warning: 'hits_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:5: note: other readers run at the same time; hold the lock exclusively to modify
  }
  static void static_bad() {
    READING(shared_);
    ++made_;
    // CHECK: :[[@LINE-1]]:7: warning: 'made_' is modified while lock 'shared_' is only held shared
    // CHECK: :[[@LINE-3]]:5: note: lock 'shared_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:7: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void constexpr_bad() const {
    READING(mu_);
    if constexpr (Counts)
      hits_ += 1;
      // CHECK: :[[@LINE-1]]:7: warning: 'hits_' is modified while lock 'mu_' is only held shared
      // CHECK: :[[@LINE-4]]:5: note: lock 'mu_' acquired as a reader here
      // CHECK: :[[@LINE-3]]:7: note: other readers run at the same time; hold the lock exclusively to modify
  }
  // What an algorithm writes through iterators is not seen.
  void FN_algorithm() {
    READING(mu_);
    std::sort(numbers_.begin(), numbers_.end());
  }
  void swapped_bad(std::vector<int> &numbers) {
    READING(mu_);
    numbers_.swap(numbers);
    // CHECK: :[[@LINE-1]]:5: warning: 'numbers_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:5: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void forEach_bad() {
    READING(mu_);
    std::for_each(numbers_.begin(), numbers_.end(), [this](int) { hits_++; });
    // CHECK: :[[@LINE-1]]:5: warning: call to 'lambda' modifies 'hits_' while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:67: note: 'lambda' modifies 'hits_' here
    // CHECK: :[[@LINE-4]]:5: note: other readers run at the same time; hold the lock exclusively to modify
  }
  T get_ok(int k) const {
    READING(mu_);
    return data_.at(k);
  }
  bool has_ok(int k) {
    READING(mu_);
    return data_.find(k) != data_.end() && *std::min_element(numbers_.begin(), numbers_.end());
  }
  void conditional_ok(int k) {
    if constexpr (Counts) {
      std::unique_lock<std::shared_mutex> lock(mu_);
      data_[k] = T();
    } else {
      READING(mu_);
      data_.at(k);
    }
  }
};
template <class T, bool Counts> std::shared_mutex Box<T, Counts>::shared_;
template <class T, bool Counts> int Box<T, Counts>::made_;
template class Box<int, true>;
template class Box<std::string, true>;
template class Box<int, false>;

struct Base {
  std::shared_mutex mu_;
  int size_ = 0;
  void grow() { size_++; }
};
template <class T> struct Derived : Base {
  T value_{};
  void own_bad() {
    READING(mu_);
    value_ = T();
    // CHECK: :[[@LINE-1]]:5: warning: 'value_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:5: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void inherited_bad() {
    READING(this->mu_);
    this->size_ = 1;
    // CHECK: :[[@LINE-1]]:11: warning: 'size_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:11: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void call_bad() {
    READING(mu_);
    grow();
    // CHECK: :[[@LINE-1]]:5: warning: call to 'grow' modifies 'size_' while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-23]]:17: note: 'grow' modifies 'size_' here
    // CHECK: :[[@LINE-4]]:5: note: other readers run at the same time; hold the lock exclusively to modify
  }
  int inherited_ok() {
    READING(mu_);
    return size_;
  }
};
template struct Derived<int>;
template struct Derived<std::string>;

//===--- Through iterators, pointers, references ---===//

struct Slot {
  std::mutex mu;
  std::atomic<int> hits{0};
  int value = 0;
};
class Indirect {
  std::shared_mutex mu_;
  std::map<int, int> map_;
  std::vector<int> numbers_;
  std::map<int, Slot> slots_;
  std::vector<std::unique_ptr<int>> owned_;
  std::map<int, std::atomic<int>> counts_;
  int array_[4] = {};

public:
  void found_bad(int key) {
    READING(mu_);
    auto it = map_.find(key);
    if (it != map_.end())
      it->second = 3;
      // CHECK: :[[@LINE-1]]:11: warning: 'map_' is modified while lock 'mu_' is only held shared
      // CHECK: :[[@LINE-5]]:5: note: lock 'mu_' acquired as a reader here
      // CHECK: :[[@LINE-3]]:11: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void iterated_bad() {
    READING(mu_);
    for (auto it = numbers_.begin(); it != numbers_.end(); ++it)
      ++*it;
      // CHECK: :[[@LINE-1]]:9: warning: 'numbers_' is modified while lock 'mu_' is only held shared
      // CHECK: :[[@LINE-4]]:5: note: lock 'mu_' acquired as a reader here
      // CHECK: :[[@LINE-3]]:9: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void bound_bad() {
    READING(mu_);
    for (auto &[key, value] : map_)
      value = 0;
      // CHECK: :[[@LINE-1]]:7: warning: 'map_' is modified while lock 'mu_' is only held shared
      // CHECK: :[[@LINE-4]]:5: note: lock 'mu_' acquired as a reader here
      // CHECK: :[[@LINE-3]]:7: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void reference_bad() {
    READING(mu_);
    int &first = numbers_[0];
    first += 1;
    // CHECK: :[[@LINE-1]]:5: warning: 'numbers_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-4]]:5: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:5: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void pointer_bad() {
    READING(mu_);
    int *p = array_;
    p[1] = 2;
    // CHECK: :[[@LINE-1]]:5: warning: 'array_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-4]]:5: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:5: note: other readers run at the same time; hold the lock exclusively to modify
  }
  void element_bad() {
    READING(mu_);
    for (int &x : numbers_)
    // CHECK: :[[@LINE-1]]:19: warning: 'numbers_' is modified while lock 'mu_' is only held shared
    // CHECK: :[[@LINE-3]]:5: note: lock 'mu_' acquired as a reader here
    // CHECK: :[[@LINE-3]]:19: note: other readers run at the same time; hold the lock exclusively to modify
      x = 0;
  }
  void moved_ok(int key) {
    READING(mu_);
    auto it = map_.begin();
    it = map_.find(key);
    ++it;
    auto copy = map_;
    copy.find(key)->second = 1;
    for (auto value : numbers_)
      value = 2;
    int one = numbers_[0];
    one = 3;
  }
  void owned_ok() {
    READING(mu_);
    for (auto &p : owned_)
      *p = 1;
  }
  void own_lock_ok(int key) {
    READING(mu_);
    auto it = slots_.find(key);
    std::lock_guard<std::mutex> inner(it->second.mu);
    it->second.value = 1;
  }
  void atomic_ok(int key) {
    READING(mu_);
    counts_.find(key)->second = 1;
    ++slots_.find(key)->second.hits;
    auto it = counts_.find(key);
    it->second = 2;
    it->second++;
  }
  void exclusive_ok(int key) {
    std::map<int, int>::iterator it;
    {
      READING(mu_);
      it = map_.find(key);
    }
    std::unique_lock<std::shared_mutex> lock(mu_);
    it->second = 1;
  }
  int copied_ok(std::vector<int> &out) {
    READING(mu_);
    std::copy(std::begin(numbers_), std::end(numbers_), std::begin(out));
    return std::accumulate(std::begin(numbers_), std::end(numbers_), 0);
  }
};

// The function has looked for the key: the subscript inserts nothing.
class Listeners {
public:
  int looked_up_ok(int key) {
    std::shared_lock<std::shared_mutex> reading(mu_);
    if (byKey_.find(key) == byKey_.end())
      return -1;
    return byKey_[key];
  }
  int counted_ok(int key) {
    std::shared_lock<std::shared_mutex> reading(mu_);
    return byKey_.count(key) ? byKey_[key] : -1;
  }
  int another_key_bad(int key, int other) {
    std::shared_lock<std::shared_mutex> reading(mu_);
    if (byKey_.find(other) == byKey_.end())
      return -1;
    return byKey_[key];
    // CHECK: :[[@LINE-1]]:12: warning: 'byKey_' is modified while lock 'mu_' is only held shared
  }
  void written_bad(int key) {
    std::shared_lock<std::shared_mutex> reading(mu_);
    if (byKey_.count(key))
      byKey_[key] = 1;
    // CHECK: :[[@LINE-1]]:7: warning: 'byKey_' is modified while lock 'mu_' is only held shared
  }

private:
  std::shared_mutex mu_;
  std::map<int, int> byKey_;
};

// What a member owns belongs to the object.
class Owner {
public:
  void pointee_bad() {
    std::shared_lock<std::shared_mutex> reading(mu_);
    state_->count = 4;
    // CHECK: :[[@LINE-1]]:13: warning: 'state_' is modified while lock 'mu_' is only held shared
  }
  int read_ok() {
    std::shared_lock<std::shared_mutex> reading(mu_);
    return state_->count;
  }
  void elsewhere_ok() {
    std::shared_lock<std::shared_mutex> reading(mu_);
    shared_->count = 4; // others have it as well
    raw_->count = 5;
  }

private:
  struct State {
    int count = 0;
  };
  std::shared_mutex mu_;
  std::unique_ptr<State> state_;
  std::shared_ptr<State> shared_;
  State *raw_ = nullptr;
};

// One lock for the whole program, and objects of which each may be one thread's.
std::shared_mutex configLock;
std::map<int, int> config;
std::string output; // somebody else's lock guards it
void print_ok(int key) {
  std::shared_lock<std::shared_mutex> reading(configLock);
  output += config.count(key) ? "yes" : "no";
}
void clear_ok() { output.clear(); }
void hello_ok() { output = "hello"; }
class Backend {
public:
  int lookup_ok(int key) {
    std::shared_lock<std::shared_mutex> reading(configLock);
    result_ = config.count(key);
    return ++lookups_;
  }
  void out_ok(int key, int *result) {
    std::shared_lock<std::shared_mutex> reading(configLock);
    *result = config.count(key);
  }
  void config_bad(int key) {
    std::shared_lock<std::shared_mutex> reading(configLock);
    config[key] = 1;
    // CHECK: :[[@LINE-1]]:5: warning: 'config' is modified while lock 'configLock' is only held shared
  }
  void guarded_bad() {
    std::shared_lock<std::shared_mutex> reading(configLock);
    ++changes_;
    // CHECK: :[[@LINE-1]]:7: warning: 'changes_' is modified while lock 'configLock' is only held shared
  }
  void guarded_ok() {
    std::unique_lock<std::shared_mutex> writing(configLock);
    ++changes_;
  }

private:
  int result_ = 0, lookups_ = 0, changes_ = 0;
};
