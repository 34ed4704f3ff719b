// RUN: %check %s -- -std=c++20
// Macros, lambdas, coroutines, `if constexpr`, goto, threads.
#include <coroutine>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#define LOCKED std::lock_guard<std::mutex> guard(mu_)

struct Job {
  struct promise_type {
    Job get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};

class Odd {
  std::mutex mu_;
  std::deque<int> jobs_;
  bool started_ = false;

public:
  bool empty() const noexcept {
    std::lock_guard<std::mutex> guard(const_cast<std::mutex &>(mu_));
    return jobs_.empty();
  }
  void pop() {
    LOCKED;
    jobs_.pop_front();
  }
  void macro_bad() {
    {
      LOCKED;
      if (jobs_.empty())
        return;
    }
    LOCKED;
    jobs_.pop_front();
    // CHECK: :[[@LINE-1]]:5: warning: 'jobs_' may have changed since it was tested: lock 'mu_' was released in between
    // CHECK: :[[@LINE-6]]:11: note: tested here
    // CHECK: :[[@LINE-5]]:5: note: lock 'mu_' released here
    // CHECK: :[[@LINE-5]]:5: note: lock 'mu_' acquired again here
    // CHECK: :[[@LINE-5]]:5: note: hold the lock from the test to the act, or test again under the second lock
  }
  template <bool Yes> void constexpr_bad() {
    if constexpr (Yes)
      if (!empty())
        pop();
        // CHECK: :[[@LINE-1]]:9: warning: 'pop' relies on a test of 'jobs_', which may have changed since: lock 'mu_' was released in between
        // CHECK: :[[@LINE-3]]:12: note: tested by 'empty' here, which releases the lock when it returns
        // CHECK: :[[@LINE-23]]:5: note: lock 'mu_' acquired again here
        // CHECK: :[[@LINE-4]]:9: note: make one function of both that holds the lock throughout
  }
  void goto_bad() {
    mu_.lock();
    bool any = !jobs_.empty();
    mu_.unlock();
    if (!any)
      goto out;
    mu_.lock();
    jobs_.pop_back();
    // CHECK: :[[@LINE-1]]:5: warning: 'jobs_' may have changed since it was tested: lock 'mu_' was released in between
    // CHECK: :[[@LINE-7]]:17: note: tested here
    // CHECK: :[[@LINE-7]]:9: note: lock 'mu_' released here
    // CHECK: :[[@LINE-5]]:9: note: lock 'mu_' acquired again here
    // CHECK: :[[@LINE-5]]:5: note: hold the lock from the test to the act, or test again under the second lock
    mu_.unlock();
  out:
    return;
  }
  Job coroutine_bad() {
    if (!empty())
      pop();
      // CHECK: :[[@LINE-1]]:7: warning: 'pop' relies on a test of 'jobs_', which may have changed since: lock 'mu_' was released in between
      // CHECK: :[[@LINE-3]]:10: note: tested by 'empty' here, which releases the lock when it returns
      // CHECK: :[[@LINE-48]]:5: note: lock 'mu_' acquired again here
      // CHECK: :[[@LINE-4]]:7: note: make one function of both that holds the lock throughout
    co_return;
  }
  void task_bad() {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([this] {
        while (!empty())
          pop();
          // CHECK: :[[@LINE-1]]:11: warning: 'pop' relies on a test of 'jobs_', which may have changed since: lock 'mu_' was released in between
          // CHECK: :[[@LINE-3]]:17: note: tested by 'empty' here, which releases the lock when it returns
          // CHECK: :[[@LINE-60]]:5: note: lock 'mu_' acquired again here
          // CHECK: :[[@LINE-4]]:11: note: make one function of both that holds the lock throughout
      });
    for (std::thread &thread : threads)
      thread.join();
  }
  void FN_started() {
    // Assignments are taken for a cache that is filled.
    {
      LOCKED;
      if (started_)
        return;
    }
    LOCKED;
    started_ = true;
  }
};
template void Odd::constexpr_bad<true>();
template void Odd::constexpr_bad<false>();

// Only one thread takes something out.
namespace {
class Inbox {
  std::mutex mu_;
  std::deque<int> mail_;

