// RUN: %check %s -- -std=c++20
// Time-outs whose future then waits in its destructor.
#include <atomic>
#include <chrono>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

using namespace std::chrono_literals;
int query();
void log(const char *);

int compared_bad() {
  auto f = std::async(std::launch::async, query);
  if (f.wait_for(1s) == std::future_status::timeout)
    // CHECK: :[[@LINE-1]]:9: warning: 'wait_for' may give up, but the future's destructor waits for the task all the same: the time-out has no effect
    // CHECK: :[[@LINE-3]]:12: note: the task starts here
    // CHECK: :[[@LINE+2]]:5: note: the future is destroyed here
    // CHECK: :[[@LINE-4]]:9: note: ask the task to stop when the time is up, or keep the future where it outlives the function
    return -1;
  return f.get();
}
std::optional<int> ready_bad() {
  std::future<int> f = std::async(std::launch::async, query);
  if (f.wait_for(1s) == std::future_status::ready)
    // CHECK: :[[@LINE-1]]:9: warning: 'wait_for' may give up
    // CHECK: note: the task starts here
    // CHECK: note: the future is destroyed here
    // CHECK: note: ask
    return f.get();
  std::cerr << "timed out\n";
  log("timed out");
  return std::nullopt;
}
int throws_bad() {
  auto f = std::async(std::launch::async, query);
  if (f.wait_until(std::chrono::steady_clock::now() + 1s) != std::future_status::ready)
    // CHECK: :[[@LINE-1]]:9: warning: 'wait_until' may give up
    // CHECK: note: the task starts here
    // CHECK: :[[@LINE+2]]:5: note: the future is destroyed here
    // CHECK: note: ask
    throw std::runtime_error("timed out");
  return f.get();
}
int kept_status_bad() {
  auto f = std::async(query);
  std::future_status status = f.wait_for(100ms);
  // CHECK: :[[@LINE-1]]:33: warning: 'wait_for' may give up
  // CHECK: note: the task starts here
  // CHECK: note: the future is destroyed here
  // CHECK: note: ask
  if (status == std::future_status::ready)
    return f.get();
  return -1;
}
int switch_bad() {
  auto f = std::async(std::launch::async, query);
  switch (f.wait_for(100ms)) {
  // CHECK: :[[@LINE-1]]:13: warning: 'wait_for' may give up
  // CHECK: note: the task starts here
  // CHECK: note: the future is destroyed here
  // CHECK: note: ask
  case std::future_status::ready:
  case std::future_status::deferred:
    return f.get();
  case std::future_status::timeout:
    break;
  }
  return -1;
}
void ignored_bad() {
  auto f = std::async(std::launch::async, query);
  f.wait_for(1s);
  // CHECK: :[[@LINE-1]]:5: warning: 'wait_for' may give up
  // CHECK: note: the task starts here
  // CHECK: note: the future is destroyed here
  // CHECK: note: ask
}
bool returned_bad() {
  auto f = std::async(std::launch::async, query);
  return f.wait_for(1s) == std::future_status::ready;
  // CHECK: :[[@LINE-1]]:12: warning: 'wait_for' may give up
  // CHECK: note: the task starts here
  // CHECK: note: the future is destroyed here
  // CHECK: note: ask
}
bool temporary_bad() {
  return std::async(std::launch::async, query).wait_for(1s) == std::future_status::ready;
  // CHECK: :[[@LINE-1]]:48: warning: 'wait_for' may give up
  // CHECK: note: the task starts here
  // CHECK: note: the future is destroyed here
  // CHECK: note: ask
}
int flag_bad() {
  auto f = std::async(std::launch::async, query);
  bool ready = f.wait_for(1s) == std::future_status::ready;
  // CHECK: :[[@LINE-1]]:18: warning: 'wait_for' may give up
  // CHECK: note: the task starts here
  // CHECK: note: the future is destroyed here
  // CHECK: note: ask
  if (!ready)
    return -1;
  return f.get();
}
void container_bad(int n) {
  std::vector<std::future<int>> all;
  for (int i = 0; i < n; ++i)
    all.push_back(std::async(std::launch::async, query));
  for (auto &f : all)
    if (f.wait_for(1s) != std::future_status::ready)
      // CHECK: :[[@LINE-1]]:11: warning: 'wait_for' may give up
      // CHECK: note: the task starts here
      // CHECK: note: the future is destroyed here
      // CHECK: note: ask
      return;
}

