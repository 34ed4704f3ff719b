// RUN: %check %s -- -std=c++20
// Threads of a base class that call what a derived class overrides.
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>

void use(int);

class Pure_bad {
public:
  Pure_bad() : thread_([this] { run(); }) {}
  // CHECK: :[[@LINE-1]]:16: warning: thread starts in a constructor of the base class and calls the virtual function 'run' before the derived object exists
  // CHECK: :[[@LINE-2]]:33: note: the thread calls 'run' here
  // CHECK: :[[@LINE+5]]:16: note: it is pure virtual here
  // CHECK: :[[@LINE-4]]:16: note: start the thread in a function that is called when the whole object has been constructed
  virtual ~Pure_bad() { thread_.join(); }

protected:
  virtual void run() = 0;

private:
  std::thread thread_;
};

class Overridden_bad {
public:
  Overridden_bad() { thread_ = std::thread(&Overridden_bad::loop, this); }
  // CHECK: :[[@LINE-1]]:32: warning: thread starts in a constructor of the base class and calls the virtual function 'step'
  // CHECK: :[[@LINE+8]]:7: note: the thread calls 'step' here
  // CHECK: :[[@LINE+13]]:8: note: overridden here
  virtual ~Overridden_bad() { thread_.join(); }
  virtual void step() {}

private:
  void loop() {
    for (int i = 0; i < 10; ++i)
      step();
  }
  std::thread thread_;
};
class Derived : public Overridden_bad {
public:
  void step() override { use(1); }
};

class Entry_bad {
public:
  Entry_bad() : thread_(&Entry_bad::run, this) {}
  // CHECK: :[[@LINE-1]]:17: warning: thread starts in a constructor of the base class and calls the virtual function 'run'
  virtual ~Entry_bad() { thread_.join(); }
  virtual void run() = 0;

private:
  std::thread thread_;
};

// A base class template that knows the derived class.
template <class D> class Crtp_bad {
public:
  Crtp_bad() : thread_([this] { static_cast<D *>(this)->work(); }) {}
  // CHECK: :[[@LINE-1]]:16: warning: thread starts before 'count_', which it uses, is initialised
  ~Crtp_bad() { thread_.join(); }

private:
  std::thread thread_;
};
class Counting : public Crtp_bad<Counting> {
public:
  void work() { use(count_); }

private:
  int count_ = 1;
};
Counting counting;

// Nothing overrides it, or nothing can.
class Alone_ok {
public:
  Alone_ok() : thread_([this] { run(); }) {}
  virtual ~Alone_ok() { thread_.join(); }
  virtual void run() {}

private:
  std::thread thread_;
};

struct Runnable {
  virtual ~Runnable() = default;
  virtual void run() = 0;
};
class Final_ok final : public Runnable {
public:
  Final_ok() : thread_([this] { run(); }) {}
  ~Final_ok() override { thread_.join(); }
  void run() override { use(1); }

private:
  std::thread thread_;
};
class Implemented_ok : public Runnable {
public:
  Implemented_ok() : thread_(&Implemented_ok::run, this) {}
  ~Implemented_ok() override { thread_.join(); }
  void run() override { use(1); }

private:
  std::thread thread_;
};

// The thread waits for work, which comes when the object is complete.
class Waits_ok {
public:
  Waits_ok() : thread_([this] { loop(); }) {}
  virtual ~Waits_ok() { thread_.join(); }
  void submit(int i) {
    std::lock_guard<std::mutex> lock(mu_);
    queue_.push(i);
    cv_.notify_one();
  }

protected:
  virtual void handle(int) = 0;

private:
  void loop() {
    while (true) {
      std::unique_lock<std::mutex> lock(mu_);
      cv_.wait(lock, [this] { return !queue_.empty(); });
      int i = queue_.front();
      queue_.pop();
      lock.unlock();
      if (i < 0)
        return;
      handle(i);
    }
  }
  std::mutex mu_;
  std::condition_variable cv_;
  std::queue<int> queue_;
  std::thread thread_;
};

// The class itself is called; another object is.
class Qualified_ok {
public:
  Qualified_ok(Runnable &r) : thread_([this, &r] { Qualified_ok::run(); r.run(); }) {}
  virtual ~Qualified_ok() { thread_.join(); }
  virtual void run() {}

private:
  std::thread thread_;
};
struct More : Qualified_ok {
  using Qualified_ok::Qualified_ok;
  void run() override { use(2); }
};

// start() runs when the object is complete.
class Start_ok {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  virtual ~Start_ok() { thread_.join(); }
  virtual void run() = 0;

private:
  std::thread thread_;
};

// The usual thread class, with POSIX threads.
#include <pthread.h>
class Posix_bad {
public:
  Posix_bad() { pthread_create(&thread_, nullptr, &Posix_bad::entry, this); }
  // CHECK: :[[@LINE-1]]:17: warning: thread starts in a constructor of the base class and calls the virtual function 'run'
  virtual ~Posix_bad() { pthread_join(thread_, nullptr); }
  virtual void run() = 0;

private:
  static void *entry(void *arg) {
    static_cast<Posix_bad *>(arg)->run();
    return nullptr;
  }
  pthread_t thread_;
};

// The base class starts the thread in a function that its constructor calls.
class Indirect_bad {
public:
  Indirect_bad() { launch(); }
  // CHECK: :[[@LINE-1]]:20: warning: thread starts in a constructor of the base class and calls the virtual function 'run'
  // CHECK: note: it is started here
  virtual ~Indirect_bad() { thread_.join(); }
  virtual void run() = 0;

private:
  void launch() {
    thread_ = std::thread([this] { this->run(); });
  }
  std::thread thread_;
};

// A class that derives from one that starts a thread as it is made.
class Starter_bad {
public:
  Starter_bad() : thread_(&Starter_bad::main, this) {}
  // CHECK: :[[@LINE-1]]:19: warning: thread starts in a constructor of the base class and calls the virtual function 'work'
  virtual ~Starter_bad() { thread_.join(); }

protected:
  virtual bool work() { return false; }

private:
  void main() {
    while (work()) {
    }
  }
  std::thread thread_;
};
struct Worker : Starter_bad {
  bool work() override { return count++ < 10; }
  int count = 0;
};

// The derived class says no, and starts the thread when it is there.
class Channel_ok {
public:
  explicit Channel_ok(bool start) {
    if (start)
      init();
  }
  virtual ~Channel_ok() {
    if (thread_.joinable())
      thread_.join();
  }

protected:
  void init() { thread_ = std::thread(&Channel_ok::run, this); }
  virtual bool receive() { return false; }

private:
  void run() {
    while (receive()) {
    }
  }
  std::thread thread_;
};
class CountingChannel final : public Channel_ok {
public:
  explicit CountingChannel(int *count) : Channel_ok(false), count_(count) { init(); }

private:
  bool receive() override { return ++*count_ < 10; }
  int *count_;
};
