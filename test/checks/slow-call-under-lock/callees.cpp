// Calls that block somewhere below, with the chain in the notes.
// RUN: %check %s --option=MaxCallDepth=6 -- -std=c++20
// RUN: %check %s --prefix=SHALLOW --option=MaxCallDepth=0 -- -std=c++20 -DSHALLOW
// RUN: %check %s --prefix=TWO --option=MaxCallDepth=2 -- -std=c++20 -DTWO
#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

std::mutex mu;

#if defined(SHALLOW) || defined(TWO)

void one(int fd) { fsync(fd); }
void two(int fd) { one(fd); }
void three(int fd) { two(fd); }

void depth(int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
// SHALLOW: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held
// TWO: :[[@LINE-2]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held
  one(fd);
// TWO: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'one' may block (sync-io) while lock 'mu' is held
  two(fd);
// TWO: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'two' may block (sync-io) while lock 'mu' is held
  three(fd);
}

#else

// --- Chains -----------------------------------------------------------------

void one(int fd) {
  fsync(fd);
}
void two(int fd) {
  one(fd);
}
void three(int fd) {
  two(fd);
}

void chain_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  three(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'three' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: lock 'mu' acquired here
// CHECK: :[[@LINE-8]]:{{[0-9]+}}: note: 'three' calls 'two' here
// CHECK: :[[@LINE-12]]:{{[0-9]+}}: note: 'two' calls 'one' here
// CHECK: :[[@LINE-16]]:{{[0-9]+}}: note: 'one' calls 'fsync' here, which blocks
// CHECK: :[[@LINE-6]]:{{[0-9]+}}: note: copy what the call needs while the lock is held, and make the call after its release
}

void four(int fd) { three(fd); }
void five(int fd) { four(fd); }
void six(int fd) { five(fd); }
void seven(int fd) { six(fd); }

void depth_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  six(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'six' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  seven(fd); // deeper than MaxCallDepth
}

