// RUN: %check %s -- -std=c++20
// Failures of tasks that nobody sees.
#include <chrono>
#include <exception>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

void work();
void log(const char *);
struct Status { bool ok; };
enum class ErrorCode { None, Failed };
void parse(const std::string &s) {
  if (s.empty())
    throw std::runtime_error("empty");
}
Status save();

void discarded_bad() {
  (void)std::async(std::launch::async, [] { parse(""); });
  // CHECK: :[[@LINE-1]]:9: warning: the task may throw, and nobody reads its future
  // CHECK: note: the task is this function
  // CHECK: note: call 'get()' on the future, or handle the failure in the task
}
void waited_only_bad() {
  auto f = std::async(std::launch::async, [] { parse(""); });
  // CHECK: :[[@LINE-1]]:12: warning: the task may throw, and nobody reads its future
  // CHECK: note: the task is this function
  // CHECK: note: call
  work();
  f.wait();
}
void status_bad() {
  auto f = std::async(std::launch::async, [] { return save(); });
  // CHECK: :[[@LINE-1]]:12: warning: the task returns whether it has failed, and nobody reads its future
  // CHECK: note: the task is this function
  // CHECK: note: call
  work();
  f.wait();
}
void stoi_bad(std::string s) {
  auto f = std::async(std::launch::async, [s] { (void)std::stoi(s); });
  // CHECK: :[[@LINE-1]]:12: warning: the task may throw
  // CHECK: note: the task is this function
  // CHECK: note: call
  work();
}
void empty_handler_bad() {
  std::thread t([] {
    try {
      parse("");
      work();
    } catch (...) {
    }
    // CHECK: :[[@LINE-2]]:7: warning: this handler drops every exception of the task
    // CHECK: :[[@LINE-7]]:15: note: the task starts here
    // CHECK: note: log or count it, or keep 'std::current_exception()' for whoever waits
  });
  t.join();
}
void *entry(void *) {
  try {
    work();
  } catch (...) {
  }
  // CHECK: :[[@LINE-2]]:5: warning: this handler drops every exception of the task
  // CHECK: note: the task starts here
  // CHECK: note: log
  return nullptr;
}
void function_bad() { std::thread(entry, nullptr).detach(); }

void read_ok() {
  auto f = std::async(std::launch::async, [] { parse(""); });
  work();
  f.get();
}
void cannot_throw_ok() {
  auto f = std::async(std::launch::async, [] { work(); });
  log("started");
}
void caught_inside_ok() {
  auto f = std::async(std::launch::async, [] {
    try {
      parse("");
    } catch (const std::exception &e) {
      log(e.what());
    }
  });
  log("started");
}
std::future<void> handed_on_ok() { return std::async(std::launch::async, [] { parse(""); }); }
void use(std::future<void> &);
void passed_ok() {
  auto f = std::async(std::launch::async, [] { parse(""); });
  use(f);
}
struct Keeps {
  std::future<void> f;
  std::vector<std::future<void>> all;
  std::exception_ptr error;
  void kept_ok() {
    f = std::async(std::launch::async, [] { parse(""); });
    all.push_back(std::async(std::launch::async, [] { parse(""); }));
  }
  void stored_ok() {
    std::thread t([this] {
      try {
        work();
      } catch (...) {
        error = std::current_exception();
      }
    });
    t.join();
  }
};
void logged_ok() {
  std::thread t([] {
    try {
      work();
    } catch (...) {
      log("failed");
    }
  });
  t.join();
}
void commented_ok() {
  std::thread t([] {
    try {
      work();
    } catch (...) {
      // Shutting down: nobody is left to tell.
    }
  });
  t.join();
}
void part_of_the_body_ok() {
  std::thread t([] {
    try {
      work();
    } catch (...) {
    }
    log("done");
  });
  t.join();
}
void returns_bad() {
  std::thread t([] {
    int tries = 0;
    try {
      ++tries;
      parse("");
    } catch (...) {
      return;
    }
    // CHECK: :[[@LINE-3]]:7: warning: this handler drops every exception of the task
    // CHECK: note: the task starts here
    // CHECK: note: log or count it
  });
  t.join();
}
void returns_with_reason_ok() {
  std::thread t([] {
    try {
      parse("");
    } catch (...) {
      return; // tried again tomorrow
    }
  });
  t.join();
}
bool returns_failure_ok() {
  auto done = std::async(std::launch::async, [] {
    try {
      parse("");
    } catch (...) {
      return false;
    }
    return true;
  });
  work();
  return done.get();
}
void package_bad() {
  std::packaged_task<void()> task([] { parse(""); });
  auto done = task.get_future();
  std::thread t(std::move(task));
  // CHECK: :[[@LINE-1]]:15: warning: the task may throw, and nobody reads its future
  // CHECK: note: the task is this function
  // CHECK: note: call 'get()'
  t.join();
  done.wait();
}
void package_without_future_bad() {
  std::packaged_task<void()> task([] { parse(""); });
  std::thread t(std::move(task));
  // CHECK: :[[@LINE-1]]:15: warning: the task may throw, and nobody reads its future
  // CHECK: note: the task is this function
  // CHECK: note: call 'get()'
  t.join();
}
void package_ok() {
  std::packaged_task<void()> task([] { parse(""); });
  auto done = task.get_future();
  std::thread t(std::move(task));
  t.join();
  done.get();
}
std::future<void> package_handed_on_ok() {
  std::packaged_task<void()> task([] { parse(""); });
  auto done = task.get_future();
  std::thread(std::move(task)).detach();
  return done;
}
void package_seen_ok(void (*look)(std::packaged_task<void()> &)) {
  std::packaged_task<void()> task([] { parse(""); });
  look(task);
  std::thread t(std::move(task));
  t.join();
}
