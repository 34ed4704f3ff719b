// RUN: %check %s
// Classes that lock some of what they share with their thread.
#include <chrono>
#include <mutex>
#include <string>
#include <thread>

void put(int &x) { x = 1; }
void describe(const std::string &) {}

class Shared {
public:
  virtual ~Shared() = default;

protected:
  void pause() { std::this_thread::sleep_for(std::chrono::seconds(1)); }
  std::mutex mu_;
  bool stop_ = false;
  int n_ = 0;
};

class reference_bad : Shared {
public:
  reference_bad() : thread_([this] { run(); }) {}
  // CHECK: :[[@LINE-1]]:30: warning: task writes 'n_' while member function 'value' may read it
  ~reference_bad() override { stop(); thread_.join(); }
  void stop() { std::lock_guard<std::mutex> guard(mu_); stop_ = true; }
  int value() { auto &n = n_; return n; }

private:
  void run() {
    for (int i = 0; i < 1000; ++i) {
      n_ = i;
      pause();
    }
  }
  std::thread thread_;
};

class callee_bad : Shared {
public:
  callee_bad() : thread_([this] { run(); }) {}
  // CHECK: :[[@LINE-1]]:27: warning: task writes 'n_' while member function 'set' may write it
  ~callee_bad() override { stop(); thread_.join(); }
  void stop() { std::lock_guard<std::mutex> guard(mu_); stop_ = true; }
  void set() { put(n_); }

private:
  void run() {
    for (int i = 0; i < 1000; ++i) {
      n_ = i;
      pause();
    }
  }
  std::thread thread_;
};

// Whatever is shared is locked, by the function itself or by its caller; the
// parameter is its own.
struct Order {
  std::string text;
  int number = 0;
};

class locked_ok : Shared {
public:
  locked_ok() : thread_([this] { run(); }) {}
  ~locked_ok() override { stop(); thread_.join(); }
  void stop() { std::lock_guard<std::mutex> guard(mu_); stop_ = true; }
  void add(Order order) {
    order.number = 3;
    describe(order.text);
    std::lock_guard<std::mutex> guard(mu_);
    raise(order.number);
  }

private:
  void raise(int by) { n_ += by; }
  void run() {
    for (int i = 0; i < 1000; ++i) {
      {
        std::lock_guard<std::mutex> guard(mu_);
        n_ = i;
      }
      pause();
    }
  }
  std::thread thread_;
};

// The caller hands over the lock that it holds.
class Queue_ok {
public:
  void add(int i) {
    std::unique_lock<std::mutex> lock(mu_);
    addUnlocked(lock, i);
  }
  void addUnlocked(std::unique_lock<std::mutex> &lock, int i);

private:
  void work() {
    std::unique_lock<std::mutex> lock(mu_);
    n_ = 0;
  }
  std::mutex mu_;
  int n_ = 0;
  std::thread thread_;
};
void Queue_ok::addUnlocked(std::unique_lock<std::mutex> &, int i) {
  thread_ = std::thread([this] { work(); });
  n_ += i;
}

// Each thread has a pointer of its own.
namespace boost {
template <class T> struct thread_specific_ptr {
  T *get() const;
  void reset(T *);
};
} // namespace boost
boost::thread_specific_ptr<int> current;
void specific_ok() {
  std::thread t([] { current.reset(new int(1)); });
  if (current.get())
    describe("main");
  t.join();
}
