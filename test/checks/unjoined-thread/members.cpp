// RUN: %check %s
// Threads in members: joined by nobody in the whole class.
#include <thread>
#include <utility>
#include <vector>

void work();
void keep(std::thread t);

class Mailer {
public:
  Mailer() : thread_(work) {}

private:
  std::thread thread_;
  // CHECK: :[[@LINE-1]]:15: warning: nothing joins or detaches thread 'thread_', so that the destructor of 'Mailer' ends the process
  // CHECK: :[[@LINE-5]]:14: note: started here
  // CHECK: note: join it in the destructor, or make it a 'std::jthread'
};
void local() { Mailer m; }

class Poller {
public:
  void start() { thread_ = std::thread([this] { work(); }); }
  bool is_running() const { return thread_.joinable(); }
  ~Poller() { stop_ = true; }

private:
  bool stop_ = false;
  std::thread thread_;
  // CHECK: :[[@LINE-1]]:15: warning: nothing joins or detaches thread 'thread_', so that the destructor of 'Poller' ends the process
  // CHECK: :[[@LINE-8]]:28: note: started here
  // CHECK: :[[@LINE-7]]:3: note: the destructor is here
  // CHECK: note: join it in the destructor
};

class Stopped {
public:
  Stopped() : thread_(work) {}
  void stop() { thread_.join(); }

private:
  std::thread thread_;
};
class StoppedElsewhere {
public:
  StoppedElsewhere() : thread_(work) {}
  ~StoppedElsewhere();

private:
  std::thread thread_;
};
class HandedOut {
public:
  HandedOut() : thread_(work) {}
  ~HandedOut() { keep(std::move(thread_)); }

private:
  std::thread thread_;
};
class Exposed {
public:
  Exposed() : thread_(work) {}
  ~Exposed() {}
  std::thread &thread() { return thread_; }

private:
  std::thread thread_;
};
class Detached {
public:
  Detached() {
    thread_ = std::thread(work);
    thread_.detach();
  }
  ~Detached() {}

private:
  std::thread thread_;
};
/// Joined from outside.
struct Open {
  std::thread thread;
  void start() { thread = std::thread(work); }
  ~Open() {}
};
void joins(Open &o) { o.thread.join(); }
/// Lives as long as the process.
class Leaked {
public:
  static Leaked &get() {
    static Leaked *one = new Leaked;
    return *one;
  }

private:
  Leaked() : thread_(work) {}
  std::thread thread_;
};
template <class T> class Generic {
public:
  Generic() : thread_(work) {}
  void stop() { thread_.join(); }

private:
  std::thread thread_;
};
void instance() { Generic<int> g; }