void declared_first(int fd);
void declared_first_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  declared_first(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'declared_first' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
void declared_first(int fd) { fsync(fd); }

void invisible(int fd);
void invisible_ok(int fd) {
  std::lock_guard<std::mutex> g(mu);
  invisible(fd);
}

// The callee locks for itself: one report there, one here for the outer lock.
std::mutex inner;
void locks_itself_bad(int fd) {
  std::lock_guard<std::mutex> g(inner);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'inner' is held [threadlint-slow-call-under-lock]
}
void outer_lock_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  locks_itself_bad(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'locks_itself_bad' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

// The callee releases the caller's lock meanwhile.
void releases_meanwhile(int fd) {
  mu.unlock();
  fsync(fd);
  mu.lock();
}
void released_by_the_callee_ok(int fd) {
  std::lock_guard<std::mutex> g(mu);
  releases_meanwhile(fd);
}
void releases_parameter(std::mutex &m, int fd) {
  m.unlock();
  fsync(fd);
  m.lock();
}
std::mutex second;
void released_parameter_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  releases_parameter(mu, fd);
  std::lock_guard<std::mutex> h(second);
  releases_parameter(second, fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'releases_parameter' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

// --- Recursion --------------------------------------------------------------

int recursive(int fd, int n) { return n == 0 ? fsync(fd) : recursive(fd, n - 1); }
void recursive_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  recursive(fd, 3);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'recursive' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void ping(int fd, int n);
void pong(int fd, int n) {
  if (n == 0)
    fsync(fd);
  ping(fd, n - 1);
}
void ping(int fd, int n) {
  if (n > 0)
    pong(fd, n - 1);
}
void mutual_recursion_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  ping(fd, 3);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'ping' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  pong(fd, 3);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'pong' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void harmless(int n) {
  if (n)
    harmless(n - 1);
}
void harmless_recursion_ok() {
  std::lock_guard<std::mutex> g(mu);
  harmless(3);
}

void under_its_own_lock_bad(int fd, int n) {
  std::lock_guard<std::mutex> g(mu);
  if (n)
    under_its_own_lock_bad(fd, n - 1);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'under_its_own_lock_bad' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

// --- Destructors and constructors -------------------------------------------

struct Worker {
  ~Worker() { thread.join(); }
  std::thread thread;
};
struct Pool {
  std::vector<int> ids;
  Worker worker;
};
struct Flusher {
  explicit Flusher(int fd) : fd(fd) { fsync(fd); }
  int fd;
};
struct Empty {
  ~Empty() {}
};

void destructor_bad() {
  std::lock_guard<std::mutex> g(mu);
  {
    Worker w;
  }
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to '~Worker' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void member_destructor_bad() {
  std::lock_guard<std::mutex> g(mu);
  {
    Pool p;
  }
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to '~Pool' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void delete_bad(Worker *w) {
  std::lock_guard<std::mutex> g(mu);
  delete w;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to '~Worker' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void jthread_bad() {
  std::lock_guard<std::mutex> g(mu);
  {
    std::jthread t([] {});
  }
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to '~jthread' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void destroyed_after_the_guard_ok() {
  Worker w;
  std::lock_guard<std::mutex> g(mu);
}

void destroyed_before_the_guard_bad() {
  std::lock_guard<std::mutex> g(mu);
  Worker w;
}
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to '~Worker' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]

void constructor_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  Flusher f(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Flusher' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  Empty e;
}

void temporary_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  (void)Flusher(fd).fd;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Flusher' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void virtual_destructor_of_the_unknown_ok(std::unique_ptr<std::string> p) {
  std::lock_guard<std::mutex> g(mu);
  p.reset();
}

// --- Lambdas ----------------------------------------------------------------

void defined_only_ok(int fd) {
  std::lock_guard<std::mutex> g(mu);
  auto f = [fd] { fsync(fd); };
  (void)f;
}

void called_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  auto f = [fd] { fsync(fd); };
  f();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  [fd] { fsync(fd); }();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void called_after_the_scope_ok(int fd) {
  auto f = [fd] { fsync(fd); };
  {
    std::lock_guard<std::mutex> g(mu);
  }
  f();
}

void lambda_given_away_ok(int fd, std::vector<std::function<void()>> &queue) {
  std::lock_guard<std::mutex> g(mu);
  queue.push_back([fd] { fsync(fd); });
  queue.emplace_back([fd] { fsync(fd); });
}

void lambda_for_a_thread_ok(int fd, std::vector<std::thread> &threads) {
  std::lock_guard<std::mutex> g(mu);
  std::thread t([fd] { fsync(fd); });
  threads.push_back(std::move(t));
  threads.emplace_back([fd] { fsync(fd); });
}

struct LambdaInMember {
  void run_bad(int fd) {
    auto work = [this, fd] {
      ++n_;
      fsync(fd);
    };
    std::lock_guard<std::mutex> g(mu_);
    work();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }
  void unlocking_lambda_ok(int fd) {
    std::unique_lock<std::mutex> lk(mu_);
    auto flush = [&] {
      lk.unlock();
      fsync(fd);
      lk.lock();
    };
    flush();
    ++n_;
  }
  std::mutex mu_;
  int n_ = 0;
};

// --- Algorithms -------------------------------------------------------------

void algorithms_bad(std::vector<int> &fds) {
  std::lock_guard<std::mutex> g(mu);
  std::for_each(fds.begin(), fds.end(), [](int fd) { fsync(fd); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  (void)std::any_of(fds.begin(), fds.end(), [](int fd) { return fsync(fd) == 0; });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  auto sync = [](int fd) { fsync(fd); };
  std::for_each(fds.begin(), fds.end(), sync);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  std::for_each(fds.begin(), fds.end(), one);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'one' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void FN_system_function_given_to_an_algorithm(std::vector<int> &fds) {
  std::lock_guard<std::mutex> g(mu);
  // Callables are followed by their bodies; a modelled function has none.
  std::for_each(fds.begin(), fds.end(), ::fsync);
}

void algorithms_ok(std::vector<int> &fds) {
  std::lock_guard<std::mutex> g(mu);
  std::for_each(fds.begin(), fds.end(), [](int &fd) { ++fd; });
  std::sort(fds.begin(), fds.end(), [](int a, int b) { return a < b; });
}

template <class F> void apply(F f) { f(); }
template <class F> void apply_forwarding(F &&f) { std::forward<F>(f)(); }

void own_algorithm_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  apply([fd] { fsync(fd); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'apply' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  apply_forwarding([fd] { fsync(fd); });
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'apply_forwarding' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

template <class F> void with_lock(F f) {
  std::lock_guard<std::mutex> g(mu);
  f();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'lambda' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}
void callback_bad(int fd) {
  with_lock([fd] { fsync(fd); });
}

// --- The unknown ------------------------------------------------------------

void function_object_ok(const std::function<void()> &f, void (*p)(int), int fd) {
  std::lock_guard<std::mutex> g(mu);
  f();
  p(fd);
}

struct Interface {
  virtual ~Interface() = default;
  virtual void run(int fd) { fsync(fd); }
  virtual void pure() = 0;
};
struct Final final : Interface {
  void run(int fd) override { fsync(fd); }
  void pure() override {}
};

void virtual_ok(Interface &i, int fd) {
  std::lock_guard<std::mutex> g(mu);
  i.run(fd);
  i.pure();
}

void devirtualised_bad(Final &f, Interface &i, int fd) {
  std::lock_guard<std::mutex> g(mu);
  f.run(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'run' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  i.Interface::run(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'run' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

// --- Other callables --------------------------------------------------------

struct Functor {
  void operator()(int fd) const { fsync(fd); }
};
struct Converts {
  operator int() const { return fsync(1); }
};
int default_argument(int fd = fsync(3));
struct WithOperator {
  WithOperator &operator+=(int fd) {
    fsync(fd);
    return *this;
  }
};

void callables_bad(int fd, Functor f, Converts c, WithOperator &w) {
  std::lock_guard<std::mutex> g(mu);
  f(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'operator()' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  int n = c;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'operator int' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  w += n;
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'operator+=' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

struct Static {
  static void flush(int fd) { fsync(fd); }
  void flush_now(int fd) { this->flush(fd); }
};
void members_bad(Static &s, int fd) {
  std::lock_guard<std::mutex> g(mu);
  Static::flush(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'flush' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  s.flush_now(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'flush_now' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void system_function_by_pointer_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  (fsync)(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  (&fsync)(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  ::fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

// Who reports a failure and ends the process keeps nobody waiting.
[[noreturn]] void crash(int fd) {
  fsync(fd);
  _exit(1);
}
void check(int fd, bool good) {
  if (!good)
    crash(fd);
}
void checked_ok(int fd, bool good) {
  std::lock_guard<std::mutex> g(mu);
  check(fd, good);
  if (!good)
    crash(fd);
}

#endif
