// Control flow: held means held on every path to the call.
// RUN: %check %s -- -std=c++20 -fexceptions
#include <condition_variable>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>

std::mutex mu, other;
bool condition();
bool later();
void work();

// --- Branches ---------------------------------------------------------------

void locked_on_one_path_ok(int fd, bool b) {
  if (b)
    mu.lock();
  fsync(fd);
  if (b)
    mu.unlock();
}

void locked_on_both_paths_bad(int fd, bool b) {
  if (b)
    mu.lock();
  else
    mu.lock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock();
}

void unlocked_on_one_path_ok(int fd, bool b) {
  mu.lock();
  if (b)
    mu.unlock();
  fsync(fd);
}

void unlocked_on_a_path_that_leaves_bad(int fd, bool b) {
  mu.lock();
  if (b) {
    mu.unlock();
    fsync(fd);
    return;
  }
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock();
}

void early_return_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  if (condition())
    return;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void call_in_return_bad(int fd, int &result) {
  std::lock_guard<std::mutex> g(mu);
  if (condition())
    return;
  result = fsync(fd) == 0 ? 1 : 2;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

int returned_call_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  return fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void correlated_conditions(int fd, bool need) {
  std::unique_lock<std::mutex> lk(mu, std::defer_lock);
  if (need)
    lk.lock();
  // FN: that both conditions are the same is not followed.
  if (need)
    fsync(fd);
}

void correlated_conditions_ok(int fd, bool need) {
  std::unique_lock<std::mutex> lk(mu);
  if (need)
    lk.unlock();
  if (need)
    fsync(fd);
  if (need)
    lk.lock();
}

void in_the_condition_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  if (fsync(fd) != 0)
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    work();
  while (fsync(fd) != 0)
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) in a loop while lock 'mu' is held [threadlint-slow-call-under-lock]
    work();
}

void short_circuit_bad(int fd, bool b) {
  std::lock_guard<std::mutex> g(mu);
  if (b && fsync(fd) == 0)
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    work();
  (void)(b || fsync(fd) == 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  (void)(b ? fsync(fd) : 0);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

// --- Loops ------------------------------------------------------------------

void loop_inside_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  for (int i = 0; i < 3; ++i)
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) in a loop while lock 'mu' is held [threadlint-slow-call-under-lock]
  while (condition())
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) in a loop while lock 'mu' is held [threadlint-slow-call-under-lock]
  do
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) in a loop while lock 'mu' is held [threadlint-slow-call-under-lock]
  while (condition());
  for (int f : std::vector<int>{1, 2})
    fsync(f);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) in a loop while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void lock_inside_the_loop_bad(int fd) {
  for (int i = 0; i < 3; ++i) {
    std::lock_guard<std::mutex> g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

void not_really_a_loop_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  do {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  } while (0);
}

void unlocked_in_the_loop_ok(int fd) {
  std::unique_lock<std::mutex> lk(mu);
  while (condition()) {
    lk.unlock();
    fsync(fd);
    lk.lock();
  }
}

void locked_at_the_end_of_the_loop_ok(int fd) {
  mu.lock();
  for (;;) {
    if (condition())
      break;
    mu.unlock();
    fsync(fd);
    mu.lock();
  }
  mu.unlock();
}

void break_and_continue_bad(int fd) {
  for (;;) {
    mu.lock();
    if (condition()) {
      mu.unlock();
      continue;
    }
    if (later())
      break;
    mu.unlock();
    fsync(fd);
  }
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock();
}

void unlocked_before_break_ok(int fd) {
  mu.lock();
  while (true) {
    if (condition()) {
      mu.unlock();
      break;
    }
    work();
  }
  fsync(fd);
}

// --- goto and switch --------------------------------------------------------

void goto_bad(int fd) {
  mu.lock();
  if (condition())
    goto unlock;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
unlock:
  mu.unlock();
  fsync(fd);
}

void goto_around_the_lock_ok(int fd) {
  if (condition())
    goto call;
  mu.lock();
call:
  fsync(fd);
}

void goto_backwards_ok(int fd) {
again:
  fsync(fd);
  {
    std::lock_guard<std::mutex> g(mu);
    if (condition())
      goto again; // leaves the guard's scope
  }
}

void switch_bad(int fd, int n) {
  std::unique_lock<std::mutex> lk(mu);
  switch (n) {
  case 0:
    lk.unlock();
    fsync(fd);
    break;
  case 1:
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    break;
  case 2:
    lk.unlock();
    [[fallthrough]];
  case 3: // from case 2 without the lock
    fsync(fd);
    break;
  default:
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

// --- try_lock in all forms --------------------------------------------------

void try_lock_bad(int fd) {
  if (mu.try_lock()) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mu.unlock();
  } else {
    fsync(fd);
  }
}

void negated_try_lock_bad(int fd) {
  if (!mu.try_lock()) {
    fsync(fd);
    return;
  }
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock();
}

void compared_try_lock_bad(int fd) {
  if (mu.try_lock() == true) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mu.unlock();
  }
  if (mu.try_lock() == false)
    fsync(fd);
  else {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mu.unlock();
  }
  if (true != mu.try_lock())
    return;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock();
}

void try_lock_in_variable_bad(int fd) {
  bool locked = mu.try_lock();
  fsync(fd);
  if (locked) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mu.unlock();
  }
  const bool free = !other.try_lock();
  if (free)
    fsync(fd);
  else
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'other' is held [threadlint-slow-call-under-lock]
}

