// RUN: %check %s -- -std=c++20
// The standard library's locks and guards, in one function and through callees.
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

std::mutex g;
std::recursive_mutex rg;
std::timed_mutex tg;
int n;

void twice_bad() {
  g.lock();
  g.lock();
  // CHECK: :[[@LINE-1]]:5: warning: lock 'g' is acquired again while this thread holds it [threadlint-double-lock]
  // CHECK: :[[@LINE-3]]:5: note: lock 'g' acquired here
  // CHECK: :[[@LINE-3]]:5: note: release the lock first, or acquire it only once
  g.unlock();
}

void guard_bad() {
  std::lock_guard<std::mutex> outer(g);
  {
    std::lock_guard<std::mutex> inner(g);
    // CHECK: :[[@LINE-1]]:33: warning: lock 'g' is acquired again while this thread holds it
    // CHECK: :[[@LINE-4]]:31: note: lock 'g' acquired here
    // CHECK: :[[@LINE-3]]:33: note: release the lock first, or acquire it only once
    ++n;
  }
}

void mixed_bad(bool fast) {
  std::unique_lock<std::mutex> lock(g);
  if (fast)
    g.lock();
    // CHECK: :[[@LINE-1]]:7: warning: lock 'g' is acquired again while this thread holds it
    // CHECK: :[[@LINE-4]]:32: note: lock 'g' acquired here
    // CHECK: :[[@LINE-3]]:7: note: release the lock first, or acquire it only once
}

void owned_guard_bad() {
  std::unique_lock<std::mutex> lock(g);
  lock.lock();
  // CHECK: :[[@LINE-1]]:8: warning: lock 'g' is acquired again while this thread holds it
  // CHECK: :[[@LINE-3]]:32: note: lock 'g' acquired here
  // CHECK: :[[@LINE-3]]:8: note: release the lock first, or acquire it only once
}

void deferred_ok() {
  std::unique_lock<std::mutex> lock(g, std::defer_lock);
  lock.lock();
  lock.unlock();
  lock.lock();
}

void together_bad() {
  std::scoped_lock lock(g, tg, g);
  // CHECK: :[[@LINE-1]]:20: warning: lock 'g' is acquired again while this thread holds it
  // CHECK: :[[@LINE-2]]:20: note: lock 'g' acquired here
  // CHECK: :[[@LINE-3]]:20: note: release the lock first, or acquire it only once
}

void together_ok() { std::scoped_lock lock(g, tg); }

void try_ok() {
  std::lock_guard<std::mutex> lock(g);
  if (g.try_lock())
    g.unlock();
}

void after_unlock_ok() {
  g.lock();
  g.unlock();
  g.lock();
  g.unlock();
}

void adopted_ok() {
  g.lock();
  std::lock_guard<std::mutex> lock(g, std::adopt_lock);
  ++n;
}

void recursive_ok() {
  std::lock_guard<std::recursive_mutex> outer(rg);
  std::lock_guard<std::recursive_mutex> inner(rg);
}

struct Queue {
  std::mutex mu_;
  std::vector<int> items_;
  size_t size() {
    std::lock_guard<std::mutex> lock(mu_);
    return items_.size();
  }
  bool empty() { return size() == 0; }
  void push_bad(int i) {
    std::lock_guard<std::mutex> lock(mu_);
    if (empty())
    // CHECK: :[[@LINE-1]]:9: warning: call to 'empty' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-6]]:25: note: 'empty' calls 'size' here
    // CHECK: :[[@LINE-10]]:33: note: 'size' acquires it here
    // CHECK: :[[@LINE-5]]:9: note: release the lock before the call, or call a function that expects it to be held
      items_.push_back(i);
  }
  void push_ok(int i) {
    if (empty())
      return;
    std::lock_guard<std::mutex> lock(mu_);
    items_.push_back(i);
  }
  void merge_ok(Queue &other) {
    std::lock_guard<std::mutex> lock(mu_);
    other.size();
  }
  void drain_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    lock.unlock();
    size();
    lock.lock();
  }
  void recurse_bad(int depth) {
    std::lock_guard<std::mutex> lock(mu_);
    if (depth > 0)
      recurse_bad(depth - 1);
      // CHECK: :[[@LINE-1]]:7: warning: call to 'recurse_bad' acquires lock 'mu_' again while this thread holds it
      // CHECK: :[[@LINE-4]]:33: note: lock 'mu_' acquired here
      // CHECK: :[[@LINE-5]]:33: note: 'recurse_bad' acquires it here
      // CHECK: :[[@LINE-4]]:7: note: release the lock before the call, or call a function that expects it to be held
  }
};

