// RUN: %check %s -- -std=c++20
// Threads that start in the initialisers of members, before other members.
#include <atomic>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <string>
#include <thread>
#include <vector>

void use(int);
void unseen(void *);

// In the list of initialisers: the order of the declarations counts.
class Worker_bad {
public:
  Worker_bad() : queue_(), thread_(&Worker_bad::run, this) {}
  // CHECK: :[[@LINE-1]]:28: warning: thread starts before 'mu_', which it uses, is initialised
  // CHECK: :[[@LINE+15]]:14: note: 'mu_' is declared here, after the thread, and so initialised after it
  // CHECK: :[[@LINE+7]]:49: note: the thread uses 'mu_' here
  // CHECK: :[[@LINE+14]]:19: note: 'queue_' is declared here, after the thread, and so initialised after it
  // CHECK: :[[@LINE+7]]:13: note: the thread uses 'queue_' here
  // CHECK: :[[@LINE-6]]:28: note: declare the thread as the last member, or start it in the constructor's body
  ~Worker_bad() { thread_.join(); }

private:
  void run() { std::lock_guard<std::mutex> lock(mu_); step(); }
  void step() {
    while (!queue_.empty())
      queue_.pop();
  }
  int before_ = 0;
  std::thread thread_;
  std::mutex mu_;
  std::queue<int> queue_;
};

// By a default member initialiser.
struct Default_bad {
  std::thread thread{[this] {
    // CHECK: :[[@LINE-1]]:21: warning: thread starts before 'stop', which it uses, is initialised
    while (!stop)
      use(1);
  }};
  std::atomic<bool> stop{false};
  ~Default_bad() {
    stop = true;
    thread.join();
  }
};
void make() { Default_bad d; }

// Futures of std::async, smart pointers, jthreads, plain values.
class Future_bad {
  std::future<void> done_;
  std::vector<int> results_;

public:
  Future_bad()
      : done_(std::async(std::launch::async, [this] { results_.push_back(1); })) {}
  // CHECK: :[[@LINE-1]]:15: warning: thread starts before 'results_', which it uses, is initialised
};

class Pointer_bad {
  std::unique_ptr<std::thread> thread_ =
      std::make_unique<std::thread>([this] { use(limit_); });
  // CHECK: :[[@LINE-1]]:7: warning: thread starts before 'limit_', which it uses, is initialised
  int limit_ = 5;

public:
  Pointer_bad() = default;
  ~Pointer_bad() { thread_->join(); }
};
Pointer_bad pointer;

class Jthread_bad {
  std::jthread thread_;
  std::string name_;
  void run(std::stop_token stop) {
    while (!stop.stop_requested())
      use(name_.size());
  }

public:
  Jthread_bad(std::string name)
      : thread_(std::bind_front(&Jthread_bad::run, this)), name_(std::move(name)) {}
  // CHECK: :[[@LINE-1]]:9: warning: thread starts before 'name_', which it uses, is initialised
};

// Through a static function that gets a pointer, and through a parameter.
class Static_bad {
  static void entry(Static_bad *self) { self->loop(); }
  void loop() { use(count_); }
  std::thread thread_;
  std::atomic<int> count_;

public:
  Static_bad() : thread_(entry, this), count_(1) {}
  // CHECK: :[[@LINE-1]]:18: warning: thread starts before 'count_', which it uses, is initialised
  ~Static_bad() { thread_.join(); }
};

// The member itself is handed over.
static void consume(std::queue<int> &q) { q.pop(); }
class Argument_bad {
  std::thread thread_;
  std::queue<int> queue_;

public:
  Argument_bad() : thread_(consume, std::ref(queue_)) {}
  // CHECK: :[[@LINE-1]]:20: warning: thread starts before 'queue_', which it uses, is initialised
  ~Argument_bad() { thread_.join(); }
};

// A template that is instantiated twice is one finding.
template <class T> class Queue_bad {
  std::thread thread_;
  std::vector<T> items_;

public:
  Queue_bad() : thread_([this] { items_.clear(); }) {}
  // CHECK: :[[@LINE-1]]:17: warning: thread starts before 'items_', which it uses, is initialised
  ~Queue_bad() { thread_.join(); }
};
Queue_bad<int> ints;
Queue_bad<char> chars;

// The predicate is asked before the wait.
class Predicate_bad {
  std::mutex mu_;
  std::condition_variable cv_;
  std::thread thread_;
  std::queue<int> queue_;
  void run() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock, [this] { return !queue_.empty(); });
  }

public:
  Predicate_bad() : thread_([this] { run(); }) {}
  // CHECK: :[[@LINE-1]]:21: warning: thread starts before 'queue_', which it uses, is initialised
  ~Predicate_bad() { thread_.join(); }
};

// The thread is the last member, or starts in the body.
class Last_ok {
  std::mutex mu_;
  std::queue<int> queue_;
  std::thread thread_;
  void run() {
    std::lock_guard<std::mutex> lock(mu_);
    queue_.push(1);
  }

public:
  Last_ok() : thread_(&Last_ok::run, this) {}
  ~Last_ok() { thread_.join(); }
};

class Body_ok {
  std::thread thread_;
  std::mutex mu_;
  int limit_ = 5;
  std::string name_;
  void run() {
    std::lock_guard<std::mutex> lock(mu_);
    use(limit_ + name_.size());
  }

public:
  Body_ok(std::string name) : name_(std::move(name)) {
    limit_ = 6;
    thread_ = std::thread(&Body_ok::run, this);
  }
  ~Body_ok() { thread_.join(); }
};

// What comes later is not used, or only after a wait for somebody.
class Unused_ok {
  std::mutex mu_;
  std::condition_variable cv_;
  bool ready_ = false;
  std::thread thread_;
  std::string name_;
  int plain_; // nothing initialises it
  void run() {
    {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock, [this] { return ready_; });
    }
    use(name_.size());
  }
  void idle() { use(plain_); }

public:
  Unused_ok() : thread_([this] { run(); }) {}
  Unused_ok(int) : thread_([this] { idle(); }) {}
  void start() {
    std::lock_guard<std::mutex> lock(mu_);
    ready_ = true;
    cv_.notify_one();
  }
  ~Unused_ok() { thread_.join(); }
};

// Nobody knows what runs, or when.
class Unknown_ok {
  std::thread thread_;
  std::string name_;

public:
  Unknown_ok(std::function<void()> f) : thread_(f) {}
  Unknown_ok(int) : thread_(unseen, this) {}
  ~Unknown_ok() { thread_.join(); }
};

// Another object.
class Other_ok {
  std::thread thread_;
  std::string name_;

public:
  Other_ok() = default;
  explicit Other_ok(Other_ok &other) : thread_([&other] { use(other.name_.size()); }) {}
  ~Other_ok() {
    if (thread_.joinable())
      thread_.join();
  }
};

// A copy of the value.
class Copy_ok {
  int limit_;
  std::thread thread_;
  std::string name_;

public:
  Copy_ok(int limit) : limit_(limit), thread_([n = limit_] { use(n); }) {}
  ~Copy_ok() { thread_.join(); }
};