  bool empty() {
    LOCKED;
    return mail_.empty();
  }
  int take() {
    LOCKED;
    int m = mail_.front();
    mail_.pop_front();
    return m;
  }
  void run_ok() {
    while (!empty())
      take();
  }

public:
  void post(int m) {
    LOCKED;
    mail_.push_back(m);
  }
  void begin() {
    std::thread reader([this] { run_ok(); });
    reader.join();
  }
};
} // namespace
void use() {
  Inbox inbox;
  inbox.begin();
  inbox.post(1);
}

// A queue for everybody, of which one thread takes.
template <class T> class Mailbox {
  mutable std::mutex mu_;
  std::deque<T> mail_;

public:
  bool empty() const {
    LOCKED;
    return mail_.empty();
  }
  void push(T t) {
    LOCKED;
    mail_.push_back(t);
  }
  T take() {
    LOCKED;
    T t = mail_.front();
    mail_.pop_front();
    return t;
  }
  T takeQuick() { return take(); }
};
class OneReader {
  Mailbox<int> mail_;
  std::thread thread_;
  void run_ok() {
    while (!mail_.empty())
      mail_.take();
  }

public:
  OneReader() : thread_([this] { run_ok(); }) {}
  ~OneReader() {
    thread_.join();
    while (!mail_.empty())
      mail_.take();
  }
  void add(int i) { mail_.push(i); }
  bool idle() const { return mail_.empty(); }
};
class TwoReaders {
  Mailbox<int> mail_;
  std::thread thread_;
  void run_bad() {
    while (!mail_.empty())
      mail_.take();
      // CHECK: :[[@LINE-1]]:13: warning: 'take' relies on a test of 'mail_.mail_', which may have changed since
  }

public:
  TwoReaders() : thread_([this] { run_bad(); }) {}
  ~TwoReaders() { thread_.join(); }
  int cancel() { return mail_.takeQuick(); }
};
class HandsOut {
  Mailbox<int> mail_;
  std::thread thread_;
  void run_bad() {
    while (!mail_.empty())
      mail_.take();
      // CHECK: :[[@LINE-1]]:13: warning: 'take' relies on a test of 'mail_.mail_', which may have changed since
  }

public:
  HandsOut() : thread_([this] { run_bad(); }) {}
  ~HandsOut() { thread_.join(); }
  Mailbox<int> &mail() { return mail_; }
};

// A class of ours that nobody can say of whether it overwrites or builds on what it had.
struct Values {
  int get(int key) const;
  void set(int key, int value);
  void drop(int key);
};
class Settings {
public:
  int get(int key) const {
    std::lock_guard<std::mutex> guard(mu_);
    return values_.get(key);
  }
  void set(int key, int value) {
    std::lock_guard<std::mutex> guard(mu_);
    values_.set(key, value);
  }
  void drop(int key) {
    std::lock_guard<std::mutex> guard(mu_);
    values_.drop(key);
  }

private:
  mutable std::mutex mu_;
  Values values_;
};
void clamp_ok(Settings &settings, int key) {
  if (settings.get(key) < 0)
    settings.set(key, 0);
}
void drop_bad(Settings &settings, int key) {
  if (settings.get(key) < 0)
    settings.drop(key);
  // CHECK: :[[@LINE-1]]:14: warning: 'drop' relies on a test of 'settings.values_'
}

// Everything is taken, whatever it was when somebody asked.
class Batch {
public:
  void add(int n) {
    LOCKED;
    items_.push_back(n);
  }
  size_t size() {
    LOCKED;
    return items_.size();
  }
  std::vector<int> moved() {
    LOCKED;
    return std::move(items_);
  }
  std::vector<int> exchanged() {
    LOCKED;
    return std::exchange(items_, {});
  }
  void swapped() {
    std::vector<int> old;
    LOCKED;
    old.swap(items_);
  }
  int last() {
    LOCKED;
    int n = items_.back();
    items_.pop_back();
    return n;
  }
  void drain_ok() {
    if (size() > 100)
      moved();
    if (size() > 100)
      exchanged();
    if (size() > 100)
      swapped();
  }
  void last_bad() {
    if (size() > 100)
      last();
      // CHECK: :[[@LINE-1]]:7: warning: 'last' relies on a test of 'items_'
  }

private:
  std::mutex mu_;
  std::vector<int> items_;
};

// The key is looked up again, and taken for granted.
class Index {
public:
  void put(int key) {
    LOCKED;
    map_[key] = 1;
  }
  bool has(int key) {
    LOCKED;
    return map_.count(key) != 0;
  }
  void erase_bad(int key) {
    if (!has(key))
      return;
    LOCKED;
    map_.erase(map_.find(key));
    // CHECK: :[[@LINE-1]]:5: warning: 'map_' may have changed since it was tested
  }
  void eraseIterator_bad(int key) {
    if (!has(key))
      return;
    LOCKED;
    auto it = map_.find(key);
    map_.erase(it);
    // CHECK: :[[@LINE-1]]:5: warning: 'map_' may have changed since it was tested
  }
  void eraseOther_ok(int key, int other) {
    if (!has(key))
      return;
    LOCKED;
    auto it = map_.find(other);
    map_.erase(it);
  }
  void eraseFound_ok(int key) {
    if (!has(key))
      return;
    LOCKED;
    auto it = map_.find(key);
    if (it != map_.end())
      map_.erase(it);
  }
  void at_bad(int key) {
    if (!has(key))
      return;
    LOCKED;
    map_.at(key) += 1;
    // CHECK: :[[@LINE-1]]:5: warning: 'map_' may have changed since it was tested
  }

private:
  std::mutex mu_;
  std::map<int, int> map_;
};

// What a device answers says nothing of the pointer to it.
struct Device {
  long (*query)(Device *, int);
};
class Plugin {
public:
  long call(int code) {
    LOCKED;
    return device_->query(device_, code);
  }
  bool loaded() {
    LOCKED;
    return device_ != nullptr;
  }
  void load(Device *device) {
    LOCKED;
    device_ = device;
  }
  void answers_ok() {
    if (call(1) == 2)
      while (call(3))
        call(4);
  }
  void loaded_bad() {
    if (loaded())
      call(1);
      // CHECK: :[[@LINE-1]]:7: warning: 'call' relies on a test of 'device_'
  }

private:
  std::mutex mu_;
  Device *device_ = nullptr;
};

// A list of somebody's own, whose names say nothing.
template <class T> struct List {
  bool isEmpty() const;
  T takeFirst();
  void append(T);
};
class Names {
public:
  void add(int n) {
    LOCKED;
    list_.append(n);
  }
  bool isEmpty() {
    LOCKED;
    return list_.isEmpty();
  }
  int take() {
    LOCKED;
    return list_.takeFirst();
  }
  int next_bad() {
    if (isEmpty())
      return 0;
    return take();
    // CHECK: :[[@LINE-1]]:12: warning: 'take' relies on a test of 'list_'
  }

private:
  std::mutex mu_;
  List<int> list_;
};
