// RUN: %check %s -- -std=c++20
// Values that the constructor sets after it has started the thread.
#include <atomic>
#include <condition_variable>
#include <latch>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <string>
#include <thread>
#include <vector>

void use(int);

class Assigned_bad {
  std::thread thread_;
  int limit_ = 0;
  void run() { use(limit_); }

public:
  Assigned_bad(int limit) {
    thread_ = std::thread(&Assigned_bad::run, this);
    // CHECK: :[[@LINE-1]]:15: warning: thread starts before 'limit_', which it uses, is set
    // CHECK: :[[@LINE+4]]:5: note: 'limit_' is set here
    // CHECK: :[[@LINE-7]]:20: note: the thread uses 'limit_' here
    // CHECK: :[[@LINE-4]]:15: note: start the thread when everything is set, as the last thing
    use(1);
    limit_ = limit;
  }
  ~Assigned_bad() { thread_.join(); }
};

class Uninitialised_bad {
  int limit_;
  std::thread thread_;

public:
  Uninitialised_bad(int limit) : thread_([this] { use(limit_); }) {
    // CHECK: :[[@LINE-1]]:34: warning: thread starts before 'limit_', which it uses, is set
    this->limit_ = limit;
  }
  ~Uninitialised_bad() { thread_.join(); }
};

class Container_bad {
  std::vector<std::string> names_;
  std::vector<std::thread> threads_;

public:
  Container_bad() {
    for (int i = 0; i < 4; ++i)
      threads_.emplace_back([this] { use(names_.size()); });
    // CHECK: :[[@LINE-1]]:16: warning: thread starts before 'names_', which it uses, is set
    names_.push_back("x");
  }
};

class Posix_bad {
  pthread_t thread_;
  std::string name_;
  static void *entry(void *arg) {
    auto *self = static_cast<Posix_bad *>(arg);
    self->run();
    return nullptr;
  }
  void run() { use(name_.size()); }

public:
  Posix_bad(const std::string &name) {
    pthread_create(&thread_, nullptr, &Posix_bad::entry, this);
    // CHECK: :[[@LINE-1]]:5: warning: thread starts before 'name_', which it uses, is set
    name_ = name;
  }
};

class Helper_bad {
  std::thread thread_;
  int limit_ = 0;
  void start() { thread_ = std::thread([this] { use(limit_); }); }

public:
  Helper_bad(int limit) {
    start();
    // CHECK: :[[@LINE-1]]:5: warning: thread starts before 'limit_', which it uses, is set
    // CHECK: :[[@LINE-6]]:28: note: it is started here
    limit_ = limit;
  }
};

class Create_bad {
public:
  static Create_bad *create(int limit) {
    auto *made = new Create_bad;
    pthread_create(&made->thread_, nullptr, &Create_bad::entry, made);
    // CHECK: :[[@LINE-1]]:5: warning: thread starts before 'limit_', which it uses, is set
    made->limit_ = limit;
    return made;
  }

private:
  static void *entry(void *arg) {
    use(static_cast<Create_bad *>(arg)->limit_);
    return nullptr;
  }
  pthread_t thread_;
  int limit_ = 0;
};

class Init_bad {
  std::thread thread_;
  int limit_ = 0;
  void init() { limit_ = 5; }

public:
  Init_bad() {
    thread_ = std::thread([this] { use(limit_); });
    // CHECK: :[[@LINE-1]]:15: warning: thread starts before 'limit_', which it uses, is set
    // CHECK: :[[@LINE+1]]:5: note: 'limit_' is set here
    init();
  }
};

// Before the thread, under a lock, an atomic, another branch, another member.
class Order_ok {
  std::thread thread_;
  int limit_;

public:
  Order_ok(int limit) {
    limit_ = limit;
    thread_ = std::thread([this] { use(limit_); });
  }
};

class Locked_ok {
  std::mutex mu_;
  std::thread thread_;
  int limit_ = 0;
  void run() {
    std::lock_guard<std::mutex> lock(mu_);
    use(limit_);
  }

public:
  Locked_ok(int limit) {
    std::lock_guard<std::mutex> lock(mu_);
    thread_ = std::thread(&Locked_ok::run, this);
    limit_ = limit;
  }
};

class Atomic_ok {
  std::thread thread_;
  std::atomic<bool> ready_{false};

public:
  Atomic_ok() {
    thread_ = std::thread([this] {
      while (!ready_)
        std::this_thread::yield();
    });
    ready_ = true;
  }
};

class Branch_ok {
  std::thread thread_;
  int limit_ = 0;
  void run() { use(limit_); }

public:
  Branch_ok(bool threaded) {
    if (threaded)
      thread_ = std::thread(&Branch_ok::run, this);
    else
      limit_ = 1;
  }
  Branch_ok(int n) {
    if (n > 1) {
      thread_ = std::thread(&Branch_ok::run, this);
      return;
    }
    limit_ = n;
  }
};

class Member_ok {
  std::thread thread_;
  int limit_ = 0, other_ = 0;

public:
  Member_ok() {
    thread_ = std::thread([this] { use(limit_); });
    other_ = 1;
  }
};

class Gate_ok {
  std::latch ready_{1};
  std::thread thread_;
  int limit_ = 0;

public:
  Gate_ok() {
    thread_ = std::thread([this] {
      ready_.wait();
      use(limit_);
    });
    limit_ = 5;
    ready_.count_down();
  }
};

class Joined_ok {
  int limit_ = 0;

public:
  Joined_ok() {
    std::thread t([this] { use(limit_); });
    t.join();
    limit_ = 5;
  }
};