void other_object_ok(Queue &a, Queue &b) {
  std::lock_guard<std::mutex> lock(a.mu_);
  b.size();
}

void parameter_bad(Queue &q) {
  std::lock_guard<std::mutex> lock(q.mu_);
  q.size();
  // CHECK: :[[@LINE-1]]:5: warning: call to 'size' acquires lock 'q.mu_' again while this thread holds it
  // CHECK: :[[@LINE-3]]:31: note: lock 'q.mu_' acquired here
  // CHECK: :[[@LINE-51]]:33: note: 'size' acquires it here
  // CHECK: :[[@LINE-4]]:5: note: release the lock before the call, or call a function that expects it to be held
}

struct Base {
  std::mutex mu_;
  void touch() { std::lock_guard<std::mutex> lock(mu_); }
};
struct Derived : Base {
  void work_bad() {
    std::lock_guard<std::mutex> lock(mu_);
    touch();
    // CHECK: :[[@LINE-1]]:5: warning: call to 'touch' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-8]]:46: note: 'touch' acquires it here
    // CHECK: :[[@LINE-4]]:5: note: release the lock before the call, or call a function that expects it to be held
  }
};

struct Overridden {
  std::mutex mu_;
  virtual ~Overridden() = default;
  virtual void hook() { std::lock_guard<std::mutex> lock(mu_); }
  void work_ok() {
    std::lock_guard<std::mutex> lock(mu_);
    hook(); // which one?
  }
};

struct Static {
  static std::mutex mu;
  static void a() { std::lock_guard<std::mutex> lock(mu); }
  static void b_bad() {
    std::lock_guard<std::mutex> lock(mu);
    a();
    // CHECK: :[[@LINE-1]]:5: warning: call to 'a' acquires lock 'mu' again while this thread holds it
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu' acquired here
    // CHECK: :[[@LINE-6]]:49: note: 'a' acquires it here
    // CHECK: :[[@LINE-4]]:5: note: release the lock before the call, or call a function that expects it to be held
  }
};

void lambda_bad() {
  auto add = [] {
    std::lock_guard<std::mutex> lock(g);
    ++n;
  };
  std::lock_guard<std::mutex> lock(g);
  add();
  // CHECK: :[[@LINE-1]]:3: warning: call to 'lambda' acquires lock 'g' again while this thread holds it
  // CHECK: :[[@LINE-3]]:31: note: lock 'g' acquired here
  // CHECK: :[[@LINE-7]]:33: note: 'lambda' acquires it here
  // CHECK: :[[@LINE-4]]:3: note: release the lock before the call, or call a function that expects it to be held
}

void later_ok(std::vector<std::function<void()>> &tasks) {
  std::lock_guard<std::mutex> lock(g);
  tasks.push_back([] { std::lock_guard<std::mutex> inner(g); });
}

//===--- Readers and writers ---===//