int waits_after_all_ok() {
  auto f = std::async(std::launch::async, query);
  if (f.wait_for(1s) == std::future_status::timeout)
    log("slow");
  return f.get();
}
int flag_then_wait_ok() {
  auto f = std::async(std::launch::async, query);
  bool ready = f.wait_for(1s) == std::future_status::ready;
  if (!ready)
    f.wait();
  return 0;
}
int polls_ok() {
  auto f = std::async(std::launch::async, query);
  while (f.wait_for(100ms) != std::future_status::ready)
    log("still waiting");
  return 1;
}
int stops_ok() {
  std::atomic<bool> stop{false};
  auto f = std::async(std::launch::async, [&] {
    while (!stop)
      query();
    return 1;
  });
  if (f.wait_for(1s) == std::future_status::timeout) {
    stop = true;
    return -1;
  }
  return f.get();
}
int stop_source_ok() {
  std::stop_source source;
  auto f = std::async(std::launch::async, [token = source.get_token()] {
    while (!token.stop_requested())
      query();
    return 1;
  });
  if (f.wait_for(1s) != std::future_status::ready) {
    source.request_stop();
    return -1;
  }
  return f.get();
}
struct Connection {
  int read();
  void close();
};
int closes_ok(std::shared_ptr<Connection> c) {
  auto f = std::async(std::launch::async, [c] { return c->read(); });
  if (f.wait_for(1s) == std::future_status::timeout) {
    c->close();
    return -1;
  }
  return f.get();
}
struct Client {
  std::future<int> pending;
  std::vector<std::future<int>> zombies;
  int member_ok() {
    pending = std::async(std::launch::async, query);
    if (pending.wait_for(1s) == std::future_status::timeout)
      return -1;
    return pending.get();
  }
  int handed_on_ok() {
    auto f = std::async(std::launch::async, query);
    if (f.wait_for(1s) == std::future_status::timeout) {
      zombies.push_back(std::move(f));
      return -1;
    }
    return f.get();
  }
};
std::future<int> returned_ok() {
  auto f = std::async(std::launch::async, query);
  f.wait_for(10ms);
  return f;
}
int static_ok() {
  static auto f = std::async(std::launch::async, query);
  if (f.wait_for(1s) == std::future_status::timeout)
    return -1;
  return f.get();
}
// The destructor of a promise's future does not wait.
int promise_ok(std::promise<int> &p) {
  auto f = p.get_future();
  if (f.wait_for(1s) == std::future_status::timeout)
    return -1;
  return f.get();
}
[[noreturn]] void die();
int ends_the_process_ok() {
  auto f = std::async(std::launch::async, query);
  if (f.wait_for(1s) == std::future_status::timeout)
    die();
  return f.get();
}
int deferred_ok() {
  auto f = std::async(std::launch::deferred, query);
  f.wait_for(0s);
  return 0;
}
int common_flag_ok(std::atomic<bool> &quit) {
  auto f = std::async(std::launch::async, [&] {
    while (!quit)
      query();
    return 1;
  });
  while (f.wait_for(100ms) != std::future_status::ready)
    if (quit)
      return -1;
  return f.get();
}
int fetch(const std::string &url);
int says_what_bad(std::string url) {
  auto f = std::async(std::launch::async, [url] { return fetch(url); });
  if (f.wait_for(1s) != std::future_status::ready)
    // CHECK: :[[@LINE-1]]:9: warning: 'wait_for' may give up
    // CHECK: note: the task starts here
    // CHECK: note: the future is destroyed here
    // CHECK: note: ask
    throw std::runtime_error("timed out: " + url);
  return f.get();
}

// A guard that is younger than the future asks the task to stop.
void work();
struct Cancel {
  std::atomic<bool> &flag;
  ~Cancel() { flag = true; }
};
int guard_ok() {
  std::atomic<bool> stop{false};
  auto f = std::async(std::launch::async, [&] {
    while (!stop)
      work();
    return 1;
  });
  Cancel c{stop};
  if (f.wait_for(1s) == std::future_status::timeout)
    return -1;
  return f.get();
}
int guard_throws_ok() {
  std::atomic<bool> stop{false};
  auto f = std::async(std::launch::async, [&] {
    while (!stop)
      work();
    return 1;
  });
  Cancel c{stop};
  if (f.wait_for(1s) == std::future_status::timeout)
    throw std::runtime_error("late");
  return f.get();
}
int older_guard_bad() {
  std::atomic<bool> stop{false};
  Cancel c{stop};
  auto f = std::async(std::launch::async, [&] {
    while (!stop)
      work();
    return 1;
  });
  if (f.wait_for(1s) == std::future_status::timeout)
    // CHECK: :[[@LINE-1]]:9: warning: 'wait_for' may give up
    // CHECK: note: the task starts here
    // CHECK: note: the future is destroyed here
    // CHECK: note: ask
    return -1;
  return f.get();
}

// A handler in the same function.
int caught_inside_bad(std::string url) {
  try {
    auto f = std::async(std::launch::async, [url] { return fetch(url); });
    if (f.wait_for(1s) == std::future_status::timeout)
      // CHECK: :[[@LINE-1]]:11: warning: 'wait_for' may give up
      // CHECK: note: the task starts here
      // CHECK: :[[@LINE+2]]:7: note: the future is destroyed here
      // CHECK: note: ask
      throw std::runtime_error("late");
    return f.get();
  } catch (const std::exception &) {
    return 0;
  }
}
int caught_outside_bad(std::string url) {
  auto f = std::async(std::launch::async, [url] { return fetch(url); });
  try {
    if (f.wait_for(1s) == std::future_status::timeout)
      // CHECK: :[[@LINE-1]]:11: warning: 'wait_for' may give up
      // CHECK: note: the task starts here
      // CHECK: note: the future is destroyed here
      // CHECK: note: ask
      throw std::runtime_error("late");
    return f.get();
  } catch (const std::exception &) {
    return 0;
  }
}
int handler_stops_ok() {
  std::atomic<bool> stop{false};
  auto f = std::async(std::launch::async, [&] {
    while (!stop)
      work();
    return 1;
  });
  try {
    if (f.wait_for(1s) == std::future_status::timeout)
      throw std::runtime_error("late");
    return f.get();
  } catch (const std::exception &) {
    stop = true;
    return 0;
  }
}
