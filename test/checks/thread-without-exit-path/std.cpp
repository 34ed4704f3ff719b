// RUN: %check %s
// The lines of the check's description, with the real standard library.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <future>
#include <mutex>
#include <queue>
#include <stdexcept>
#include <thread>
#include <vector>

void work();
bool step();
[[noreturn]] void fatal();

struct Queue {
  int pop();
  bool pop(int &out); // false: closed
};
Queue q;

//===-- Endless ------------------------------------------------------------===//

void detached_bad() {
  std::thread([] {
    for (;;)
      work();
  }).detach();
  // CHECK: :[[@LINE-4]]:3: warning: thread is detached and never ends
  // CHECK: :[[@LINE-2]]:6: note: detached here
  // CHECK: :[[@LINE-5]]:5: note: this loop has no way out
  // CHECK: :[[@LINE-6]]:5: note: let the loop end when a stop_token or an atomic flag asks for it, or when its queue is closed
}

void consume() {
  while (true)
    q.pop();
}

void joined_bad() {
  std::thread t(consume);
  t.join();
  // CHECK: :[[@LINE-2]]:15: warning: thread never ends, so the join never returns
  // CHECK: :[[@LINE-2]]:5: note: joined here
  // CHECK: :[[@LINE-9]]:3: note: this loop has no way out
  // CHECK: note: let the loop end
}

class Owner {
public:
  ~Owner() { t_.join(); }
  void start_bad() { t_ = std::thread(&Owner::run, this); }
  // CHECK: :[[@LINE-1]]:27: warning: thread never ends, so the join never returns
  // CHECK: :[[@LINE-3]]:17: note: joined here
  // CHECK: :[[@LINE+5]]:5: note: this loop has no way out
  // CHECK: note: let the loop end

private:
  void run() {
    while (1)
      work();
  }
  std::thread t_;
};

void calls_away_bad() {
  struct Server {
    void serve() {
      do {
        work();
      } while (true);
    }
    void run() {
      work();
      serve();
    }
  };
  Server server;
  std::thread t(&Server::run, &server);
  t.detach();
  // CHECK: :[[@LINE-2]]:15: warning: thread is detached and never ends
  // CHECK: :[[@LINE-2]]:5: note: detached here
  // CHECK: :[[@LINE-8]]:7: note: 'serve' is called here
  // CHECK: :[[@LINE-15]]:7: note: this loop has no way out
  // CHECK: note: let the loop end
}

void after_setup_bad() {
  std::thread([] {
    if (!step())
      return;
    for (;;)
      work();
  }).detach();
  // CHECK: :[[@LINE-6]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: :[[@LINE-5]]:5: note: this loop has no way out
  // CHECK: note: let the loop end
}

