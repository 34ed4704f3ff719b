// RUN: %check %s -- -std=c++20
// Volatile variables that threads share: members, globals, statics, locals.
#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

// The usual stop flag.
class Worker_bad {
public:
  void start() {
    running_ = true;
    thread_ = std::thread([this] { run(); });
  }
  void stop() {
    running_ = false;
    thread_.join();
  }

private:
  void run() {
    while (running_)
      work();
  }
  void work();
  volatile bool running_ = false;
  // CHECK: :[[@LINE-1]]:17: warning: volatile 'running_' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them [threadlint-volatile-synchronization]
  // CHECK: :[[@LINE-6]]:12: note: read by a task here
  // CHECK: :[[@LINE-13]]:5: note: written outside of the task here
  // CHECK: :[[@LINE-4]]:17: note: use 'std::atomic<bool>' instead
  std::thread thread_;
};

class Atomic_ok {
public:
  void start() { thread_ = std::thread(&Atomic_ok::run, this); }
  void stop() { running_ = false; }

private:
  void run() {
    while (running_)
      ;
  }
  volatile std::atomic<bool> running_{true};
  std::thread thread_;
};

// One lock guards it: useless, but no race.
class Locked_ok {
public:
  void start() { thread_ = std::thread(&Locked_ok::run, this); }
  void stop() {
    std::lock_guard<std::mutex> guard(mu_);
    running_ = false;
  }

private:
  bool isRunning() {
    std::lock_guard<std::mutex> guard(mu_);
    return running_;
  }
  void run() {
    while (isRunning())
      ;
  }
  std::mutex mu_;
  volatile bool running_ = true;
  std::thread thread_;
};

// A lock on one side only is none.
class HalfLocked_bad {
public:
  void start() { thread_ = std::thread(&HalfLocked_bad::run, this); }
  void stop() {
    std::lock_guard<std::mutex> guard(mu_);
    running_ = false;
  }

private:
  void run() {
    while (running_)
      ;
  }
  std::mutex mu_;
  volatile bool running_ = true;
  // CHECK: :[[@LINE-1]]:17: warning: volatile 'running_' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
  // CHECK: :[[@LINE-6]]:12: note: read by a task here
  // CHECK: :[[@LINE-12]]:5: note: written outside of the task here
  // CHECK: :[[@LINE-4]]:17: note: use 'std::atomic<bool>' instead
  std::thread thread_;
};

// Stopped by the destructor; the entry calls the reader.
class Destructor_bad {
public:
  Destructor_bad() : quit_(false), thread_(&Destructor_bad::run, this) {}
  ~Destructor_bad() {
    quit_ = true;
    thread_.join();
  }

private:
  bool done() const { return quit_; }
  void run() {
    while (!done())
      ;
  }
  volatile bool quit_;
  // CHECK: :[[@LINE-1]]:17: warning: volatile 'quit_' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
  // CHECK: :[[@LINE-7]]:30: note: read by a task here
  // CHECK: :[[@LINE-13]]:5: note: written outside of the task here
  // CHECK: :[[@LINE-4]]:17: note: use 'std::atomic<bool>' instead
  std::thread thread_;
};

// Written before the thread starts and after it ended.
class Ordered_ok {
public:
  void run_once() {
    result_ = 0;
    std::thread thread([this] { result_ = 1; });
    thread.join();
    use(result_);
  }

private:
  void use(int);
  volatile int result_ = 0;
};

void local_bad() {
  volatile bool done = false;
  // CHECK: :[[@LINE-1]]:17: warning: volatile 'done' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
  // CHECK: :[[@LINE+4]]:31: note: written by a task here
  // CHECK: :[[@LINE+4]]:13: note: read outside of the task here
  // CHECK: :[[@LINE-4]]:17: note: use 'std::atomic<bool>' instead
  {
    std::jthread thread([&] { done = true; });
    while (!done)
      ;
  }
}

void local_ok() {
  volatile bool done = false;
  std::thread thread([&] { done = true; });
  thread.join();
  if (done)
    return;
}

void copied_ok() {
  volatile int limit = 3;
  std::thread thread([limit] {
    for (int i = 0; i < limit; ++i)
      ;
  });
  limit = 4;
  thread.join();
}

void not_shared_ok() {
  volatile int sum = 0;
  for (int i = 0; i < 10; ++i)
    sum = sum + i;
  std::thread thread([] { volatile int own = 0; own = own + 1; });
  thread.join();
}

static void wait_for(volatile bool &flag) {
  while (!flag)
    ;
}
void by_reference_bad() {
  volatile bool go = false;
  // CHECK: :[[@LINE-1]]:17: warning: volatile 'go' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
  // CHECK: :[[@LINE-6]]:11: note: read by a task here
  // CHECK: :[[@LINE+3]]:3: note: written outside of the task here
  // CHECK: :[[@LINE-4]]:17: note: use 'std::atomic<bool>' instead
  std::thread thread(wait_for, std::ref(go));
  go = true;
  thread.join();
}

volatile int counter_bad = 0;
// CHECK: :[[@LINE-1]]:14: warning: volatile 'counter_bad' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
// CHECK: :[[@LINE+3]]:25: note: changed by a task here
// CHECK: :[[@LINE+2]]:25: note: changed by the same task in another thread here
// CHECK: :[[@LINE-4]]:14: note: use 'std::atomic<int>' instead
static void count() { ++counter_bad; }
void spawn_counters() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back(count);
  for (auto &t : threads)
    t.join();
}

