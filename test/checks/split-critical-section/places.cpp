// RUN: %check %s
// The answer may be stale, or it may not: both halves in all kinds of places.
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>
int compute(int);
void slow();
class Cache {
  std::mutex mu_;
  std::condition_variable cv_;
  std::map<int, int> map_;
  std::deque<int> q_;
  std::vector<int> seen_;
  bool started_ = false, busy_ = false;
  int *ptr_ = nullptr;
  int count_ = 0, version_ = 0;
  std::vector<int> grows_;

public:
  int compute_outside_ok(int k) {
    {
      std::lock_guard<std::mutex> g(mu_);
      auto it = map_.find(k);
      if (it != map_.end())
        return it->second;
    }
    int v = compute(k);
    std::lock_guard<std::mutex> g(mu_);
    map_[k] = v;
    return v;
  }
  int emplace_ok(int k) {
    {
      std::lock_guard<std::mutex> g(mu_);
      if (map_.count(k))
        return 0;
    }
    int v = compute(k);
    std::lock_guard<std::mutex> g(mu_);
    map_.emplace(k, v);
    return v;
  }
  void wait_ok() {
    {
      std::lock_guard<std::mutex> g(mu_);
      if (q_.empty() && busy_)
        return;
    }
    std::unique_lock<std::mutex> l(mu_);
    cv_.wait(l, [this] { return !q_.empty(); });
    q_.pop_front();
  }
  void erased_ok(int k) {
    {
      std::lock_guard<std::mutex> g(mu_);
      if (!map_.count(k))
        return;
    }
    std::lock_guard<std::mutex> g(mu_);
    if (map_.erase(k))
      slow();
  }
  void find_ok(int k) {
    {
      std::lock_guard<std::mutex> g(mu_);
      if (!map_.count(k))
        return;
    }
    std::lock_guard<std::mutex> g(mu_);
    if (auto it = map_.find(k); it != map_.end())
      map_.erase(it);
  }
  void claim_ok() {
    {
      std::lock_guard<std::mutex> g(mu_);
      if (busy_)
        return;
      busy_ = true;
    }
    slow();
    std::lock_guard<std::mutex> g(mu_);
    busy_ = false;
  }
  void started_ok() {
    {
      std::lock_guard<std::mutex> g(mu_);
      if (started_)
        return;
    }
    std::lock_guard<std::mutex> g(mu_);
    started_ = true;
  }
  void worker_ok() {
    std::unique_lock<std::mutex> l(mu_);
    while (!q_.empty()) {
      int x = q_.front();
      q_.pop_front();
      l.unlock();
      compute(x);
      l.lock();
    }
  }
  void swap_ok() {
    std::deque<int> mine;
    {
      std::lock_guard<std::mutex> g(mu_);
      if (q_.empty())
        return;
      mine.swap(q_);
    }
    for (int x : mine)
      compute(x);
  }
  void other_key_ok(int a, int b) {
    {
      std::lock_guard<std::mutex> g(mu_);
      if (!map_.count(a))
        return;
    }
    std::lock_guard<std::mutex> g(mu_);
    map_.erase(b);
  }
  int grows_ok(unsigned i) {
    {
      std::lock_guard<std::mutex> g(mu_);
      if (i >= grows_.size())
        return 0;
    }
    std::lock_guard<std::mutex> g(mu_);
    return grows_[i];
  }
  void grow(int x) {
    std::lock_guard<std::mutex> g(mu_);
    grows_.push_back(x);
  }
  void version_ok() {
    int v;
    bool has;
    {
      std::lock_guard<std::mutex> g(mu_);
      v = version_;
      has = !q_.empty();
    }
    if (has) {
      std::lock_guard<std::mutex> g(mu_);
      if (v == version_) {
        q_.pop_front();
        ++version_;
      }
    }
  }
  // bad
  void push_bad(int x) {
    bool have = false;
    {
      std::lock_guard<std::mutex> g(mu_);
      for (int s : seen_)
        have = have || s == x;
    }
    if (!have) {
      std::lock_guard<std::mutex> g(mu_);
      seen_.push_back(x);
      // CHECK: :[[@LINE-1]]:7: warning: 'seen_' may have changed since it was tested: lock 'mu_' was released in between
      // CHECK: :[[@LINE-7]]:20: note: tested here
      // CHECK: :[[@LINE-6]]:5: note: lock 'mu_' released here
      // CHECK: :[[@LINE-5]]:35: note: lock 'mu_' acquired again here
      // CHECK: :[[@LINE-5]]:7: note: hold the lock from the test to the act, or test again under the second lock
    }
  }
  bool contains(int k) {
    std::lock_guard<std::mutex> g(mu_);
    return map_.find(k) != map_.end();
  }
  void erase(int k) {
    std::lock_guard<std::mutex> g(mu_);
    map_.erase(k);
  }
  int get(int k) {
    std::lock_guard<std::mutex> g(mu_);
    return map_.at(k);
  }
  void both_bad(int k) {
    if (contains(k))
      erase(k);
      // CHECK: :[[@LINE-1]]:7: warning: 'erase' relies on a test of 'map_', which may have changed since: lock 'mu_' was released in between
      // CHECK: :[[@LINE-3]]:9: note: tested by 'contains' here, which releases the lock when it returns
      // CHECK: :[[@LINE-12]]:33: note: lock 'mu_' acquired again here
      // CHECK: :[[@LINE-4]]:7: note: make one function of both that holds the lock throughout
  }
  void mixed_bad(int k) {
    if (!contains(k))
      return;
    slow();
    std::lock_guard<std::mutex> g(mu_);
    map_.erase(k);
    // CHECK: :[[@LINE-1]]:5: warning: 'map_' may have changed since it was tested: lock 'mu_' was released in between
    // CHECK: :[[@LINE-6]]:10: note: tested by 'contains' here, which releases the lock when it returns
    // CHECK: :[[@LINE-4]]:33: note: lock 'mu_' acquired again here
    // CHECK: :[[@LINE-4]]:5: note: hold the lock from the test to the act, or test again under the second lock
  }
  int get_bad(int k) {
    bool has = contains(k);
    return has ? get(k) : 0;
    // CHECK: :[[@LINE-1]]:18: warning: 'get' relies on a test of 'map_', which may have changed since: lock 'mu_' was released in between
    // CHECK: :[[@LINE-3]]:16: note: tested by 'contains' here, which releases the lock when it returns
    // CHECK: :[[@LINE-27]]:33: note: lock 'mu_' acquired again here
    // CHECK: :[[@LINE-4]]:18: note: make one function of both that holds the lock throughout
  }
  int pointer_bad() {
    {
      std::lock_guard<std::mutex> g(mu_);
      if (!ptr_)
        return 0;
    }
    slow();
    std::lock_guard<std::mutex> g(mu_);
    return *ptr_;
    // CHECK: :[[@LINE-1]]:13: warning: 'ptr_' may have changed since it was tested: lock 'mu_' was released in between
    // CHECK: :[[@LINE-7]]:12: note: tested here
    // CHECK: :[[@LINE-6]]:5: note: lock 'mu_' released here
    // CHECK: :[[@LINE-5]]:33: note: lock 'mu_' acquired again here
    // CHECK: :[[@LINE-5]]:13: note: hold the lock from the test to the act, or test again under the second lock
  }
  void reset() {
    std::lock_guard<std::mutex> g(mu_);
    delete ptr_;
    ptr_ = nullptr;
  }
  void limit_bad(int max) {
    mu_.lock();
    bool room = count_ < max;
    mu_.unlock();
    if (room) {
      mu_.lock();
      ++count_;
      // CHECK: :[[@LINE-1]]:9: warning: 'count_' may have changed since it was tested: lock 'mu_' was released in between
      // CHECK: :[[@LINE-6]]:17: note: tested here
      // CHECK: :[[@LINE-6]]:9: note: lock 'mu_' released here
      // CHECK: :[[@LINE-5]]:11: note: lock 'mu_' acquired again here
      // CHECK: :[[@LINE-5]]:9: note: hold the lock from the test to the act, or test again under the second lock
      mu_.unlock();
    }
  }
  void iterator_bad(int k) {
    std::map<int, int>::iterator it;
    {
      std::lock_guard<std::mutex> g(mu_);
      it = map_.find(k);
      if (it == map_.end())
        return;
    }
    std::lock_guard<std::mutex> g(mu_);
    map_.erase(it);
    // CHECK: :[[@LINE-1]]:5: warning: 'map_' may have changed since it was tested: lock 'mu_' was released in between
    // CHECK: :[[@LINE-7]]:12: note: tested here
    // CHECK: :[[@LINE-5]]:5: note: lock 'mu_' released here
    // CHECK: :[[@LINE-5]]:33: note: lock 'mu_' acquired again here
    // CHECK: :[[@LINE-5]]:5: note: hold the lock from the test to the act, or test again under the second lock
  }
  void loop_bad() {
    std::unique_lock<std::mutex> l(mu_);
    while (!q_.empty()) {
      l.unlock();
      slow();
      l.lock();
      q_.pop_front();
      // CHECK: :[[@LINE-1]]:7: warning: 'q_' may have changed since it was tested: lock 'mu_' was released in between
      // CHECK: :[[@LINE-6]]:13: note: tested here
      // CHECK: :[[@LINE-6]]:9: note: lock 'mu_' released here
      // CHECK: :[[@LINE-5]]:9: note: lock 'mu_' acquired again here
      // CHECK: :[[@LINE-5]]:7: note: hold the lock from the test to the act, or test again under the second lock
    }
  }
};
void local_ok() {
  Cache c;
  if (c.contains(1))
    c.erase(1);
}
void outer_ok(Cache &c) {
  static std::mutex outer;
  std::lock_guard<std::mutex> g(outer);
  if (c.contains(1))
    c.erase(1);
}
struct Account {
  std::mutex mu;
  long balance = 0;
  long get() { std::lock_guard<std::mutex> g(mu); return balance; }
  void withdraw(long n) { std::lock_guard<std::mutex> g(mu); balance -= n; }
};
void pay_bad(Account *from, long n) {
  if (from->get() >= n)
    from->withdraw(n);
    // CHECK: :[[@LINE-1]]:11: warning: 'withdraw' relies on a test of 'from.balance', which may have changed since: lock 'from.mu' was released in between
    // CHECK: :[[@LINE-3]]:13: note: tested by 'get' here, which releases the lock when it returns
    // CHECK: :[[@LINE-7]]:55: note: lock 'from.mu' acquired again here
    // CHECK: :[[@LINE-4]]:11: note: make one function of both that holds the lock throughout
}
class Stack {
  struct Node { int v; Node *next; };
  std::mutex mu_;
  Node *head_ = nullptr;
public:
  bool empty() { std::lock_guard<std::mutex> g(mu_); return head_ == nullptr; }
  int pop() { std::lock_guard<std::mutex> g(mu_); Node *n = head_; head_ = n->next; int v = n->v; delete n; return v; }
};
int stack_bad(Stack &s) { return s.empty() ? 0 : s.pop(); }
// CHECK: :[[@LINE-1]]:52: warning: 'pop' relies on a test of 's.head_', which may have changed since: lock 's.mu_' was released in between
// CHECK: :[[@LINE-2]]:36: note: tested by 'empty' here, which releases the lock when it returns
// CHECK: :[[@LINE-5]]:43: note: lock 's.mu_' acquired again here
// CHECK: :[[@LINE-4]]:52: note: make one function of both that holds the lock throughout
bool logic_bad(Stack &s) { return !s.empty() && s.pop() > 3; }
// CHECK: :[[@LINE-1]]:51: warning: 'pop' relies on a test of 's.head_', which may have changed since: lock 's.mu_' was released in between
// CHECK: :[[@LINE-2]]:38: note: tested by 'empty' here, which releases the lock when it returns
// CHECK: :[[@LINE-10]]:43: note: lock 's.mu_' acquired again here
// CHECK: :[[@LINE-4]]:51: note: make one function of both that holds the lock throughout
// Whoever calls it may hold any lock.
auto FN_lambda = [](Stack &s) { if (!s.empty()) return s.pop(); return 0; };
