// RUN: %check %s
// Deferred tasks and timed waits.
#include <chrono>
#include <future>

using namespace std::chrono_literals;
int work();
void draw();

int until_ready_bad() {
  auto f = std::async(work);
  // CHECK: :[[@LINE-1]]:12: warning: task may be deferred, and then this future, which is only polled, is never ready
  // CHECK: :[[@LINE+3]]:12: note: polled here
  // CHECK: note: ask for 'std::launch::async'
  draw();
  while (f.wait_for(0s) != std::future_status::ready)
    draw();
  return f.get();
}
int status_bad() {
  auto f = std::async(std::launch::async | std::launch::deferred, work);
  // CHECK: :[[@LINE-1]]:12: warning: task may be deferred
  // CHECK: note: polled here
  // CHECK: note: ask for
  std::future_status status;
  do {
    status = f.wait_for(10ms);
    draw();
  } while (status != std::future_status::ready);
  return f.get();
}
void never_got_bad() {
  auto f = std::async([] { work(); });
  // CHECK: :[[@LINE-1]]:12: warning: task may be deferred
  // CHECK: note: polled here
  // CHECK: note: ask for
  for (;;) {
    draw();
    if (f.wait_for(0s) == std::future_status::ready)
      break;
  }
}
int deferred_bad() {
  auto f = std::async(std::launch::deferred, work);
  if (f.wait_for(1s) == std::future_status::ready)
    // CHECK: :[[@LINE-1]]:9: warning: a timed wait never runs a deferred task: it returns 'future_status::deferred' at once
    // CHECK: :[[@LINE-3]]:12: note: the task is deferred here
    // CHECK: note: ask for 'std::launch::async', or call 'get()'
    return f.get();
  return 0;
}

int async_ok() {
  auto f = std::async(std::launch::async, work);
  while (f.wait_for(0s) != std::future_status::ready)
    draw();
  return f.get();
}
int until_no_time_out_ok() {
  auto f = std::async(work);
  while (f.wait_for(0s) == std::future_status::timeout)
    draw();
  return f.get();
}
int tested_ok() {
  auto f = std::async(work);
  if (f.wait_for(0s) == std::future_status::deferred)
    return f.get();
  while (f.wait_for(0s) != std::future_status::ready)
    draw();
  return f.get();
}
int bounded_ok() {
  auto f = std::async(work);
  for (int i = 0; i < 10; ++i)
    if (f.wait_for(10ms) == std::future_status::ready)
      break;
  return f.get();
}
void use(std::future<int> &);
void elsewhere_ok() {
  auto f = std::async(work);
  use(f);
  while (f.wait_for(0s) != std::future_status::ready)
    draw();
}
