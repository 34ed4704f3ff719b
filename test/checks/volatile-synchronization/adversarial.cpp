// RUN: %check %s -- -std=c++20
// Arrays, objects, pointers, macros, lambdas in lambdas, and what is not known yet.
#include <csignal>
#include <semaphore>
#include <thread>
#include <vector>

struct Pair { int a, b; };
volatile Pair object_bad{};
// CHECK: :[[@LINE-1]]:15: warning: volatile 'object_bad' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them [threadlint-volatile-synchronization]
// CHECK: :[[@LINE+4]]:35: note: read by a task here
// CHECK: :[[@LINE+4]]:3: note: written outside of the task here
// CHECK: :[[@LINE-4]]:15: note: guard it with a lock instead
void objects() {
  std::thread thread([] { while (!object_bad.a); });
  object_bad.a = 1;
  thread.join();
}

volatile int array_bad[4];
// CHECK: :[[@LINE-1]]:14: warning: volatile 'array_bad' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
// CHECK: :[[@LINE+4]]:35: note: read by a task here
// CHECK: :[[@LINE+4]]:3: note: written outside of the task here
// CHECK: :[[@LINE-4]]:14: note: use 'std::atomic<int>' instead
void arrays() {
  std::thread thread([] { while (!array_bad[1]); });
  array_bad[1] = 1;
  thread.join();
}

struct Node { Node *next; };
Node *volatile pointer_bad;
// CHECK: :[[@LINE-1]]:16: warning: volatile 'pointer_bad' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
// CHECK: :[[@LINE+4]]:34: note: read by a task here
// CHECK: :[[@LINE+4]]:3: note: written outside of the task here
// CHECK: :[[@LINE-4]]:16: note: use 'std::atomic<Node *>' instead
void pointers() {
  std::thread thread([] { while (pointer_bad == nullptr); });
  pointer_bad = new Node;
  thread.join();
}

struct Static {
  static volatile bool quit_bad;
  static void run() { while (!quit_bad); }
  void stop() { quit_bad = true; }
};
volatile bool Static::quit_bad = false;
// CHECK: :[[@LINE-1]]:23: warning: volatile 'quit_bad' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
// CHECK: :[[@LINE-5]]:31: note: read by a task here
// CHECK: :[[@LINE-5]]:17: note: written outside of the task here
// CHECK: :[[@LINE-4]]:23: note: use 'std::atomic<bool>' instead
void statics() { std::thread(Static::run).detach(); }

#define STOP_FLAG(name) volatile bool name = false
STOP_FLAG(macro_bad);
// CHECK: :[[@LINE-1]]:1: warning: volatile 'macro_bad' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
// CHECK: :[[@LINE+4]]:35: note: read by a task here
// CHECK: :[[@LINE+4]]:3: note: written outside of the task here
// CHECK: :[[@LINE-4]]:1: note: use 'std::atomic<bool>' instead
void macros() {
  std::thread thread([] { while (!macro_bad); });
  macro_bad = true;
  thread.join();
}

void nested_bad() {
  volatile bool done = false;
  // CHECK: :[[@LINE-1]]:17: warning: volatile 'done' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
  // CHECK: :[[@LINE+4]]:29: note: read by a task here
  // CHECK: :[[@LINE+6]]:3: note: written outside of the task here
  // CHECK: :[[@LINE-4]]:17: note: use 'std::atomic<bool>' instead
  std::thread thread([&] {
    auto ask = [&] { return done; };
    while (!ask());
  });
  done = true;
  thread.join();
}

// Set by handlers that are lambdas.
static volatile std::sig_atomic_t by_lambda_ok;
void handlers() {
  std::signal(SIGINT, [](int) { by_lambda_ok = 1; });
  std::thread thread([] { while (!by_lambda_ok); });
  thread.join();
}

// Whether a signal handler may do this at all is another question.
static volatile int by_handler_ok;
static void on_signal(int) { by_handler_ok = 1; }
void plain_handler() {
  std::signal(SIGINT, on_signal);
  std::thread thread([] { while (!by_handler_ok); });
  thread.join();
}

// The semaphore says when it was written.
void semaphore_ok() {
  volatile int result = 0;
  std::binary_semaphore ready(0);
  std::thread thread([&] {
    result = 1;
    ready.release();
  });
  ready.acquire();
  int copy = result;
  thread.join();
  (void)copy;
}

// Each object has a thread of its own.
struct Own_ok {
  void go() { threads.emplace_back(&Own_ok::run, this); }
  void run() { n = n + 1; }
  volatile int n = 0;
  std::vector<std::thread> threads;
};

template <bool Enabled> void constant_bad() {
  static volatile bool stop = false;
  // CHECK: :[[@LINE-1]]:24: warning: volatile 'stop' is shared between threads, but 'volatile' neither makes its accesses atomic nor orders them
  // CHECK: :[[@LINE+4]]:37: note: read by a task here
  // CHECK: :[[@LINE+4]]:5: note: written outside of the task here
  // CHECK: :[[@LINE-4]]:24: note: use 'std::atomic<bool>' instead
  if constexpr (Enabled) {
    std::thread thread([] { while (!stop); });
    stop = true;
    thread.join();
  }
}
template void constant_bad<true>();
template void constant_bad<false>();

// A constructor that nobody wrote starts the thread.
struct FN_implicit {
  void halt() { stop = true; }
  volatile bool stop = false;
  std::jthread thread{[this] { while (!stop); }};
};

// What a function writes through a pointer is not followed.
static void set(volatile bool *flag) { *flag = true; }
void FN_through_callee() {
  volatile bool go = false;
  std::thread thread([&] { while (!go); });
  set(&go);
  thread.join();
}