void throws() { throw std::runtime_error("x"); }
void exception_ends_the_process_bad() {
  std::thread t([] {
    for (;;)
      throws();
  });
  t.join();
  // CHECK: :[[@LINE-5]]:15: warning: thread never ends, so the join never returns
  // CHECK: note: joined here
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

void handler_inside_bad() {
  std::thread t([] {
    while (true) {
      try {
        work();
      } catch (...) {
      }
    }
  });
  t.join();
  // CHECK: :[[@LINE-9]]:15: warning: thread never ends, so the join never returns
  // CHECK: note: joined here
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

std::mutex mu;
std::condition_variable cv;
std::queue<int> items;
void wait_bad() {
  std::thread([] {
    while (true) {
      std::unique_lock<std::mutex> lk(mu);
      cv.wait(lk, [] { return !items.empty(); });
      items.pop();
    }
  }).detach();
  // CHECK: :[[@LINE-7]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

void many_bad(std::vector<std::thread> &threads) {
  for (int i = 0; i < 4; ++i)
    threads.emplace_back(consume);
  for (auto &t : threads)
    t.join();
  // CHECK: :[[@LINE-3]]:13: warning: thread never ends
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

std::future<void> async_bad() {
  return std::async(std::launch::async, [] {
    for (;;)
      work();
  });
  // CHECK: :[[@LINE-4]]:10: warning: task never ends, so the wait for its future never returns
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

void arguments_bad(int id) {
  std::thread([](int, int) {
    if (!step())
      return;
    for (;;)
      work();
  }, id, 7).detach();
  // CHECK: :[[@LINE-6]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: this loop has no way out
  // CHECK: note: let the loop end
}

//===-- Ends ---------------------------------------------------------------===//

void returns_ok() {
  std::thread([] {
    for (;;)
      if (!step())
        return;
  }).detach();
}

void breaks_ok() {
  std::thread([] {
    while (true) {
      if (!step())
        break;
      work();
    }
  }).detach();
}

void returns_in_switch_ok(int (*next)()) {
  std::thread([next] {
    for (;;) {
      switch (next()) {
      case 0:
        return;
      case 1:
        work();
        break;
      }
    }
  }).detach();
}

void closed_queue_ok() {
  std::thread([] {
    int item;
    while (q.pop(item))
      work();
  }).detach();
  std::thread([] {
    while (true) {
      int item;
      if (!q.pop(item))
        break;
    }
  }).detach();
}

std::atomic<bool> stop{false};
void atomic_flag_ok() {
  std::thread([] {
    while (!stop)
      work();
  }).detach();
}

void exits_ok() {
  std::thread([] {
    for (;;)
      if (!step())
        std::exit(1);
  }).detach();
  std::thread([] {
    for (;;)
      fatal();
  }).detach();
}

void ends_process() {
  if (!step())
    std::abort();
}
void callee_exits_ok() {
  std::thread([] {
    for (;;)
      ends_process();
  }).detach();
}

void handler_outside_ok() {
  std::thread([] {
    try {
      for (;;)
        work();
    } catch (const std::exception &) {
    }
  }).detach();
}
void serve_until_exception() {
  for (;;)
    work();
}
void handler_in_caller_ok() {
  std::thread([] {
    try {
      serve_until_exception();
    } catch (...) {
      return;
    }
  }).detach();
}
void throw_in_try_ok() {
  std::thread([] {
    try {
      while (true)
        if (step())
          throw 1;
    } catch (int) {
    }
  }).detach();
}

void async_throws_ok() {
  auto f = std::async(std::launch::async, [] {
    for (;;)
      if (!step())
        throw std::runtime_error("closed");
  });
  f.wait();
}

void bounded_ok(int n) {
  std::thread([n] {
    for (int i = 0; i < n; ++i)
      work();
    for (unsigned i = 10; i > 0; --i)
      work();
  }).detach();
}

void finite_ok() { std::thread(work).detach(); }

void unknown_entry_ok(void (*entry)(), std::function<void()> f) {
  std::thread(entry).detach();
  std::thread(f).detach();
}

struct Base {
  virtual ~Base() = default;
  virtual void run() {
    for (;;)
      work();
  }
};
void virtual_entry_ok(Base *b) { std::thread([b] { b->run(); }).detach(); }

void chosen_by_argument_ok() {
  std::thread([](bool forever) {
    if (forever)
      for (;;)
        work();
    work();
  }, false).join();
}

void not_a_thread_ok() {
  for (;;)
    work();
}

void last_call_may_return() {
  if (!step())
    return;
  for (;;)
    work();
}
void more_to_do_ok() {
  std::thread([] {
    last_call_may_return();
    work();
  }).detach();
}
void last_call_bad() {
  std::thread([] { last_call_may_return(); }).detach();
  // CHECK: :[[@LINE-1]]:3: warning: thread is detached and never ends
  // CHECK: note: detached here
  // CHECK: note: 'last_call_may_return' is called here
  // CHECK: :[[@LINE-14]]:3: note: this loop has no way out
  // CHECK: note: let the loop end
}
