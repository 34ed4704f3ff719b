// RUN: %check %s
// What is left alone.
#include <atomic>
#include <chrono>
#include <exception>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

int compute();
bool ready();
bool claim(int *state);
void take(std::promise<int> p);
void use(std::promise<int> &p);
void use(std::future<int> &f);

void branches_ok(std::promise<int> p, bool ok) {
  if (ok)
    p.set_value(1);
  else
    p.set_exception(nullptr);
}

void return_ok(std::promise<int> p, bool ok) {
  if (!ok) {
    p.set_exception(nullptr);
    return;
  }
  p.set_value(1);
}

void handler_ok(std::promise<int> p) {
  try {
    p.set_value(compute());
  } catch (...) {
    p.set_exception(std::current_exception());
  }
}

int at(const std::vector<int> &v) { return v.at(3); }

void visible_throw_ok(std::promise<int> p, const std::vector<int> &v) {
  try {
    int x = at(v);
    p.set_value(x);
  } catch (const std::exception &) {
    p.set_exception(std::current_exception());
  }
}

void tolerant_ok(std::promise<int> &p) {
  p.set_value(0);
  try {
    p.set_value(1);
  } catch (const std::future_error &) {
    // somebody was faster
  }
}

void same_condition_ok(std::promise<int> p, bool ok) {
  if (ok)
    p.set_value(1);
  compute();
  if (!ok)
    p.set_value(2);
}

void flag_ok(std::promise<int> p) {
  bool done = false;
  if (ready()) {
    p.set_value(1);
    done = true;
  }
  if (!done)
    p.set_value(2);
}

struct Once {
  void set(int v) {
    if (!done_.exchange(true))
      p_.set_value(v);
    if (!done_.exchange(true))
      p_.set_value(0);
  }
  void member() {
    if (!plain_) {
      p_.set_value(1);
      plain_ = true;
    }
    if (!plain_)
      p_.set_value(2);
  }
  void stored() {
    p_.set_value(1);
    done_.store(true);
    if (!done_.load())
      p_.set_value(2);
  }
  void again() {
    p_.set_value(1);
    renew();
    p_.set_value(2);
  }
  void unseen();
  void behind() {
    p_.set_value(1);
    unseen();
    p_.set_value(2);
  }
  void renew() { p_ = std::promise<int>(); }
  std::promise<int> p_;
  std::atomic<bool> done_{false};
  bool plain_ = false;
};

void claimed_ok(std::promise<int> &p, int *state) {
  if (claim(state))
    p.set_value(1);
  if (claim(state))
    p.set_value(2);
}

void new_promise_ok() {
  std::promise<int> p;
  p.set_value(1);
  p = std::promise<int>();
  auto f = p.get_future();
  p.set_value(2);
  f.get();
}

void swapped_ok(std::promise<int> &other) {
  std::promise<int> p;
  p.set_value(1);
  p.swap(other);
  p.set_value(2);
}

void moved_ok() {
  std::promise<int> p;
  p.set_value(1);
  take(std::move(p));
  p = {};
  p.set_value(2);
}

void loop_break_ok(std::promise<int> &p, const std::vector<int> &values) {
  for (int v : values)
    if (v > 3) {
      p.set_value(v);
      break;
    }
}

void loop_flag_ok(std::promise<int> &p) {
  bool found = false;
  while (!found) {
    int v = compute();
    if (v > 3) {
      p.set_value(v);
      found = true;
    }
  }
}

void loop_match_ok(std::promise<int> &p, const std::map<int, int> &values, int key) {
  for (const auto &entry : values)
    if (entry.first == key)
      p.set_value(entry.second);
}

void each_its_own_ok(std::vector<std::promise<int>> &promises) {
  for (auto &p : promises)
    p.set_value(1);
  for (unsigned i = 0; i < promises.size(); ++i)
    promises[i].set_value(2);
  for (auto it = promises.begin(); it != promises.end(); ++it)
    it->set_value(3);
}

