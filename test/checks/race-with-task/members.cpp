// RUN: %check %s -- -std=c++20
// State that is reached through `this`, in the function that starts the task.
#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

void use(int);
int compute(int);

class Worker {
public:
  void captured_bad() {
    thread_ = std::thread([this] { run(); });
    // CHECK: :[[@LINE-1]]:28: warning: task reads 'started_' while the function that starts it may write it, without synchronization
    // CHECK: :[[@LINE-2]]:15: note: the task starts here
    // CHECK: :[[@LINE+82]]:12: note: the task reads it here
    // CHECK: :[[@LINE+2]]:5: note: the function that starts it writes it here
    // CHECK: :[[@LINE-5]]:28: note: make it atomic, hold one lock at both places, or touch it only before the task starts or after it has been joined
    started_ = true;
  }
  void defaultCopy_bad() {
    thread_ = std::thread([=, this] { ++count_; }); // CHECK: :[[@LINE]]:31: warning: task writes 'count_' while the function that starts it may write it, without synchronization
    count_ = 0;
  }
  void memberEntry_bad() {
    thread_ = std::thread(&Worker::run, this); // CHECK: :[[@LINE]]:41: warning: task reads 'started_' while the function that starts it may write it, without synchronization
    started_ = true;
  }
  void bound_bad() {
    thread_ = std::thread(std::bind(&Worker::run, this)); // CHECK: :[[@LINE]]:51: warning: task reads 'started_' while the function that starts it may write it, without synchronization
    started_ = true;
  }
  void loop_bad() {
    for (int i = 0; i < 4; ++i)
      threads_.emplace_back([this] { ++count_; });
      // CHECK: :[[@LINE-1]]:30: warning: task writes 'count_' while another task of the same spawn may write it, without synchronization
      // CHECK: :[[@LINE-2]]:7: note: the task starts here
      // CHECK: :[[@LINE-3]]:40: note: the task writes it here, and so does the other one
      // CHECK: :[[@LINE-4]]:30: note: make it atomic, hold one lock at both places, or give each task its own and combine them after the join
  }
  void callee_bad() {
    thread_ = std::thread([this] { run(); });
    // CHECK: :[[@LINE-1]]:28: warning: task reads 'started_' while the function that starts it may write it, without synchronization
    // CHECK: :[[@LINE-2]]:15: note: the task starts here
    // CHECK: :[[@LINE+53]]:12: note: the task reads it here
    // CHECK: :[[@LINE+55]]:18: note: the function that starts it writes it here
    // CHECK: :[[@LINE-5]]:28: note: make it atomic, hold one lock at both places, or touch it only before the task starts or after it has been joined
    begin();
  }
  void readInLoop_bad() {
    std::thread t([this] { ++count_; }); // CHECK: :[[@LINE]]:20: warning: task writes 'count_' while the function that starts it may read it, without synchronization
    while (count_ < 10)
      std::this_thread::yield();
    t.join();
  }
  void setBefore_ok() {
    started_ = true;
    thread_ = std::thread(&Worker::run, this);
  }
  void afterJoin_ok() {
    std::thread t([this] { ++count_; });
    t.join();
    use(count_);
  }
  void locked_ok() {
    std::thread t([this] { std::lock_guard<std::mutex> g(mu_); ++guarded_; });
    {
      std::lock_guard<std::mutex> g(mu_);
      ++guarded_;
    }
    t.join();
  }
  void copyOfObject_ok() {
    std::thread t([*this]() mutable { ++other_; });
    ++other_;
    t.join();
  }
  void otherField_ok() {
    std::thread t([this] { ++count_; });
    ++other_;
    t.join();
  }
  void atomic_ok() {
    std::thread t([this] { while (!stop_) compute(1); });
    stop_ = true;
    t.join();
  }
  void cache_bad() {
    auto f = std::async(std::launch::async, [this] { cache_["a"] = 1; }); // CHECK: :[[@LINE]]:46: warning: task writes 'cache_' while the function that starts it may write it, without synchronization
    cache_["b"] = 2;
    f.get();
  }
  Worker(const Worker &) {}
  Worker() = default;

private:
  void run() {
    while (started_)
      compute(1);
  }
  void begin() { started_ = true; }

  std::thread thread_;
  std::vector<std::thread> threads_;
  bool started_ = false;
  int count_ = 0, guarded_ = 0, other_ = 0;
  std::atomic<bool> stop_{false};
  std::mutex mu_;
  std::map<std::string, int> cache_;
};

// Callers hold the lock on one side.
class Callers {
public:
  void start() {
    std::thread t([this] { std::lock_guard<std::mutex> g(mu_); addLocked(); });
    {
      std::lock_guard<std::mutex> g(mu_);
      addLocked();
    }
    t.join();
  }

private:
  void addLocked() { ++n_; }
  std::mutex mu_;
  int n_ = 0;
};

struct Functor {
  int &n;
  void operator()() { ++n; }
};

