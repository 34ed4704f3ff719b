// RUN: %check %s -- -std=c++20
// Loops that only look at a variable.
#include <atomic>
#include <chrono>
#include <thread>

bool plain;
std::atomic<bool> ready{false};
std::atomic<int> left{0};
volatile bool interrupted;
int work();

void atomic_bad() {
  while (!ready)
    ;
  // CHECK: :[[@LINE-2]]:3: warning: this loop does nothing but read 'ready' until another thread changes it
  // CHECK: note: 'ready' is declared here
  // CHECK: :[[@LINE-4]]:3: note: wait for the change with a condition variable, a semaphore, a latch or the atomic's 'wait'
}

void load_bad() {
  while (left.load(std::memory_order_acquire) > 0) {
  }
  // CHECK: :[[@LINE-2]]:3: warning: this loop does nothing but read 'left'
  // CHECK: note: 'left' is declared here
  // CHECK: :[[@LINE-4]]:3: note: wait for the change
}

void plain_bad() {
  while (!plain) {
  }
  // CHECK: :[[@LINE-2]]:3: warning: this loop waits for another thread to change 'plain', which is not atomic: the compiler may read it only once
  // CHECK: note: 'plain' is declared here
  // CHECK: :[[@LINE-4]]:3: note: wait for the change with a condition variable, a semaphore, a latch or a future
}

void do_bad() {
  do {
  } while (left != 0);
  // CHECK: :[[@LINE-2]]:3: warning: this loop does nothing but read 'left'
  // CHECK: note: 'left' is declared here
  // CHECK: :[[@LINE-4]]:3: note: wait for the change
}

void break_bad() {
  for (;;) {
    if (ready)
      break;
  }
  // CHECK: :[[@LINE-4]]:3: warning: this loop does nothing but read 'ready'
  // CHECK: note: 'ready' is declared here
  // CHECK: :[[@LINE-6]]:3: note: wait for the change
}

struct Task {
  std::atomic<bool> done_{false};
  bool stop_ = false;
  bool isDone() const { return done_; }
  void member_bad() {
    while (!done_)
      continue;
    // CHECK: :[[@LINE-2]]:5: warning: this loop does nothing but read 'done_'
    // CHECK: note: 'done_' is declared here
    // CHECK: :[[@LINE-4]]:5: note: wait for the change
  }
  void accessor_bad() {
    while (!isDone())
      ;
    // CHECK: :[[@LINE-2]]:5: warning: this loop does nothing but read 'done_'
    // CHECK: note: 'done_' is declared here
    // CHECK: :[[@LINE-4]]:5: note: wait for the change
  }
  void plain_bad() {
    while (!stop_)
      ;
    // CHECK: :[[@LINE-2]]:5: warning: this loop waits for another thread to change 'stop_'
    // CHECK: note: 'stop_' is declared here
    // CHECK: :[[@LINE-4]]:5: note: wait for the change
  }
};

void pointer_bad(Task *task) {
  while (!task->done_.load()) {
  }
  // CHECK: :[[@LINE-2]]:3: warning: this loop does nothing but read 'done_'
  // CHECK: note: 'done_' is declared here
  // CHECK: :[[@LINE-4]]:3: note: wait for the change
}

void captured_bad() {
  bool done = false;
  std::thread t([&] { done = true; });
  while (!done) {
  }
  // CHECK: :[[@LINE-2]]:3: warning: this loop waits for another thread to change 'done'
  // CHECK: note: 'done' is declared here
  // CHECK: :[[@LINE-4]]:3: note: wait for the change
  t.join();
}

void yield_ok() {
  while (!ready)
    std::this_thread::yield();
}

void sleep_ok() {
  while (!ready)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void wait_ok() {
  while (!ready)
    ready.wait(false);
}

void pause_ok() {
  while (!ready)
    __builtin_ia32_pause();
}

void asm_ok() {
  while (!ready)
    asm volatile("" ::: "memory");
}

void work_ok() {
  while (!ready)
    work();
}

// So many times and no more.
bool bounded_ok() {
  for (int i = 0; i < 1000; ++i)
    if (ready)
      return true;
  for (int i = 0; i < 1000 && !ready; ++i) {
  }
  return false;
}

void signal_ok() {
  while (!interrupted) {
  }
}

void forever_ok() {
  for (;;) {
  }
}

class SpinLock {
  std::atomic_flag flag_ = ATOMIC_FLAG_INIT;
  std::atomic<bool> taken_{false};

public:
  void enter_ok() {
    while (flag_.test_and_set()) {
    }
  }
  void lock() {
    while (taken_.exchange(true))
      while (taken_) {
      }
  }
};

void update_ok() {
  int old = left;
  while (!left.compare_exchange_weak(old, old + 1)) {
  }
}

void local_ok(int n) {
  while (n > 0)
    n = n - 1;
}

struct Node {
  Node *next;
};
Node *last_ok(Node *n) {
  while (n->next)
    n = n->next;
  return n;
}
