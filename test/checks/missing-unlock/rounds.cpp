// RUN: %check %s
// Loops of which one round forgets the lock.
#include <array>
#include <mutex>
#include <vector>

class Sum {
public:
  void indexed_bad(const int *v, int n) {
    for (int i = 0; i < n; i++) {
      mu_.lock();
      // CHECK: :[[@LINE-1]]:11: warning: lock 'mu_' is not released on every path
      if (v[i] < 0)
        continue;
      sum_ += v[i];
      mu_.unlock();
    }
    // CHECK: :[[@LINE+1]]:3: note: still held where the function ends
  }
  void bySize_bad(const std::vector<int> &v) {
    for (size_t i = 0; i < v.size(); i++) {
      mu_.lock();
      // CHECK: :[[@LINE-1]]:11: warning: lock 'mu_' is not released on every path
      if (v[i] < 0)
        continue;
      sum_ += v[i];
      mu_.unlock();
    }
    // CHECK: :[[@LINE+1]]:3: note: still held where the function ends
  }
  void indexed_ok(const int *v, int n) {
    for (int i = 0; i < n; i++) {
      mu_.lock();
      if (v[i] < 0) {
        mu_.unlock();
        continue;
      }
      sum_ += v[i];
      mu_.unlock();
    }
  }
  // The first round locks, the last one unlocks.
  void acrossRounds_ok(const int *v, int n) {
    bool first = true;
    for (int i = 0; i < n; i++) {
      if (first) {
        mu_.lock();
        first = false;
      }
      sum_ += v[i];
      if (i == n - 1)
        mu_.unlock();
    }
  }
  void byTable_ok(unsigned op) {
    if (locks_[op])
      mu_.lock();
    sum_++;
    if (locks_[op])
      mu_.unlock();
  }
  void bounded_ok(int op) {
    if (op > 3)
      mu_.lock();
    sum_++;
    if (op > 4)
      mu_.unlock();
    else if (op == 4)
      mu_.unlock();
  }

private:
  std::mutex mu_;
  int sum_ = 0;
  std::array<bool, 4> locks_{};
};

class Drain {
public:
  int endless_bad() {
    for (;;) {
      mu_.lock();
      // CHECK: :[[@LINE-1]]:11: warning: lock 'mu_' is not released on every path
      if (items_.empty())
        break;
      sum_ += items_.back();
      items_.pop_back();
      mu_.unlock();
    }
    return 3;
    // CHECK: :[[@LINE-1]]:5: note: still held at this return
  }
  int endless_ok() {
    while (true) {
      mu_.lock();
      if (items_.empty())
        break;
      sum_ += items_.back();
      items_.pop_back();
      mu_.unlock();
    }
    mu_.unlock();
    return 3;
  }

private:
  std::mutex mu_;
  std::vector<int> items_;
  int sum_ = 0;
};

// Waits with the lock until it may go on; done() gives it back.
class Turn {
public:
  void await_ok() {
    for (;;) {
      mu_.lock();
      if (ready_)
        break;
      mu_.unlock();
    }
  }
  void done() { mu_.unlock(); }

private:
  std::mutex mu_;
  bool ready_ = false;
};
class Scoped {
public:
  Scoped() {
    for (;;) {
      mu_.lock();
      if (ready_)
        break;
      mu_.unlock();
    }
  }
  ~Scoped() { mu_.unlock(); }

private:
  std::mutex mu_;
  bool ready_ = false;
};

// Others may unlock it.
extern std::mutex shared;
bool isReady();
void awaitShared_ok() {
  for (;;) {
    shared.lock();
    if (isReady())
      break;
    shared.unlock();
  }
}