void try_lock_assigned_bad(int fd) {
  bool locked = false;
  locked = mu.try_lock();
  if (!locked)
    return;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void variable_overwritten_ok(int fd) {
  bool locked = mu.try_lock();
  locked = condition();
  if (locked)
    fsync(fd);
}

void try_lock_in_if_with_initialiser_bad(int fd) {
  if (bool locked = mu.try_lock()) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mu.unlock();
  } else {
    fsync(fd);
  }
  if (bool locked = mu.try_lock(); locked) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mu.unlock();
  }
}

void try_lock_and_more_bad(int fd, bool b) {
  if (b && mu.try_lock()) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mu.unlock();
  } else {
    fsync(fd);
  }
  if (mu.try_lock() && b) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mu.unlock();
  } else {
    fsync(fd);
  }
}

void try_lock_or_ok(int fd, bool b) {
  if (b || mu.try_lock())
    fsync(fd);
}

void try_lock_loop_bad(int fd) {
  while (!mu.try_lock())
    fsync(fd);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock();
}

void try_lock_retry_bad(int fd) {
  bool ok = mu.try_lock();
  while (!ok) {
    fsync(fd);
    ok = mu.try_lock();
  }
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock();
}

void try_guard_bad(int fd) {
  std::unique_lock<std::mutex> lk(mu, std::defer_lock);
  if (lk.try_lock()) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  } else {
    fsync(fd);
  }
}

void std_try_lock_bad(int fd) {
  if (std::try_lock(mu, other) == -1) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mu.unlock();
    other.unlock();
  } else {
    fsync(fd);
  }
}

void conditional_expression_bad(int fd) {
  bool r = mu.try_lock() ? fsync(fd) == 0 : false;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  (void)r;
}

void ignored_result_ok(int fd) {
  (void)mu.try_lock();
  fsync(fd);
}

bool try_enter() { return mu.try_lock(); }
bool try_enter_long() {
  if (!mu.try_lock())
    return false;
  work();
  return true;
}

void try_through_a_callee_bad(int fd) {
  if (try_enter()) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mu.unlock();
  } else {
    fsync(fd);
  }
  if (!try_enter_long()) {
    fsync(fd);
    return;
  }
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock();
}

// --- Exceptions -------------------------------------------------------------

void throw_leaves_ok(int fd) {
  try {
    std::lock_guard<std::mutex> g(mu);
    if (condition())
      throw std::runtime_error("x");
  } catch (const std::exception &) {
    fsync(fd); // the guard is gone
  }
  fsync(fd);
}

void catch_inside_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  try {
    work();
  } catch (...) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
}

void try_around_bad(int fd) {
  try {
    std::lock_guard<std::mutex> g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  } catch (...) {
    fsync(fd);
    throw;
  }
  fsync(fd);
}

void unlocked_by_the_handler_ok(int fd) {
  mu.lock();
  try {
    work();
    mu.unlock();
  } catch (...) {
    mu.unlock();
    fsync(fd);
    return;
  }
  fsync(fd);
}

void throws_instead_bad(int fd, bool b) {
  mu.lock();
  if (b) {
    mu.unlock();
    throw 1;
  }
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock();
}

void function_try_block(int fd) try {
  std::lock_guard<std::mutex> g(mu);
  work();
} catch (...) {
  fsync(fd);
}

// --- Calls that do not return -----------------------------------------------

[[noreturn]] void fail();
void usage() { std::exit(2); }

void noreturn_bad(int fd, int n) {
  mu.lock();
  if (n == 0) {
    mu.unlock();
    fail();
  }
  if (n == 1) {
    mu.unlock();
    std::abort();
  }
  if (n == 2) {
    mu.unlock();
    usage();
  }
  if (n == 3) {
    mu.unlock();
    std::terminate();
  }
  if (n == 4) {
    mu.unlock();
    __builtin_unreachable();
  }
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.unlock();
}

void dead_code_ok(int fd) {
  std::lock_guard<std::mutex> g(mu);
  return;
  fsync(fd);
}

void constant_condition(int fd) {
  std::lock_guard<std::mutex> g(mu);
  if (false)
    fsync(fd);
  if constexpr (sizeof(int) == 1)
    fsync(fd);
}

// --- Lambdas and other scopes -----------------------------------------------

auto returned_lambda_ok(int fd) {
  std::lock_guard<std::mutex> g(mu);
  return [fd] { fsync(fd); };
}

void lambda_with_its_own_lock_bad(int fd) {
  auto f = [fd] {
    std::lock_guard<std::mutex> g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  };
  f();
  fsync(fd);
}

void unevaluated_ok() {
  std::lock_guard<std::mutex> g(mu);
  static_assert(sizeof(fsync(1)) == sizeof(int));
  using R = decltype(fsync(1));
  (void)noexcept(fsync(1));
  R r = 0;
  (void)r;
}

void static_initialiser_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  static int once = fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  (void)once;
}

void statement_expression_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  int r = ({
    int t = fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    t;
  });
  (void)r;
}

void argument_order_bad(int fd, int (*f)(int, int)) {
  std::lock_guard<std::mutex> g(mu);
  f(fsync(fd), 1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void nested_locks_bad(int fd) {
  std::lock_guard<std::mutex> a(mu);
  {
    std::lock_guard<std::mutex> b(other);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void asserted(int fd) {
  mu.lock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  if (condition())
    __builtin_trap();
  mu.unlock();
}

void two_guards_of_other_order_bad(int fd) {
  std::unique_lock<std::mutex> a(mu);
  std::unique_lock<std::mutex> b(other);
  a.unlock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'other' is held [threadlint-slow-call-under-lock]
  b.unlock();
  fsync(fd);
}
