// RUN: %check %s -- -std=c++20
// Tasks that are waited for at once.
#include <chrono>
#include <future>
#include <iostream>
#include <memory>
#include <thread>
#include <tuple>
#include <vector>

int work(int = 0);
void log(const char *);

void discarded_bad() {
  std::async(std::launch::async, work, 1);
  // CHECK: :[[@LINE-1]]:3: warning: the discarded future's destructor waits for the task, so nothing runs beside it
  // CHECK: note: keep the future and wait after the other work, or call the function directly
}
void discarded_default_policy_bad() {
  std::async(work, 1);
  // CHECK: :[[@LINE-1]]:3: warning: the discarded future
  // CHECK: note: keep
}
void cast_to_void_bad() {
  (void)std::async(std::launch::async, work, 1);
  // CHECK: :[[@LINE-1]]:9: warning: the discarded future
  // CHECK: note: keep
  static_cast<void>(std::async(std::launch::async, work, 2));
  // CHECK: :[[@LINE-1]]:21: warning: the discarded future
  // CHECK: note: keep
  std::ignore = std::async(std::launch::async, work, 3);
  // CHECK: :[[@LINE-1]]:17: warning: the discarded future
  // CHECK: note: keep
}
void comma_bad() {
  std::async(std::launch::async, work, 1), log("started");
  // CHECK: :[[@LINE-1]]:3: warning: the discarded future
  // CHECK: note: keep
}
void loop_bad(const std::vector<int> &v) {
  for (int x : v)
    std::async(std::launch::async, work, x);
  // CHECK: :[[@LINE-1]]:5: warning: the discarded future
  // CHECK: note: start all of them before the first wait
}
template <class T> void template_bad(T t) {
  (void)std::async(std::launch::async, [t] { work(t); });
  // CHECK: :[[@LINE-1]]:9: warning: the discarded future
  // CHECK: note: keep
}
template void template_bad(int);
template void template_bad(char);

std::future<int> returned_ok() { return std::async(std::launch::async, work, 1); }
struct Kept {
  std::future<int> f = std::async(std::launch::async, work, 1);
  std::future<int> g;
  Kept() : g(std::async(std::launch::async, work, 2)) {}
};
void kept_ok(std::future<int> &out) { out = std::async(std::launch::async, work, 1); }
void take(std::future<int>);
void passed_ok() { take(std::async(std::launch::async, work, 1)); }
void second_of_comma_ok(std::future<int> &out) { out = (log("x"), std::async(std::launch::async, work, 1)); }
void deferred_ok() { auto f = std::async(std::launch::deferred, work, 1); work(); f.get(); }
auto heap_ok() { return std::make_unique<std::future<int>>(std::async(std::launch::async, work, 1)); }
void captured_ok() {
  auto hold = [f = std::async(std::launch::async, work, 1)]() mutable { return f.get(); };
  work();
  hold();
}

int same_expression_bad() {
  return std::async(std::launch::async, work, 1).get();
  // CHECK: :[[@LINE-1]]:10: warning: task is waited for at once, so nothing runs beside it
  // CHECK: :[[@LINE-2]]:50: note: waited for here
  // CHECK: note: keep the future
}
void same_expression_wait_bad() {
  std::async(std::launch::async, work, 1).wait();
  // CHECK: :[[@LINE-1]]:3: warning: task is waited for at once
  // CHECK: note: waited for here
  // CHECK: note: keep the future
}
int next_statement_bad() {
  auto f = std::async(std::launch::async, work, 1);
  // CHECK: :[[@LINE-1]]:12: warning: task is waited for at once
  // CHECK: :[[@LINE+2]]:13: note: waited for here
  // CHECK: note: keep the future
  int r = f.get();
  return r;
}
int one_after_the_other_bad() {
  std::future<int> a = std::async(std::launch::async, work, 1);
  // CHECK: :[[@LINE-1]]:24: warning: task is waited for at once
  // CHECK: note: waited for here
  // CHECK: note: keep the future
  int x = a.get();
  std::future<int> b = std::async(std::launch::async, work, 2);
  // CHECK: :[[@LINE-1]]:24: warning: task is waited for at once
  // CHECK: note: waited for here
  // CHECK: note: keep the future
  return x + b.get();
}
void wait_bad() {
  auto f = std::async(std::launch::async, [] { work(); });
  // CHECK: :[[@LINE-1]]:12: warning: task is waited for at once
  // CHECK: note: waited for here
  // CHECK: note: keep the future
  f.wait();
  work();
}
void scope_bad() {
  {
    auto f = std::async(std::launch::async, [] { work(); });
    // CHECK: :[[@LINE-1]]:14: warning: task is waited for at once
    // CHECK: note: the end of its variable's life waits for it here
    // CHECK: note: keep the future
  }
  work();
}
int operands_bad() {
  return std::async(std::launch::async, work, 1).get() +
         // CHECK: :[[@LINE-1]]:10: warning: task is waited for at once
         // CHECK: note: waited for here
         // CHECK: note: keep the future
         std::async(std::launch::async, work, 2).get();
  // CHECK: :[[@LINE-1]]:10: warning: task is waited for at once
  // CHECK: note: waited for here
  // CHECK: note: keep the future
}

int work_between_ok() {
  auto f = std::async(std::launch::async, work, 1);
  int mine = work(2);
  return mine + f.get();
}
int work_in_the_expression_ok() {
  auto f = std::async(std::launch::async, work, 1);
  return work(2) + f.get();
}
int two_ok() {
  auto a = std::async(std::launch::async, work, 1);
  auto b = std::async(std::launch::async, work, 2);
  return a.get() + b.get();
}
int two_backwards_ok() {
  auto a = std::async(std::launch::async, work, 1);
  auto b = std::async(std::launch::async, work, 2);
  int y = b.get();
  return y + a.get();
}
int beside_a_thread_ok() {
  std::thread t([] { work(); });
  int r = std::async(std::launch::async, work, 1).get();
  t.join();
  return r;
}
int loop_between_ok(const std::vector<int> &v) {
  auto f = std::async(std::launch::async, work, 1);
  int sum = 0;
  for (int x : v)
    sum += x;
  return sum + f.get();
}
bool with_time_out_ok() {
  auto f = std::async(std::launch::async, work, 1);
  return f.wait_for(std::chrono::seconds(1)) == std::future_status::ready;
}
void all_first_ok(const std::vector<int> &v) {
  std::vector<std::future<int>> all;
  for (int x : v)
    all.push_back(std::async(std::launch::async, work, x));
  for (auto &f : all)
    f.get();
}
// A thread of its own: a larger stack, another identity.
void one_thread_ok() {
  std::thread t([] { work(); });
  t.join();
}
void one_jthread_ok() { std::jthread t([] { work(); }); }
void thread_for_a_test_ok() { std::thread([] { work(); }).join(); }
template <class F> bool in_time_ok(F f, std::chrono::milliseconds limit) {
  auto done = std::async(std::launch::async, f);
  return done.wait_for(limit) == std::future_status::ready;
}
bool in_time() {
  return in_time_ok([] { return work(1); }, std::chrono::milliseconds(5));
}
