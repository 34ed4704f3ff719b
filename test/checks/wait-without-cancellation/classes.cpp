// RUN: %check %s -- -std=c++20
// Threads of base classes, of members that no constructor is seen to initialise, and
// threads that are objects; flags that are read by a function or copied first.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <semaphore>
#include <thread>

class QMutex { public: void lock(); void unlock(); };
class QWaitCondition { public: bool wait(QMutex *, unsigned long = ~0ul); void wakeOne(); };
class QThread {
public:
  virtual ~QThread();
  void start();
  bool wait(unsigned long = ~0ul);
  void terminate();
protected:
  virtual void run();
};
void use();

//===--- a base class starts and joins it ----------------------------------===//

class ThreadBase {
public:
  virtual ~ThreadBase() = default;
  void start() {
    thread_ = std::thread([this] { run(); });
  }
  void stop() {
    running_ = false;
    thread_.join();
  }

protected:
  virtual void run() = 0;
  std::atomic<bool> running_{true};
  std::thread thread_;
};

class Consumer final : public ThreadBase {
  void run() override {
    while (running_) {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return jobs_ > 0; });
      // CHECK: :[[@LINE-1]]:14: warning: nothing ends the wait on condition variable 'ready_' when the thread is to stop, so the join never returns
      // CHECK: :[[@LINE-4]]:5: note: the loop tests 'running_', but the wait does not
      // CHECK: :[[@LINE-16]]:13: note: the thread is joined here
      // CHECK: note: test a stop flag
      --jobs_;
    }
  }
  std::mutex mutex_;
  std::condition_variable ready_;
  int jobs_ = 0;
};

class OtherBase {
public:
  virtual ~OtherBase() = default;
  void start() {
    thread_ = std::thread([this] { loop_ok(); });
  }
  void stop() {
    running_ = false;
    thread_.join();
  }

protected:
  virtual void loop_ok() = 0;
  std::atomic<bool> running_{true};
  std::thread thread_;
};

class Stoppable final : public OtherBase {
public:
  ~Stoppable();
  void loop_ok() override {
    while (running_) {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return jobs_ > 0; });
      --jobs_;
    }
  }
  std::mutex mutex_;
  std::condition_variable ready_;
  int jobs_ = 0;
};

//===--- the thread is the object ------------------------------------------===//

class Renderer : public QThread {
public:
  ~Renderer() {
    mutex_.lock();
    abort_ = true;
    ready_.wakeOne();
    mutex_.unlock();
    wait();
  }

private:
  void run() override {
    for (;;) {
      mutex_.lock();
      while (!work_)
        ready_.wait(&mutex_);
      // CHECK: :[[@LINE-1]]:16: warning: nothing ends the wait on condition variable 'ready_' when the thread is to stop, so the join never returns
      // CHECK: :[[@LINE-5]]:5: note: the loop tests 'abort_', but the wait does not
      // CHECK: :[[@LINE-11]]:5: note: the thread is joined here
      // CHECK: note: test a stop flag
      work_ = false;
      bool abort = abort_;
      mutex_.unlock();
      if (abort)
        return;
      use();
    }
  }
  QMutex mutex_;
  QWaitCondition ready_;
  bool abort_ = false, work_ = false;
};

class TestsAbort : public QThread {
public:
  ~TestsAbort() {
    mutex_.lock();
    abort_ = true;
    ready_.wakeOne();
    mutex_.unlock();
    wait();
  }
  void run() override {
    for (;;) {
      mutex_.lock();
      while (!work_ && !abort_)
        ready_.wait(&mutex_);
      work_ = false;
      bool abort = abort_;
      mutex_.unlock();
      if (abort)
        return;
    }
  }
  QMutex mutex_;
  QWaitCondition ready_;
  bool abort_ = false, work_ = false;
};

// Whoever owns it joins it, or nobody does.
class NotJoined : public QThread {
public:
  void run() override {
    for (;;) {
      mutex_.lock();
      while (!work_)
        ready_.wait(&mutex_);
      work_ = false;
      mutex_.unlock();
    }
  }
  QMutex mutex_;
  QWaitCondition ready_;
  bool work_ = false;
};

class Unseen : public QThread {
public:
  ~Unseen() { wait(); }
  void stop();
  void run() override {
    for (;;) {
      mutex_.lock();
      while (!work_)
        ready_.wait(&mutex_);
      work_ = false;
      mutex_.unlock();
    }
  }
  QMutex mutex_;
  QWaitCondition ready_;
  bool work_ = false;
};

//===--- members without a constructor -------------------------------------===//

class Declared {
  std::mutex mutex_;
  std::condition_variable_any ready_;
  int jobs_ = 0;
  std::jthread bad_{[this](std::stop_token token) {
    while (!token.stop_requested()) {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return jobs_ > 0; });
      // CHECK: :[[@LINE-1]]:14: warning: nothing ends the wait
      // CHECK: note: the loop asks a stop token
      // CHECK: note: 'bad_' joins the thread
      // CHECK: note: test a stop flag
      --jobs_;
    }
  }};
  std::jthread ok_{[this](std::stop_token token) {
    while (!token.stop_requested()) {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, token, [this] { return jobs_ > 0; });
      --jobs_;
    }
  }};
};

//===--- flags behind a function -------------------------------------------===//

class Ticker {
public:
  ~Ticker() {
    {
      std::lock_guard lock(mutex_);
      stop_ = true;
    }
    thread_.join();
  }

private:
  bool stopped() {
    std::lock_guard lock(mutex_);
    return stop_;
  }
  void run() {
    while (!stopped()) {
      ticks_.acquire();
      // CHECK: :[[@LINE-1]]:14: warning: nothing ends the wait for semaphore 'ticks_'
      // CHECK: :[[@LINE-3]]:5: note: the loop tests 'stop_', but the wait does not
      // CHECK: note: the thread is joined here
      // CHECK: note: set a stop flag
      use();
    }
  }
  std::mutex mutex_;
  std::counting_semaphore<> ticks_{0};
  bool stop_ = false;
  std::thread thread_{[this] { run(); }};
};

class TakesInput {
public:
  ~TakesInput() { thread_.join(); }

private:
  bool take_ok() {
    std::lock_guard lock(mutex_);
    return --left_ > 0;
  }
  void run() {
    while (take_ok()) {
      ticks_.acquire();
      use();
    }
  }
  std::mutex mutex_;
  std::counting_semaphore<> ticks_{0};
  int left_ = 10;
  std::thread thread_{[this] { run(); }};
};
