// RUN: %check %s
// A field that one lock guards nearly everywhere, and the access that forgot it.
#include <mutex>
#include <vector>

class Counter {
public:
  void add(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    count_ += n;
  }
  void sub(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    count_ -= n;
  }
  int get_ok() const {
    std::lock_guard<std::mutex> guard(mu_);
    return count_;
  }
  int peek_bad() const {
    return count_;
    // CHECK: :[[@LINE-1]]:12: warning: 'count_' is read without lock 'mu_', which guards it
    // CHECK: :10:5: note: 3 of 4 accesses hold the lock, such as this one
    // CHECK: :[[@LINE-3]]:12: note: hold 'mu_' here, or make 'count_' atomic if each access stands alone
  }

private:
  mutable std::mutex mu_;
  int count_ = 0;
};

class Queue {
public:
  void push(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    items_.push_back(n);
  }
  int pop() {
    std::lock_guard<std::mutex> guard(mu_);
    if (items_.empty())
      return 0;
    int n = items_.back();
    items_.pop_back();
    return n;
  }
  bool empty_bad() const {
    return items_.empty();
    // CHECK: :[[@LINE-1]]:12: warning: 'items_' is read without lock 'mu_'
  }

private:
  mutable std::mutex mu_;
  std::vector<int> items_;
};
