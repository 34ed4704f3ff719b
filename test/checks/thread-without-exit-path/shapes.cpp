// RUN: %check %s
// Entries and loops in unusual shapes.
#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

void work();
bool step();
int next();

struct Functor {
  void operator()() const {
    for (;;)
      work();
  }
};
void functor_bad() {
  std::thread t{Functor()};
  t.join();
  // CHECK: :[[@LINE-2]]:15: warning: thread never ends, so the join never returns
  // CHECK: note: joined here
  // CHECK: :[[@LINE-9]]:5: note: this loop has no way out
  // CHECK: note: let the loop end
}

void forever(int) {
  while (true)
    work();
}
void bind_bad() {
  std::thread(std::bind(forever, 1)).detach();
  // CHECK: :[[@LINE-1]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

void variable_bad() {
  auto entry = [] {
    auto inner = [] {
      while (1)
        work();
    };
    inner();
  };
  std::thread t(entry);
  t.join();
  // CHECK: :[[@LINE-2]]:15: warning: thread never ends, so the join never returns
  // CHECK: note: joined here
  // CHECK: :[[@LINE-6]]:5: note: 'lambda' is called here
  // CHECK: :[[@LINE-10]]:7: note: this loop has no way out
  // CHECK: note: let the loop end
}

void lambda_in_lambda_bad() {
  auto start = [] {
    std::thread([] { forever(0); }).detach();
    // CHECK: :[[@LINE-1]]:5: warning: thread is detached and never ends
    // CHECK: note: detached here
    // CHECK: note: 'forever' is called here
    // CHECK: note: this loop has no way out
    // CHECK: note: let the loop end
  };
  start();
}

void state_machine_bad() {
  std::thread([] {
    enum { Idle, Busy } state = Idle;
    while (true) {
      switch (state) {
      case Idle:
        state = step() ? Busy : Idle;
        continue;
      case Busy:
        work();
        state = Idle;
        break;
      }
    }
  }).detach();
  // CHECK: :[[@LINE-14]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: :[[@LINE-14]]:5: note: this loop has no way out
  // CHECK: note: let the loop end
}

void goto_bad() {
  std::thread([] {
  again:
    if (step())
      work();
    goto again;
  }).detach();
  // CHECK: :[[@LINE-6]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: :[[@LINE-4]]:5: note: this loop has no way out
  // CHECK: note: let the loop end
}

void nested_bad() {
  std::thread([] {
    for (;;) {
      while (step())
        work();
      for (int i = 0; i < 3; ++i)
        if (next() == i)
          break;
    }
  }).detach();
  // CHECK: :[[@LINE-9]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: :[[@LINE-10]]:5: note: this loop has no way out
  // CHECK: note: let the loop end
}

void inner_bad() {
  std::thread([] {
    while (step())
      for (;;)
        work();
  }).detach();
  // CHECK: :[[@LINE-5]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: :[[@LINE-5]]:7: note: this loop has no way out
  // CHECK: note: let the loop end
}

void serves() noexcept {
  for (;;)
    if (!step())
      throw std::runtime_error("terminates");
}
void noexcept_bad() {
  std::thread([] {
    try {
      serves();
    } catch (...) {
    }
  }).detach();
  // CHECK: :[[@LINE-6]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: 'serves' is called here
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

void rethrown_bad() {
  std::thread([] {
    for (;;)
      try {
        work();
      } catch (...) {
        throw;
      }
  }).detach();
  // CHECK: :[[@LINE-8]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

#define START(f) std::thread(f).detach()
#define LOOP_FOREVER while (true)
void looped() { LOOP_FOREVER work(); }
void macros_bad() {
  START(looped);
  // CHECK: :[[@LINE-1]]:3: warning: thread is detached and never ends
  // CHECK: :[[@LINE-2]]:3: note: detached here
  // CHECK: :[[@LINE-5]]:17: note: this loop has no way out
  // CHECK: note: let the loop end
}

template <class F> void spawn(F f) {
  std::thread t(f);
  t.detach();
  // CHECK: :[[@LINE-2]]:15: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}
void template_bad() {
  spawn([] {
    for (;;)
      work();
  });
  spawn([] {
    for (;;)
      work();
  });
}

//===----------------------------------------------------------------------===//

void ping();
void pong() {
  if (step())
    ping();
}
void ping() {
  work();
  pong();
}
void recursion_ok() { std::thread(ping).detach(); }

void endless_recursion() { endless_recursion(); }
void endless_recursion_ok() { std::thread(endless_recursion).detach(); }

#define DO_ONCE(x)                                                             \
  do {                                                                         \
    x;                                                                         \
  } while (0)
void once_ok() {
  std::thread([] { DO_ONCE(work()); }).detach();
}

void leaves_both_ok() {
  std::thread([] {
    for (;;) {
      for (;;) {
        if (next() == 1)
          goto out;
        if (next() == 2)
          break;
      }
      work();
    }
  out:
    work();
  }).detach();
}

void handler_breaks_ok() {
  std::thread([] {
    while (true) {
      try {
        work();
      } catch (const std::exception &) {
        break;
      }
    }
  }).detach();
}

struct Task {
  virtual ~Task() = default;
  virtual void run() = 0;
};
void virtual_calls_ok(std::shared_ptr<Task> task) {
  std::thread([task] { task->run(); }).detach();
}

void range_ok(std::vector<int> items) {
  std::thread([items] {
    for (int i : items)
      if (i)
        work();
  }).detach();
}

// The loop is in the middle of what the entry does, and the function that has it
// may return as well: whether it does is not known.
void may_return() {
  if (step())
    return;
  for (;;)
    work();
}
void FN_in_the_middle() {
  std::thread([] {
    may_return();
    work();
  }).detach();
}

// What a pointer points to is not followed.
void FN_pointer() {
  static const bool running = step();
  const bool *flag = &running;
  std::thread([flag] {
    while (*flag)
      work();
  }).detach();
}
