// RUN: %check %s
// Tasks that may end without a result while somebody waits for it.
#include <atomic>
#include <exception>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

int compute();
bool ready();
void report(const std::exception &e);
void keep(std::future<int> f);

int moved_into_lambda_bad() {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread t([p = std::move(p)]() mutable {
    if (!ready())
      return;
      // CHECK: :[[@LINE-1]]:7: warning: the task may end here, while promise 'p' has no result, but its future is waited for
      // CHECK: :[[@LINE-4]]:15: note: the task starts here
      // CHECK: :[[@LINE+5]]:12: note: waited for here; the wait ends with a broken promise
      // CHECK: :[[@LINE-4]]:7: note: set a value or an exception on every path
    p.set_value(1);
  });
  t.detach();
  return f.get();
}

void worker(std::promise<int> result, int n) {
  if (n > 0)
    result.set_value(n);
} // CHECK: :[[@LINE]]:1: warning: the task may end here, while promise 'result' has no result
  // CHECK: note: the task starts here
  // CHECK: note: waited for here; the wait ends with a broken promise
  // CHECK: note: set a value or an exception

int moved_argument_bad(int n) {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread t(worker, std::move(p), n);
  int v = f.get();
  t.join();
  return v;
}

int by_reference_bad() {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread t([&p] {
    switch (compute()) {
    case 0:
      return;
      // CHECK: :[[@LINE-1]]:7: warning: the task may end here, while promise 'p' has no result
      // CHECK: :[[@LINE+8]]:7: note: or here
      // CHECK: note: the task starts here
      // CHECK: note: waited for here; the wait never ends
      // CHECK: note: set a value
    case 1:
      p.set_value(1);
      return;
    default:
      return;
    }
  });
  int v = f.get();
  t.join();
  return v;
}

void fill(std::promise<void> &done) {
  if (ready())
    done.set_value();
} // CHECK: :[[@LINE]]:1: warning: the task may end here, while promise 'done' has no result
  // CHECK: note: the task starts here
  // CHECK: note: waited for here; the wait never ends
  // CHECK: note: set a value

void ref_argument_bad() {
  std::promise<void> p;
  std::thread t(fill, std::ref(p));
  p.get_future().wait();
  t.join();
}

int parse() { throw std::runtime_error("no"); }

int handler_bad() {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread t([&p] {
    try {
      p.set_value(parse());
    } catch (const std::exception &e) {
      report(e);
    }
  }); // CHECK: :[[@LINE]]:3: warning: the task may end here, while promise 'p' has no result
      // CHECK: note: the task starts here
      // CHECK: note: waited for here; the wait never ends
      // CHECK: note: set a value
  int v = f.get();
  t.join();
  return v;
}

int throws_bad() {
  std::promise<int> p;
  auto f = p.get_future();
  auto task = std::async(std::launch::async, [p = std::move(p)]() mutable {
    p.set_value(parse());
    // CHECK: :[[@LINE-1]]:17: warning: the task may end here, by an exception, while promise 'p' has no result
    // CHECK: note: the task starts here
    // CHECK: note: waited for here; the wait ends with a broken promise
    // CHECK: note: set a value
  });
  return f.get();
}

class Server {
public:
  void start() {
    thread_ = std::thread(&Server::run, this);
    started_.get_future().wait();
  }
  ~Server() { thread_.join(); }

private:
  void run() {
    if (!ready())
      return;
      // CHECK: :[[@LINE-1]]:7: warning: the task may end here, while promise 'started_' has no result
      // CHECK: note: the task starts here
      // CHECK: note: waited for here; the wait never ends
      // CHECK: note: set a value
    started_.set_value();
    while (ready())
      compute();
  }
  std::promise<void> started_;
  std::thread thread_;
};

//===--- silent ---===//

int every_path_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread t([p = std::move(p)]() mutable {
    if (!ready()) {
      p.set_exception(std::make_exception_ptr(std::runtime_error("no")));
      return;
    }
    try {
      p.set_value(parse());
    } catch (...) {
      p.set_exception(std::current_exception());
    }
  });
  int v = f.get();
  t.join();
  return v;
}

void nobody_waits_ok() {
  std::promise<int> p;
  keep(p.get_future());
  std::thread([p = std::move(p)]() mutable {
    if (ready())
      p.set_value(1);
  }).detach();
}

void other_setter_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread t([&p] {
    if (ready())
      p.set_value(1);
  });
  t.join();
  if (!ready())
    p.set_value(2);
  f.get();
}

void two_tasks_ok() {
  auto p = std::make_shared<std::promise<int>>();
  auto f = p->get_future();
  std::thread a([p] {
    if (ready())
      p->set_value(1);
  });
  std::thread b([p] {
    if (!ready())
      p->set_value(2);
  });
  f.get();
  a.join();
  b.join();
}

void first_wins_ok() {
  std::promise<int> p;
  std::atomic<bool> decided{false};
  auto query = [&] {
    if (!decided.exchange(true))
      p.set_value(compute());
  };
  std::thread a(query);
  std::thread b(query);
  p.get_future().get();
  a.join();
  b.join();
}

void passed_on(std::promise<int> p);

void passed_on_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread t([p = std::move(p)]() mutable {
    if (ready())
      passed_on(std::move(p));
    else
      p.set_value(1);
  });
  f.get();
  t.join();
}

void flag_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread t([&p] {
    bool done = false;
    if (ready()) {
      p.set_value(1);
      done = true;
    }
    if (!done)
      p.set_value(2);
  });
  f.get();
  t.join();
}

void ends_process_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread t([&p] {
    if (!ready())
      std::terminate();
    p.set_value(1);
  });
  f.get();
  t.join();
}

void expected_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread t([p = std::move(p)]() mutable {
    if (ready())
      p.set_value(1);
  });
  try {
    f.get();
  } catch (const std::future_error &) {
  }
  t.join();
}

// The task has the last share.
int last_share_bad(bool ok) {
  auto p = std::make_shared<std::promise<int>>();
  auto f = p->get_future();
  std::thread t([p, ok] {
    if (!ok)
      return;
    // CHECK: :[[@LINE-1]]:7: warning: {{.*}}'p'
    p->set_value(1);
  });
  t.detach();
  p.reset();
  return f.get();
}
int last_share_ok(bool ok) {
  auto p = std::make_shared<std::promise<int>>();
  auto f = p->get_future();
  std::thread t([p, ok] { p->set_value(ok ? 1 : 2); });
  t.detach();
  p.reset();
  return f.get();
}
