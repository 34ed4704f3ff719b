// RUN: %check %s
// Who calls a helper decides what is held in it.
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

/// Private helpers that every caller calls under the lock.
class Private {
public:
  void add(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    change(n);
    trim();
  }
  void sub(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    change(-n);
  }
  int get_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    return total_;
  }

private:
  void change(int n) { total_ += n; }
  void trim() { cut_ok(); }
  void cut_ok() {
    if (total_ > 100)
      total_ = 100;
  }
  std::mutex mu_;
  int total_ = 0;
};

/// One caller forgot.
class Forgot {
public:
  void add(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    change(n);
  }
  void sub(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    change(-n);
  }
  int get_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    return total_;
  }
  int twice_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    return 2 * total_;
  }
  void reset_bad() {
    change(0);
    // CHECK: :[[@LINE-1]]:5: warning: 'change' is called without lock 'mu_', but writes 'total_', which the lock guards
    // CHECK: :[[@LINE+5]]:24: note: 'total_' is written here
    // CHECK: :[[@LINE-3]]:5: note: hold 'mu_' here
  }

private:
  void change(int n) { total_ += n; }
  std::mutex mu_;
  int total_ = 0;
};

/// The names say that the caller locks.
class Named {
public:
  void add(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    addLocked(n);
  }
  void set(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    total_ = n;
  }
  int get() {
    std::lock_guard<std::mutex> guard(mu_);
    return total_;
  }
  int twice() {
    std::lock_guard<std::mutex> guard(mu_);
    return 2 * total_;
  }
  void addLocked(int n) { total_ += n; }
  int get_unlocked_ok() { return total_; }
  int peek_ok(std::unique_lock<std::mutex> &) { return total_; }

private:
  std::mutex mu_;
  int total_ = 0;
};

/// Lambdas: run here, or later.
class Lambdas {
public:
  void add(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    total_ += n;
  }
  void wait_ok() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock, [this] { return total_ > 0; });
  }
  void local_ok() {
    std::lock_guard<std::mutex> guard(mu_);
    auto change = [this] { total_ = 0; };
    change();
  }
  void set(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    total_ = n;
  }
  std::function<int()> later_ok() {
    return [this] { return total_; }; // nobody knows who calls it
  }
  void run() {
    worker_ = std::thread([this] {
      total_ = 5;
      // CHECK: :[[@LINE-1]]:7: warning: 'total_' is written without lock 'mu_'
    });
  }

private:
  std::mutex mu_;
  std::condition_variable cv_;
  std::thread worker_;
  int total_ = 0;
};

/// Before the first thread starts, and after it was joined.
class Lifetime {
public:
  Lifetime() { total_ = 1; }
  ~Lifetime() { total_ = 0; }
  void start_ok() {
    total_ = 7;
    worker_ = std::thread([this] { work(); });
  }
  void stop_ok() {
    worker_.join();
    total_ = 0;
  }
  void init_ok() { total_ = 3; }

private:
  void work() {
    for (int i = 0; i < 10; ++i) {
      std::lock_guard<std::mutex> guard(mu_);
      ++total_;
    }
    std::lock_guard<std::mutex> guard(mu_);
    total_ = total_ * 2;
    last();
  }
  void last() { --total_; }
  std::mutex mu_;
  std::thread worker_;
  int total_ = 0;
};

/// The other object's lock.
class Copied {
public:
  Copied() = default;
  Copied(const Copied &other) : value_(other.value_) {
    // CHECK: :[[@LINE-1]]:46: warning: 'value_' is read without lock 'mu_'
  }
  Copied &operator=(const Copied &other) {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = other.value_;
    // CHECK: :[[@LINE-1]]:20: warning: 'value_' is read without lock 'mu_'
    return *this;
  }
  void a() {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = 1;
  }
  void b() {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = 2;
  }
  void c() {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = 3;
  }
  void d() {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = 4;
  }
  void e() {
    std::lock_guard<std::mutex> guard(mu_);
    value_ = 5;
  }

private:
  mutable std::mutex mu_;
  int value_ = 0;
};

/// The thread that is the only one to write need not lock to read.
class Writer {
public:
  Writer() : worker_([this] { run(); }) {}
  ~Writer() { worker_.join(); }
  int get() {
    std::lock_guard<std::mutex> guard(mu_);
    return total_;
  }

private:
  void run() {
    while (total_ < 10) { // OK
      std::lock_guard<std::mutex> guard(mu_);
      ++total_;
    }
    store(1);
  }
  void store(int n) {
    std::lock_guard<std::mutex> guard(mu_);
    total_ = n;
  }
  std::mutex mu_;
  int total_ = 0;
  std::thread worker_;
};

/// Asked again under the lock.
class Twice {
public:
  int *get_ok() {
    if (!p_) {
      std::lock_guard<std::mutex> guard(mu_);
      if (!p_)
        p_ = new int(1);
    }
    return nullptr;
  }
  void set(int *p) {
    std::lock_guard<std::mutex> guard(mu_);
    p_ = p;
  }

private:
  std::mutex mu_;
  int *p_ = nullptr;
};