// What the functor refers to is not followed.
void FN_functor() {
  int n = 0;
  std::thread t(Functor{n});
  ++n;
  t.join();
}

// Objects with a lock of their own, and classes that nobody can see into.
class Locked {
public:
  void add() { std::lock_guard<std::mutex> g(mu_); ++n_; }
  int get() const { std::lock_guard<std::mutex> g(mu_); return n_; }

private:
  mutable std::mutex mu_;
  int n_ = 0;
};

void locksInside_ok() {
  Locked n;
  std::thread t([&] { n.add(); });
  n.add();
  use(n.get());
  t.join();
}

class Unseen {
public:
  void add();
  int get() const;
};

void unseen_ok() {
  Unseen n;
  std::thread t([&] { n.add(); });
  n.add();
  use(n.get());
  t.join();
}

class Plain {
public:
  void add() { ++n_; }
  int get() const { return n_; }

private:
  int n_ = 0;
};

void plainClass_bad() {
  Plain n;
  std::thread t([&] { n.add(); }); // CHECK: :[[@LINE]]:18: warning: task writes 'n' while the function that starts it may read it, without synchronization
  use(n.get());
  t.join();
}

class ThreadPool {
public:
  template <class F> void submit(F f) { queue_.push_back(std::function<void()>(f)); }
  void wait();
  ~ThreadPool();

private:
  std::vector<std::function<void()>> queue_;
};

class Strand {
public:
  template <class F> void post(F f) { queue_.push_back(std::function<void()>(f)); }
  ~Strand();

private:
  std::vector<std::function<void()>> queue_;
};

void pool_bad() {
  int count = 0;
  ThreadPool pool;
  for (int i = 0; i < 4; ++i)
    pool.submit([&] { ++count; }); // CHECK: :[[@LINE]]:18: warning: task writes 'count' while another task of the same spawn may write it, without synchronization
}

void strand_ok() {
  int count = 0;
  Strand strand;
  for (int i = 0; i < 4; ++i)
    strand.post([&] { ++count; });
}

//===- An object's own thread -------------------------------------------------===//

class Counter {
public:
  void start() { thread_ = std::thread([this] { loop(); }); }
  // CHECK: :[[@LINE-1]]:41: warning: task reads 'queue_' while member function 'push' may write it, without synchronization
  // CHECK: :[[@LINE-2]]:41: warning: task reads 'running_' while member function 'stop' may write it, without synchronization
  // CHECK: :[[@LINE-3]]:41: warning: task writes 'count_' while member function 'count' may read it, without synchronization
  int count() const { return count_; }
  int total() const { std::lock_guard<std::mutex> g(mu_); return total_; }
  void push(int n) { queue_.push_back(n); }
  void setLevel(int n) { level_ = n; }
  int last() {
    thread_.join();
    return last_;
  }
  void stop() {
    running_ = false;
    thread_.join();
  }

private:
  void loop() {
    while (running_) {
      ++count_;
      compute(level_);
      last_ = count_;
      use(queue_.size());
      std::lock_guard<std::mutex> g(mu_);
      ++total_;
    }
  }
  mutable std::mutex mu_;
  std::thread thread_;
  std::vector<int> queue_;
  bool running_ = true;
  int count_ = 0, total_ = 0, level_ = 0, last_ = 0;
};

class StoppedByDestructor {
public:
  void start() { thread_ = std::thread(&StoppedByDestructor::loop, this); } // CHECK: :[[@LINE]]:68: warning: task reads 'stop_' while the destructor may write it, without synchronization
  ~StoppedByDestructor() {
    stop_ = true;
    thread_.join();
    use(result_);
  }

private:
  void loop() {
    while (!stop_)
      result_ = compute(1);
  }
  std::thread thread_;
  bool stop_ = false;
  int result_ = 0;
};

class Once {
public:
  void start() { thread_ = std::thread([this] { result_ = compute(1); }); }
  int result() const { return result_; } // after wait(), for all that is known
  void wait() { thread_.join(); }

private:
  std::thread thread_;
  int result_ = 0;
};

class AtomicFlag {
public:
  void start() {
    thread_ = std::thread([this] {
      while (running_)
        ++count_;
    });
  }
  long count() const { return count_.load(); }
  void stop() {
    running_ = false;
    thread_.join();
  }

private:
  std::thread thread_;
  std::atomic<bool> running_{true};
  std::atomic<long> count_{0};
};

// Both of them by the same function.
struct Stat {
  int hits = 0;
  void hit() { ++hits; }
  void go_bad() {
    std::thread t([this] { hit(); });
    // CHECK: :[[@LINE-1]]:20: warning: task writes 'hits' while the function that starts it may write it
    // CHECK: note: the task starts here
    // CHECK: :[[@LINE-5]]:18: note: the task writes it here{{$}}
    // CHECK: :[[@LINE+2]]:5: note: the function that starts it does the same by this call
    // CHECK: note: make it atomic
    hit();
    t.join();
  }
};
