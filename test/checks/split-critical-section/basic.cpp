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
  }
  int front_bad() {
    std::unique_lock<std::mutex> lock(mu_);
    if (jobs_.size() == 0)
      return -1;
    lock.unlock();
    lock.lock();
    return jobs_.front();
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
  return 0;
}
int loop_bad(SafeQueue<int> &q) {
  int sum = 0;
  while (!q.empty())
    sum += q.pop();
  return sum;
}
int try_ok() {
  int x = 0;
  if (!queue.empty())
    queue.try_pop(x);
  return x;
}
