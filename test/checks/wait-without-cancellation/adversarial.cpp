// RUN: %check %s -- -std=c++20
// Other spellings: templates, callees, globals, macros, nested classes.
#include <condition_variable>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#define FOREVER for (;;)

template <class Job> class Pool {
public:
  void start(int n) {
    for (int i = 0; i < n; ++i)
      workers_.push_back(std::thread([this] { loop(); }));
  }
  void shutdown() {
    for (unsigned i = 0; i < workers_.size(); ++i)
      workers_[i].join();
  }
  ~Pool() { shutdown(); }

private:
  Job next() {
    std::unique_lock<std::mutex> lock(mu_);
    cv_.wait(lock, [&] { return !jobs_.empty(); });
    // CHECK: :[[@LINE-1]]:9: warning: nothing ends the wait on condition variable 'cv_' when the thread is to stop
    // CHECK: :[[@LINE+8]]:5: note: the loop tests no stop flag
    // CHECK: note: the thread is joined here
    // CHECK: note: test a stop flag
    Job job = jobs_.front();
    jobs_.pop_front();
    return job;
  }
  void loop() {
    FOREVER { run(next()); }
  }
  void run(Job);
  std::mutex mu_;
  std::condition_variable cv_;
  std::deque<Job> jobs_;
  std::vector<std::thread> workers_;
};
template class Pool<int>;
template class Pool<long>;

namespace {
std::mutex mu;
std::condition_variable cv;
int pending = 0;
bool quit = false;
std::thread worker;

void serve() {
  while (!quit) {
    std::unique_lock<std::mutex> lock(mu);
    while (pending == 0)
      cv.wait(lock);
      // CHECK: :[[@LINE-1]]:10: warning: nothing ends the wait on condition variable 'cv' when the thread is to stop
      // CHECK: :[[@LINE-5]]:3: note: the loop tests 'quit', but the wait does not
      // CHECK: note: the thread is joined here
      // CHECK: note: test a stop flag
    --pending;
  }
}
} // namespace

void startService() { worker = std::thread(serve); }
void stopService() {
  {
    std::lock_guard<std::mutex> lock(mu);
    quit = true;
  }
  cv.notify_all();
  worker.join();
}

class Slot {
public:
  ~Slot() {
    cv_.notify_all();
    if (thread_.joinable())
      thread_.join();
  }
  void start() {
    thread_ = std::thread(&Slot::run, this);
  }

private:
  void run() noexcept {
    do {
      std::unique_lock<std::mutex> lock(mu_);
      if (!value_.has_value())
        cv_.wait(lock);
        // CHECK: :[[@LINE-1]]:13: warning: nothing ends the wait on condition variable 'cv_'
        // CHECK: :[[@LINE-5]]:5: note: the loop tests no stop flag
        // CHECK: note: the thread is joined here
        // CHECK: note: test a stop flag
      value_.reset();
    } while (true);
  }
  std::mutex mu_;
  std::condition_variable cv_;
  std::optional<int> value_;
  std::thread thread_;
};

class Impl {
  struct State {
    std::mutex mu;
    std::condition_variable cv;
    std::list<int> items;
    bool closed = false;
  };

public:
  Impl() : state_(std::make_shared<State>()) {
    thread_ = std::thread([state = state_] {
      while (!state->closed) {
        std::unique_lock<std::mutex> lock(state->mu);
        state->cv.wait(lock, [&] { return !state->items.empty(); });
        // CHECK: :[[@LINE-1]]:19: warning: nothing ends the wait on condition variable 'cv'
        // CHECK: note: the loop tests 'closed', but the wait does not
        // CHECK: note: the thread is joined here
        // CHECK: note: test a stop flag
        state->items.pop_front();
      }
    });
  }
  ~Impl() {
    state_->closed = true;
    state_->cv.notify_all();
    thread_.join();
  }

private:
  std::shared_ptr<State> state_;
  std::thread thread_;
};

class Local_ok {
  // Joined by the function that starts it.
  void run() {
    std::thread t([this] {
      for (;;) {
        std::unique_lock<std::mutex> lock(mu_);
        cv_.wait(lock, [this] { return count_ > 0; });
        --count_;
      }
    });
    t.join();
  }
  std::mutex mu_;
  std::condition_variable cv_;
  int count_ = 0;
};

class Counted_ok {
public:
  ~Counted_ok() {
    {
      std::lock_guard<std::mutex> lock(mu_);
      count_ = -1;
    }
    cv_.notify_all();
    thread_.join();
  }
  void start() {
    thread_ = std::thread([this] {
      for (;;) {
        std::unique_lock<std::mutex> lock(mu_);
        cv_.wait(lock, [this] { return count_ != 0; });
        if (count_ < 0)
          return;
        --count_;
      }
    });
  }

private:
  std::mutex mu_;
  std::condition_variable cv_;
  int count_ = 0;
  std::thread thread_;
};
