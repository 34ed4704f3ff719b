// Locks and wait groups that no model knows, annotations and the option.
// RUN: %check %s --option=NoCopyTypes="app::Ticket;Registry;ticket_t;Slot"
#include <atomic>
#include <cstdint>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

class SpinLock {
public:
  void lock() { while (__sync_lock_test_and_set(&flag_, 1)) {} }
  void unlock() { __sync_lock_release(&flag_); }

private:
  volatile int flag_ = 0;
};
struct Table {
  SpinLock spin;
  int rows = 0;
};
void spin_bad(Table t, SpinLock &l) {
// CHECK: :[[@LINE-1]]:21: warning: parameter 't' is passed by value, which copies the 'SpinLock' in 'Table'
// CHECK: :21:12: note: 'spin' is a 'SpinLock'
  SpinLock m = l;
// CHECK: :[[@LINE-1]]:12: warning: the initialization of 'm' copies 'SpinLock'
}

class SpinMutex {
public:
  SpinMutex() = default;
  SpinMutex(const SpinMutex &other) : locked_(other.locked_.load()) {}
  void lock();
  void unlock();

private:
  std::atomic<bool> locked_{false};
};
class FreshSpinMutex {
public:
  FreshSpinMutex() = default;
  FreshSpinMutex(const FreshSpinMutex &) {}
  void lock();
  void unlock();

private:
  std::atomic<bool> locked_{false};
};
void user_copy_bad(SpinMutex m) {}
// CHECK: :[[@LINE-1]]:30: warning: parameter 'm' is passed by value, which copies 'SpinMutex'
void user_copy_ok(FreshSpinMutex m, std::vector<FreshSpinMutex> &v) { auto w = v; }

// Named or shaped like a lock, but no lock, or none of its own.
struct NullMutex {
  void lock() {}
  void unlock() {}
};
class MutexHandle {
  std::shared_ptr<std::mutex> mu_;
  bool owns_ = false;

public:
  void lock();
  void unlock();
};
class ScopedSpinLock {
  SpinLock &lock_;
  bool owns_ = true;

public:
  explicit ScopedSpinLock(SpinLock &l) : lock_(l) {}
  void lock();
  void unlock();
};
struct Door {
  bool locked = false;
  void lock() { locked = true; }
  void unlock() { locked = false; }
};
void no_locks_ok(NullMutex a, MutexHandle b, ScopedSpinLock c, Door d) {
  auto e = a;
  auto f = b;
  auto g = c;
  auto h = d;
}

// Wait groups.
class WaitGroup {
public:
  void Add(int n);
  void Done();
  void Wait();

private:
  int count_ = 0;
};
void task(WaitGroup wg) { wg.Done(); }
// CHECK: :[[@LINE-1]]:21: warning: parameter 'wg' is passed by value, which copies 'WaitGroup'
void wait_groups_bad(WaitGroup &wg) {
  std::thread a([wg]() mutable { wg.Done(); });
// CHECK: :[[@LINE-1]]:18: warning: the lambda captures 'wg' by value, which copies 'WaitGroup'
  std::thread b(task, wg);
// CHECK: :[[@LINE-1]]:23: warning: 'thread' copies its argument, and with it 'WaitGroup'
  std::thread c([&wg] { wg.Done(); });
  wg.Wait();
  a.join(); b.join(); c.join();
}
class Counted {
public:
  Counted() = default;
  Counted(const Counted &o) : n_(o.n_.load()) {}
  void add(int n = 1);
  void done();
  void wait() const;

private:
  std::atomic<int> n_{0};
};
void counted_bad(Counted &c) {
  auto f = std::bind([](Counted &) {}, c);
// CHECK: :[[@LINE-1]]:40: warning: 'bind' copies its argument, and with it 'Counted'
}
class SharedWaitGroup {
  struct State { std::mutex mu; std::condition_variable cv; int n = 0; };
  std::shared_ptr<State> state_ = std::make_shared<State>();

public:
  void add(int n);
  void done();
  void wait();
};
class PointerWaitGroup {
  struct State *state_;

public:
  void add(int n);
  void done();
  void wait();
};
struct Cart { // adds goods
  std::vector<int> goods;
  void add(int n);
  bool done() const;
};
void handles_ok(SharedWaitGroup wg, PointerWaitGroup p, Cart c) {
  std::thread t([wg]() mutable { wg.done(); });
  auto d = p;
  auto e = c;
  t.join();
}

// Declared so.
struct [[clang::annotate("threadlint::no-copy")]] Connection {
  int fd;
};
template <class T> struct [[clang::annotate("threadlint::no-copy")]] Cell {
  T value;
};
struct UserCopy {
  UserCopy(const UserCopy &);
  Connection c;
};
void annotated_bad(Connection &c, Cell<int> &cell, UserCopy &u) {
  Connection d = c;
// CHECK: :[[@LINE-1]]:14: warning: the initialization of 'd' copies 'Connection'
  Cell<int> e = cell;
// CHECK: :[[@LINE-1]]:13: warning: the initialization of 'e' copies 'Cell'
  UserCopy v = u;
}
namespace app {
struct Ticket {
  int n;
};
} // namespace app
template <class T> struct Registry {
  std::vector<T> entries;
  Registry() = default;
  Registry(const Registry &o) : entries(o.entries) {}
};
typedef int ticket_t;
struct Slot { int n; Slot(); Slot(Slot &&); Slot(const Slot &); };
void option_bad(app::Ticket t, Registry<int> &r, ticket_t n, int m) {
// CHECK: :[[@LINE-1]]:29: warning: parameter 't' is passed by value, which copies 'Ticket'
// CHECK: :[[@LINE-2]]:59: warning: parameter 'n' is passed by value, which copies 'ticket_t'
  auto s = r;
// CHECK: :[[@LINE-1]]:8: warning: the initialization of 's' copies 'Registry'
}
void moved_ok(Slot s) { Slot t = std::move(s); }