// A sink for benchmarks: nobody reads it.
volatile int sink_ok;
void benchmark() {
  std::thread a([] { sink_ok = 1; });
  std::thread b([] { sink_ok = 2; });
  a.join();
  b.join();
}

// Another file writes it, perhaps.
extern volatile int elsewhere_ok;
void reader() {
  std::thread([] {
    while (elsewhere_ok)
      ;
  }).detach();
}

// Two tasks of one function.
void two_tasks_bad() {
  static volatile int turn = 0;
  // CHECK: :[[@LINE-1]]:23: warning: volatile 'turn' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
  // CHECK: :[[@LINE+3]]:22: note: written by a task here
  // CHECK: :[[@LINE+3]]:29: note: read by another task here
  // CHECK: :[[@LINE-4]]:23: note: use 'std::atomic<int>' instead
  std::thread a([] { turn = 1; });
  std::thread b([] { while (turn == 0); });
  a.join();
  b.join();
}

// Registers of a device.
struct Uart {
  volatile unsigned status;
  volatile unsigned data;
  volatile unsigned control;
};
static Uart *const uart = reinterpret_cast<Uart *>(0x40001000);
static volatile unsigned *const reg = reinterpret_cast<volatile unsigned *>(0x40002000);
void driver_ok() {
  std::thread thread([] {
    while (!(uart->status & 1))
      ;
    uart->data = *reg;
  });
  uart->status = 0;
  *reg = 1;
  thread.join();
}

// What a signal handler sets.
static volatile std::sig_atomic_t interrupted = 0;
extern "C" void on_interrupt(int) { interrupted = 1; }
void signals_ok() {
  std::signal(SIGINT, on_interrupt);
  std::thread thread([] {
    while (!interrupted)
      ;
  });
  interrupted = 0;
  thread.join();
}

// Fences: their author knows that volatile is not enough.
static volatile bool ready_ok = false;
static int payload;
void producer() {
  std::thread thread([] {
    while (!ready_ok)
      ;
    std::atomic_thread_fence(std::memory_order_acquire);
    payload = 2;
  });
  payload = 1;
  std::atomic_thread_fence(std::memory_order_release);
  ready_ok = true;
  thread.join();
}

// Atomic operations on plain memory.
static volatile int builtin_ok = 0;
void builtins() {
  std::thread thread([] { __sync_add_and_fetch(&builtin_ok, 1); });
  while (builtin_ok == 0)
    ;
  thread.join();
}

template <class T> class Pool_bad {
public:
  void start() { thread_ = std::thread([this] { while (!stop_) ; }); }
  void stop() { stop_ = true; }

private:
  volatile bool stop_ = false;
  // CHECK: :[[@LINE-1]]:17: warning: volatile 'stop_' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
  // CHECK: :[[@LINE-6]]:57: note: read by a task here
  // CHECK: :[[@LINE-6]]:17: note: written outside of the task here
  // CHECK: :[[@LINE-4]]:17: note: use 'std::atomic<bool>' instead
  std::thread thread_;
};
template class Pool_bad<int>;
template class Pool_bad<long>;

// The result comes by the future.
int async_bad() {
  volatile int progress = 0;
  // CHECK: :[[@LINE-1]]:16: warning: volatile 'progress' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
  // CHECK: :[[@LINE+5]]:7: note: written by a task here
  // CHECK: :[[@LINE+7]]:10: note: read outside of the task here
  // CHECK: :[[@LINE-4]]:16: note: use 'std::atomic<int>' instead
  auto task = std::async(std::launch::async, [&progress] {
    for (int i = 0; i < 100; ++i)
      progress = i;
    return 1;
  });
  while (progress < 50)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return task.get();
}

// A struct with a flag that both sides reach.
struct State {
  volatile bool stop = false;
  // CHECK: :[[@LINE-1]]:17: warning: volatile 'stop' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
  // CHECK: :[[@LINE+6]]:18: note: read by a task here
  // CHECK: :[[@LINE+11]]:9: note: written outside of the task here
  // CHECK: :[[@LINE-4]]:17: note: use 'std::atomic<bool>' instead
  int items = 0;
};
void loop(State *state) {
  while (!state->stop)
    ++state->items;
}
void struct_bad() {
  State state;
  std::thread thread(loop, &state);
  state.stop = true;
  thread.join();
}

// Only the thread itself uses it.
class OneThread_ok {
public:
  void start() { thread_ = std::thread(&OneThread_ok::run, this); }

private:
  void run() {
    for (phase_ = 0; phase_ < 3; phase_ = phase_ + 1)
      ;
  }
  volatile int phase_ = 0;
  std::thread thread_;
};

// A callback: nobody knows which thread calls it.
class Timer;
void on_timer(Timer &, void (*)());
static volatile int ticks_ok;
static void tick() { ticks_ok = ticks_ok + 1; }
void timers(Timer &timer) {
  on_timer(timer, tick);
  std::thread([] {
    while (ticks_ok < 3)
      ;
  }).detach();
}
