// RUN: %check %s
// The lines of the check's description, with the real standard library.
#include <exception>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

int compute();
bool ready();
void log(const char *text);

//===--- set twice ---===//

void set_twice_bad() {
  std::promise<int> p;
  p.set_value(1);
  p.set_value(2);
  // CHECK: :[[@LINE-1]]:5: warning: 'set_value' sets promise 'p', which has been set already
  // CHECK: :[[@LINE-3]]:5: note: set here first
  // CHECK: :[[@LINE-3]]:5: note: set a promise once on every path, with 'return' after it, or make a new one
}

void missing_return_bad(std::promise<int> p, bool ok) {
  if (!ok)
    p.set_exception(std::make_exception_ptr(std::runtime_error("no")));
  p.set_value(compute());
  // CHECK: :[[@LINE-1]]:5: warning: 'set_value' sets promise 'p', which has been set already
  // CHECK: :[[@LINE-3]]:7: note: set here first
  // CHECK: note: set a promise once
}

void by_reference_bad(std::promise<void> &p) {
  p.set_value();
  p.set_value_at_thread_exit();
  // CHECK: :[[@LINE-1]]:5: warning: 'set_value_at_thread_exit' sets promise 'p', which has been set already
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

void exception_twice_bad(std::promise<int> &p, std::exception_ptr e) {
  p.set_exception_at_thread_exit(e);
  p.set_exception(e);
  // CHECK: :[[@LINE-1]]:5: warning: 'set_exception' sets promise 'p'
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

void pointer_bad() {
  auto p = std::make_shared<std::promise<int>>();
  p->set_value(1);
  p->set_value(2);
  // CHECK: :[[@LINE-1]]:6: warning: 'set_value' sets promise 'p'
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

void raw_pointer_bad(std::promise<int> *p) {
  p->set_value(1);
  (*p).set_value(2);
  // CHECK: :[[@LINE-1]]:8: warning: 'set_value' sets promise 'p'
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

void loop_bad(const std::vector<int> &values) {
  std::promise<int> p;
  for (int v : values)
    p.set_value(v);
  // CHECK: :[[@LINE-1]]:7: warning: 'set_value' sets promise 'p', which has been set in an earlier round of the loop
  // CHECK: :[[@LINE-2]]:7: note: set a promise once
}

void while_loop_bad(std::promise<int> &p) {
  while (ready())
    p.set_value(compute());
  // CHECK: :[[@LINE-1]]:7: warning: 'set_value' sets promise 'p', which has been set in an earlier round of the loop
  // CHECK: note: set a promise once
}

void endless_loop_bad(std::promise<int> &p) {
  for (;;) {
    int v = compute();
    if (v == 0)
      break;
    p.set_value(v);
    // CHECK: :[[@LINE-1]]:7: warning: 'set_value' sets promise 'p', which has been set in an earlier round
    // CHECK: note: set a promise once
  }
}

void loop_and_after_bad(std::promise<int> &p, const std::vector<int> &values) {
  for (int v : values)
    if (v < 0)
      p.set_exception(nullptr);
      // CHECK: :[[@LINE-1]]:9: warning: 'set_exception' sets promise 'p', which has been set in an earlier round
      // CHECK: note: set a promise once
  p.set_value(1);
  // CHECK: :[[@LINE-1]]:5: warning: 'set_value' sets promise 'p', which has been set already
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

void may_throw() { throw std::runtime_error("no"); }

void handler_bad(std::promise<void> p) {
  try {
    p.set_value();
    may_throw();
  } catch (...) {
    p.set_exception(std::current_exception());
    // CHECK: :[[@LINE-1]]:7: warning: 'set_exception' sets promise 'p', which has been set already
    // CHECK: note: set here first
    // CHECK: note: set a promise once
  }
}

class Session {
public:
  void finish() {
    done_.set_value(1);
    done_.set_value(2);
    // CHECK: :[[@LINE-1]]:11: warning: 'set_value' sets promise 'done_'
    // CHECK: note: set here first
    // CHECK: note: set a promise once
  }
  void fail() {
    complete();
    done_.set_value(0);
    // CHECK: :[[@LINE-1]]:11: warning: 'set_value' sets promise 'done_'
    // CHECK: :[[@LINE-3]]:5: note: set here first
    // CHECK: note: set a promise once
  }
  void complete() { done_.set_value(3); }

private:
  std::promise<int> done_;
};

static void finish(std::promise<int> &p, int v) { p.set_value(v); }

void through_callee_bad() {
  std::promise<int> p;
  finish(p, 1);
  finish(p, 2);
  // CHECK: :[[@LINE-1]]:3: warning: 'finish' sets promise 'p', which has been set already
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

void in_task_bad() {
  std::promise<int> p;
  std::future<int> f = p.get_future();
  std::thread t([&p] {
    p.set_value(1);
    p.set_value(2);
    // CHECK: :[[@LINE-1]]:7: warning: 'set_value' sets promise 'p'
    // CHECK: note: set here first
    // CHECK: note: set a promise once
  });
  f.get();
  t.join();
}

void moved_into_task_bad() {
  std::promise<int> p;
  std::thread t([q = std::move(p)]() mutable {
    q.set_value(1);
    q.set_exception(nullptr);
    // CHECK: :[[@LINE-1]]:7: warning: 'set_exception' sets promise 'q'
    // CHECK: note: set here first
    // CHECK: note: set a promise once
  });
  t.join();
}

void local_function_bad() {
  std::promise<int> p;
  auto done = [&](int v) { p.set_value(v); };
  done(1);
  done(2);
  // CHECK: :[[@LINE-1]]:3: warning: 'lambda' sets promise 'p'
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}

void moved_then_set_bad(std::promise<int> p) {
  p.set_value(1);
  std::promise<int> q = std::move(p);
  q.set_value(2);
  // CHECK: :[[@LINE-1]]:5: warning: 'set_value' sets promise 'q'
  // CHECK: :[[@LINE-4]]:5: note: set here first
  // CHECK: note: set a promise once
}

//===--- get_future twice ---===//

void future_twice_bad() {
  std::promise<int> p;
  auto f = p.get_future();
  auto g = p.get_future();
  // CHECK: :[[@LINE-1]]:14: warning: 'get_future' takes the future of promise 'p', which has been taken already
  // CHECK: :[[@LINE-3]]:14: note: taken here first
  // CHECK: :[[@LINE-3]]:14: note: keep the future that the first call has returned; 'share' makes one that many can wait for
}

void future_loop_bad(std::vector<std::thread> &threads) {
  std::promise<void> go;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([f = go.get_future()] { f.wait(); });
  // CHECK: :[[@LINE-1]]:34: warning: 'get_future' takes the future of promise 'go', which has been taken in an earlier round of the loop
  // CHECK: note: keep the future
  go.set_value();
}

//===--- get twice ---===//

int get_twice_bad() {
  std::future<int> f = std::async(std::launch::async, compute);
  int a = f.get();
  return a + f.get();
  // CHECK: :[[@LINE-1]]:16: warning: 'get' takes the result of future 'f', whose result has been taken already
  // CHECK: :[[@LINE-3]]:13: note: taken here first
  // CHECK: :[[@LINE-3]]:16: note: keep the result, or use a shared future
}

int get_some_path_bad(std::future<int> f, bool log_it) {
  if (log_it)
    log(f.get() ? "yes" : "no");
  return f.get();
  // CHECK: :[[@LINE-1]]:12: warning: 'get' takes the result of future 'f'
  // CHECK: note: taken here first
  // CHECK: note: keep the result
}

void get_in_loop_bad(std::future<int> f) {
  for (int i = 0; i < 3; ++i)
    log(f.get() ? "yes" : "no");
  // CHECK: :[[@LINE-1]]:11: warning: 'get' takes the result of future 'f', whose result has been taken in an earlier round of the loop
  // CHECK: note: keep the result
}

void wait_after_get_bad(std::future<int> &f) {
  f.get();
  f.wait();
  // CHECK: :[[@LINE-1]]:5: warning: 'wait' waits for future 'f', whose result has been taken already
  // CHECK: note: taken here first
  // CHECK: note: keep the result
}

//===--- only this thread can set it ---===//

int deadlock_bad() {
  std::promise<int> p;
  std::future<int> f = p.get_future();
  int v = f.get();
  // CHECK: :[[@LINE-1]]:13: warning: 'get' never returns: only this thread can set promise 'p', and it has not done so yet
  // CHECK: :[[@LINE+2]]:5: note: it is set here
  // CHECK: :[[@LINE-3]]:13: note: set the promise first, or hand it to another thread
  p.set_value(1);
  return v;
}

void direct_bad() {
  std::promise<void> p;
  p.get_future().wait();
  // CHECK: :[[@LINE-1]]:18: warning: 'wait' never returns: only this thread can set promise 'p'
  // CHECK: note: it is set here
  // CHECK: note: set the promise first
  p.set_value();
}

void task_bad() {
  std::packaged_task<int()> task(compute);
  auto f = task.get_future();
  f.wait();
  // CHECK: :[[@LINE-1]]:5: warning: 'wait' never returns: only this thread can run packaged task 'task', and it has not done so yet
  // CHECK: :[[@LINE+2]]:3: note: it runs here
  // CHECK: note: run the task first, or hand it to another thread
  task();
}

int scope_bad(bool ok) {
  std::future<int> f;
  {
    std::promise<int> p;
    f = p.get_future();
    if (ok)
      p.set_value(1);
  }
  return f.get();
  // CHECK: :[[@LINE-1]]:12: warning: 'get' throws: promise 'p' has been destroyed without a result
  // CHECK: :[[@LINE-2]]:12: note: set a value or an exception on every path before its scope ends
}

//===--- packaged tasks ---===//

void task_twice_bad() {
  std::packaged_task<int()> task(compute);
  task();
  task();
  // CHECK: :[[@LINE-1]]:3: warning: 'operator()' runs packaged task 'task', which has run already
  // CHECK: :[[@LINE-3]]:3: note: it ran here first
  // CHECK: note: 'reset' makes it ready for another run, with a new future
}

void task_future_twice_bad(std::packaged_task<int()> &task) {
  auto f = task.get_future();
  auto g = task.get_future();
  // CHECK: :[[@LINE-1]]:17: warning: 'get_future' takes the future of packaged task 'task'
  // CHECK: note: taken here first
  // CHECK: note: keep the future
}

template <class T> void generic_bad(std::promise<T> &p) {
  p.set_value(T());
  p.set_value(T());
  // CHECK: :[[@LINE-1]]:5: warning: 'set_value' sets promise 'p'
  // CHECK: note: set here first
  // CHECK: note: set a promise once
}
template void generic_bad(std::promise<int> &);
template void generic_bad(std::promise<long> &);
