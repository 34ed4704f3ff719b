// RUN: %check %s
// A test and its act in two critical sections of one function.
#include <deque>
#include <map>
#include <mutex>
#include <queue>
#include <string>
#include <vector>

class Jobs {
  std::mutex mu_;
  std::deque<int> jobs_;
  std::map<std::string, int> index_;
  std::vector<int> list_;
  long balance_ = 0;

public:
  void scopes_bad() {
    bool empty;
    {
      std::lock_guard<std::mutex> guard(mu_);
      empty = jobs_.empty();
    }
    if (!empty) {
      std::lock_guard<std::mutex> guard(mu_);
      jobs_.pop_front();
      // CHECK: :[[@LINE-1]]:7: warning: 'jobs_' may have changed since it was tested: lock 'mu_' was released in between
      // CHECK: :[[@LINE-6]]:15: note: tested here
      // CHECK: :[[@LINE-6]]:5: note: lock 'mu_' released here
      // CHECK: :[[@LINE-5]]:35: note: lock 'mu_' acquired again here
      // CHECK: :[[@LINE-5]]:7: note: hold the lock from the test to the act, or test again under the second lock
    }
  }
  void early_bad() {
    {
      std::lock_guard<std::mutex> guard(mu_);
      if (jobs_.empty())
        return;
    }
    std::lock_guard<std::mutex> guard(mu_);
    jobs_.pop_front();
    // CHECK: :[[@LINE-1]]:5: warning: 'jobs_' may have changed since it was tested: lock 'mu_' was released in between
    // CHECK: :[[@LINE-6]]:11: note: tested here
    // CHECK: :[[@LINE-5]]:5: note: lock 'mu_' released here
    // CHECK: :[[@LINE-5]]:33: note: lock 'mu_' acquired again here
    // CHECK: :[[@LINE-5]]:5: note: hold the lock from the test to the act, or test again under the second lock
  }
  int front_bad() {
    std::unique_lock<std::mutex> lock(mu_);
    if (jobs_.size() == 0)
      return -1;
    lock.unlock();
    lock.lock();
    return jobs_.front();
    // CHECK: :[[@LINE-1]]:12: warning: 'jobs_' may have changed since it was tested: lock 'mu_' was released in between
    // CHECK: :[[@LINE-6]]:9: note: tested here
    // CHECK: :[[@LINE-5]]:10: note: lock 'mu_' released here
    // CHECK: :[[@LINE-5]]:10: note: lock 'mu_' acquired again here
    // CHECK: :[[@LINE-5]]:12: note: hold the lock from the test to the act, or test again under the second lock
  }
  void erase_bad(const std::string &key) {
    {
      std::lock_guard<std::mutex> guard(mu_);
      if (index_.count(key) == 0)
        return;
    }
    {
      std::lock_guard<std::mutex> guard(mu_);
      index_.erase(key);
      // CHECK: :[[@LINE-1]]:7: warning: 'index_' may have changed since it was tested: lock 'mu_' was released in between
      // CHECK: :[[@LINE-7]]:11: note: tested here
      // CHECK: :[[@LINE-6]]:5: note: lock 'mu_' released here
      // CHECK: :[[@LINE-5]]:35: note: lock 'mu_' acquired again here
      // CHECK: :[[@LINE-5]]:7: note: hold the lock from the test to the act, or test again under the second lock
    }
  }
  void withdraw_bad(long amount) {
    bool enough;
    {
      std::lock_guard<std::mutex> guard(mu_);
      enough = balance_ >= amount;
    }
    if (enough) {
      std::lock_guard<std::mutex> guard(mu_);
      balance_ -= amount;
      // CHECK: :[[@LINE-1]]:7: warning: 'balance_' may have changed since it was tested: lock 'mu_' was released in between
      // CHECK: :[[@LINE-6]]:16: note: tested here
      // CHECK: :[[@LINE-6]]:5: note: lock 'mu_' released here
      // CHECK: :[[@LINE-5]]:35: note: lock 'mu_' acquired again here
      // CHECK: :[[@LINE-5]]:7: note: hold the lock from the test to the act, or test again under the second lock
    }
  }
  void again_ok() {
    bool empty;
    {
      std::lock_guard<std::mutex> guard(mu_);
      empty = jobs_.empty();
    }
    if (!empty) {
      std::lock_guard<std::mutex> guard(mu_);
      if (!jobs_.empty())
        jobs_.pop_front();
    }
  }
  void push(int job) {
    std::lock_guard<std::mutex> guard(mu_);
    jobs_.push_back(job);
  }
};

template <class T> class SafeQueue {
  mutable std::mutex mu_;
  std::queue<T> q_;

public:
  bool empty() const {
    std::lock_guard<std::mutex> guard(mu_);
    return q_.empty();
  }
  T pop() {
    std::lock_guard<std::mutex> guard(mu_);
    T x = q_.front();
    q_.pop();
    return x;
  }
  bool try_pop(T &x) {
    std::lock_guard<std::mutex> guard(mu_);
    if (q_.empty())
      return false;
    x = q_.front();
    q_.pop();
    return true;
  }
};

SafeQueue<int> queue;
int calls_bad() {
  if (!queue.empty())
    return queue.pop();
    // CHECK: :[[@LINE-1]]:18: warning: 'pop' relies on a test of 'queue.q_', which may have changed since: lock 'queue.mu_' was released in between
    // CHECK: :[[@LINE-3]]:14: note: tested by 'empty' here, which releases the lock when it returns
    // CHECK: :[[@LINE-21]]:33: note: lock 'queue.mu_' acquired again here
    // CHECK: :[[@LINE-4]]:18: note: make one function of both that holds the lock throughout
  return 0;
}
int loop_bad(SafeQueue<int> &q) {
  int sum = 0;
  while (!q.empty())
    sum += q.pop();
    // CHECK: :[[@LINE-1]]:14: warning: 'pop' relies on a test of 'q.q_', which may have changed since: lock 'q.mu_' was released in between
    // CHECK: :[[@LINE-3]]:13: note: tested by 'empty' here, which releases the lock when it returns
    // CHECK: :[[@LINE-31]]:33: note: lock 'q.mu_' acquired again here
    // CHECK: :[[@LINE-4]]:14: note: make one function of both that holds the lock throughout
  return sum;
}
int try_ok() {
  int x = 0;
  if (!queue.empty())
    queue.try_pop(x);
  return x;
}