struct Cache {
  std::shared_mutex mu_;
  std::map<int, int> map_;
  int upgrade_bad(int k) {
    std::shared_lock<std::shared_mutex> read(mu_);
    if (map_.count(k))
      return map_[k];
    std::unique_lock<std::shared_mutex> write(mu_);
    // CHECK: :[[@LINE-1]]:41: warning: lock 'mu_' is acquired exclusively while this thread holds it as a reader
    // CHECK: :[[@LINE-5]]:41: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-3]]:41: note: release the lock first and check again what was read, or acquire it exclusively from the start
    return map_[k] = k;
  }
  int upgrade_ok(int k) {
    {
      std::shared_lock<std::shared_mutex> read(mu_);
      if (map_.count(k))
        return map_[k];
    }
    std::unique_lock<std::shared_mutex> write(mu_);
    return map_[k] = k;
  }
  int get(int k) {
    std::shared_lock<std::shared_mutex> read(mu_);
    return map_[k];
  }
  void put_bad(int k) {
    std::unique_lock<std::shared_mutex> write(mu_);
    map_[k] = get(k);
    // CHECK: :[[@LINE-1]]:15: warning: call to 'get' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-8]]:41: note: 'get' acquires it here
    // CHECK: :[[@LINE-4]]:15: note: release the lock before the call, or call a function that expects it to be held
  }
  int sum_bad(int k) {
    std::shared_lock<std::shared_mutex> read(mu_);
    return get(k) + 1;
    // CHECK: :[[@LINE-1]]:12: warning: call to 'get' acquires lock 'mu_' again while this thread holds it
    // CHECK: :[[@LINE-3]]:41: note: lock 'mu_' acquired here
    // CHECK: :[[@LINE-16]]:41: note: 'get' acquires it here
    // CHECK: :[[@LINE-4]]:12: note: release the lock before the call, or call a function that expects it to be held
  }
  void both_ok(Cache &other) {
    std::shared_lock<std::shared_mutex> a(mu_);
    std::shared_lock<std::shared_mutex> b(other.mu_);
  }
};

//===--- Which object? ---===//

struct Shard {
  std::mutex mu;
  int n;
};
struct Sharded {
  std::array<Shard, 8> shards_;
  std::vector<std::unique_ptr<Shard>> more_;
  Shard *current_;

  void all_ok() {
    for (Shard &s : shards_)
      s.mu.lock();
    for (Shard &s : shards_)
      s.mu.unlock();
  }
  void indexed_ok() {
    for (size_t i = 0; i < shards_.size(); ++i)
      shards_[i].mu.lock();
  }
  void two_ok(size_t i, size_t j) {
    std::lock_guard<std::mutex> a(shards_[i].mu);
    std::lock_guard<std::mutex> b(shards_[j].mu);
  }
  void next_ok(size_t i) {
    shards_[i].mu.lock();
    ++i;
    shards_[i].mu.lock();
  }
  void constant_bad() {
    std::lock_guard<std::mutex> a(shards_[1].mu);
    std::lock_guard<std::mutex> b(shards_[2].mu);
    std::lock_guard<std::mutex> c(shards_[1].mu);
    // CHECK: :[[@LINE-1]]:33: warning: lock 'shards_[1].mu' is acquired again while this thread holds it
    // CHECK: :[[@LINE-4]]:33: note: lock 'shards_[1].mu' acquired here
    // CHECK: :[[@LINE-3]]:33: note: release the lock first, or acquire it only once
  }
  void lock_one(size_t i) { shards_[i].mu.lock(); }
  void callee_ok() {
    lock_one(1);
    lock_one(2);
  }
  void moved_ok() {
    current_->mu.lock();
    current_ = more_[1].get();
    current_->mu.lock();
  }
};

struct Node {
  std::mutex mu;
  Node *next;
};
void hand_over_hand_ok(Node *n) {
  n->mu.lock();
  while (n->next) {
    n->next->mu.lock();
    Node *next = n->next;
    n->mu.unlock();
    n = next;
  }
  n->mu.unlock();
}
Node *take();
void fresh_ok() {
  take()->mu.lock();
  take()->mu.lock();
}

//===--- The callee asks first ---===//

struct Asked {
  std::mutex mu_;
  void close(bool locked) {
    if (!locked)
      mu_.lock();
    ++n;
    if (!locked)
      mu_.unlock();
  }
  void work_ok() {
    std::lock_guard<std::mutex> lock(mu_);
    close(true);
  }
  void maybe_ok(bool first) {
    if (first)
      mu_.lock();
    ++n;
    if (!first)
      mu_.lock();
    mu_.unlock();
  }
};