void inner_ok() {
  for (int i = 0; i < 3; ++i) {
    std::promise<int> p;
    p.set_value(i);
  }
}

struct Node {
  std::promise<int> done;
  Node *next;
};
void list_ok(Node *n) {
  while (n) {
    n->done.set_value(1);
    n = n->next;
  }
}

void retry_ok(std::promise<int> p) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    int v = compute();
    if (v == 0)
      continue;
    p.set_value(v);
    return;
  }
  p.set_exception(nullptr);
}

//===--- futures ---===//

int shared_ok(std::shared_future<int> f) { return f.get() + f.get(); }

int share_ok(std::promise<int> &p) {
  auto f = p.get_future().share();
  p.set_value(1);
  return f.get() + f.get();
}

int valid_ok(std::future<int> f, bool first) {
  int v = 0;
  if (first)
    v = f.get();
  if (f.valid())
    v += f.get();
  return v;
}

int valid_result_ok(std::future<int> f) {
  int v = f.get();
  bool more = f.valid();
  if (more)
    v += f.get();
  return v;
}

int reassigned_ok() {
  auto f = std::async(std::launch::async, compute);
  int v = f.get();
  f = std::async(std::launch::async, compute);
  return v + f.get();
}

int loop_reassigned_ok() {
  std::future<int> f;
  int sum = 0;
  for (int i = 0; i < 3; ++i) {
    f = std::async(std::launch::async, compute);
    sum += f.get();
  }
  return sum;
}

int wait_then_get_ok(std::future<int> f) {
  f.wait();
  while (f.wait_for(std::chrono::seconds(1)) != std::future_status::ready)
    ;
  return f.get();
}

void either_ok(std::future<int> f, bool a) {
  if (a)
    f.get();
  else
    f.get();
}

struct Worker {
  int next() {
    int v = result_.get();
    restart();
    return v + result_.get();
  }
  void restart() { result_ = std::async(std::launch::async, compute); }
  std::future<int> result_;
};

struct Rounds {
  void run() {
    while (ready()) {
      std::unique_lock<std::mutex> lock(mu_);
      request_.set_value(compute());
    }
  }
  std::future<int> request() {
    std::unique_lock<std::mutex> lock(mu_);
    request_ = std::promise<int>();
    return request_.get_future();
  }
  std::mutex mu_;
  std::promise<int> request_;
};

//===--- who sets it ---===//

int set_first_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  p.set_value(1);
  return f.get();
}

int by_thread_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread t([&p] { p.set_value(1); });
  int v = f.get();
  t.join();
  return v;
}

int by_moved_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread(take, std::move(p)).detach();
  return f.get();
}

int by_reference_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  use(p);
  return f.get();
}

int unknown_promise_ok(std::promise<int> &p) {
  auto f = p.get_future();
  int v = f.get();
  p.set_value(1);
  return v;
}

int some_path_ok(bool b) {
  std::promise<int> p;
  auto f = p.get_future();
  if (b)
    p.set_value(1);
  else
    use(p);
  return f.get();
}

void timed_ok() {
  std::promise<void> p;
  auto f = p.get_future();
  f.wait_for(std::chrono::milliseconds(10));
  p.set_value();
}

void other_future_ok() {
  std::promise<int> p;
  auto f = p.get_future();
  std::thread t([&f] { f.get(); });
  p.set_value(1);
  t.join();
}

void task_in_thread_ok() {
  std::packaged_task<int()> task(compute);
  auto f = task.get_future();
  std::thread t(std::move(task));
  f.get();
  t.join();
}

void task_reset_ok() {
  std::packaged_task<int()> task(compute);
  task();
  task.reset();
  auto f = task.get_future();
  task();
  f.get();
}

void task_loop_ok() {
  std::packaged_task<int()> task(compute);
  for (int i = 0; i < 3; ++i) {
    task();
    task.reset();
  }
}
