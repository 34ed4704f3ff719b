// RUN: %check %s -- -std=c++20
// Cycles of two and three, through callees, and what makes them harmless.
#include <condition_variable>
#include <functional>
#include <mutex>
#include <shared_mutex>

std::mutex a, b;
int n;

void ab() {
  std::lock_guard<std::mutex> first(a);
  std::lock_guard<std::mutex> second(b);
}
void ba_bad() {
  std::lock_guard<std::mutex> first(b);
  std::lock_guard<std::mutex> second(a);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'a' is acquired while lock 'b' is held, and elsewhere in the opposite order [threadlint-lock-order-inversion]
  // CHECK: :[[@LINE-3]]:31: note: lock 'b' acquired here
  // CHECK: :[[@LINE-7]]:31: note: 'ab' acquires lock 'b' here, while it holds lock 'a'
  // CHECK: :[[@LINE-9]]:31: note: lock 'a' acquired here
  // CHECK: :[[@LINE-5]]:31: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}

// What this thread holds already cannot make it wait.
std::recursive_mutex re;
std::mutex innermost;
void reInner_ok() {
  std::lock_guard<std::recursive_mutex> first(re);
  std::lock_guard<std::mutex> second(innermost);
  std::lock_guard<std::recursive_mutex> again(re);
}

//===--- Members of two classes, through callees ---===//

struct Server;
struct Session {
  std::mutex mu_;
  Server *server_;
  void close_bad();
  void poke() { std::lock_guard<std::mutex> lock(mu_); }
};
struct Server {
  std::mutex mu_;
  Session *session_;
  void remove() { std::lock_guard<std::mutex> lock(mu_); }
  void broadcast() {
    std::lock_guard<std::mutex> lock(mu_);
    session_->poke();
  }
};
void Session::close_bad() {
  std::lock_guard<std::mutex> lock(mu_);
  server_->remove();
  // CHECK: :[[@LINE-1]]:12: warning: lock 'Server::mu_' is acquired while lock 'Session::mu_' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-3]]:31: note: lock 'mu_' acquired here
  // CHECK: :[[@LINE-11]]:47: note: 'remove' acquires it here
  // CHECK: :[[@LINE-9]]:15: note: 'broadcast' acquires lock 'Session::mu_' here, by a call to 'poke', while it holds lock 'Server::mu_'
  // CHECK: :[[@LINE-11]]:33: note: lock 'mu_' acquired here
  // CHECK: :[[@LINE-19]]:45: note: 'poke' acquires it here
  // CHECK: :[[@LINE-7]]:12: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}

//===--- Three locks ---===//

std::mutex x, y, z;
void xy() {
  std::lock_guard<std::mutex> first(x);
  std::lock_guard<std::mutex> second(y);
}
void yz() {
  std::lock_guard<std::mutex> first(y);
  std::lock_guard<std::mutex> second(z);
}
void zx_bad() {
  std::lock_guard<std::mutex> first(z);
  std::lock_guard<std::mutex> second(x);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'x' is acquired while lock 'z' is held, and the other way round in 2 steps
  // CHECK: :[[@LINE-3]]:31: note: lock 'z' acquired here
  // CHECK: :[[@LINE-11]]:31: note: 'xy' acquires lock 'y' here, while it holds lock 'x'
  // CHECK: :[[@LINE-13]]:31: note: lock 'x' acquired here
  // CHECK: :[[@LINE-9]]:31: note: 'yz' acquires lock 'z' here, while it holds lock 'y'
  // CHECK: :[[@LINE-11]]:31: note: lock 'y' acquired here
  // CHECK: :[[@LINE-7]]:31: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}

//===--- Taken together, tried, or one after the other ---===//

std::mutex c, d;
void cd_ok() {
  std::lock_guard<std::mutex> first(c);
  std::lock_guard<std::mutex> second(d);
}
void together_ok() { std::scoped_lock lock(d, c); }
void lock_ok() {
  std::lock(d, c);
  std::lock_guard<std::mutex> first(d, std::adopt_lock);
  std::lock_guard<std::mutex> second(c, std::adopt_lock);
}
void try_ok() {
  std::lock_guard<std::mutex> first(d);
  std::unique_lock<std::mutex> second(c, std::try_to_lock);
  if (second)
    ++n;
}
void sequence_ok() {
  { std::lock_guard<std::mutex> first(d); }
  std::lock_guard<std::mutex> second(c);
}
void released_ok() {
  std::unique_lock<std::mutex> first(d);
  first.unlock();
  std::lock_guard<std::mutex> second(c);
}
void maybe_ok(bool early) {
  if (early)
    d.lock();
  c.lock();
  c.unlock();
  if (early)
    d.unlock();
}

//===--- A gate, readers, objects that nobody shares ---===//

std::mutex gate, e, f;
void ef_ok() {
  std::lock_guard<std::mutex> outer(gate);
  std::lock_guard<std::mutex> first(e);
  std::lock_guard<std::mutex> second(f);
}
void fe_ok() {
  std::lock_guard<std::mutex> outer(gate);
  std::lock_guard<std::mutex> first(f);
  std::lock_guard<std::mutex> second(e);
}

std::shared_mutex r, s;
void rs_ok() {
  std::shared_lock<std::shared_mutex> first(r);
  std::shared_lock<std::shared_mutex> second(s);
}
void sr_ok() {
  std::shared_lock<std::shared_mutex> first(s);
  std::shared_lock<std::shared_mutex> second(r);
}

struct Registered {
  static std::mutex registry;
  std::mutex mu_;
  Registered() {
    std::lock_guard<std::mutex> mine(mu_);
    std::lock_guard<std::mutex> all(registry);
  }
  void visit_ok() {
    std::lock_guard<std::mutex> all(registry);
    std::lock_guard<std::mutex> mine(mu_);
  }
};

//===--- Two objects of one class ---===//

struct Account {
  std::mutex mu;
  int id, balance;

  void take_bad(Account &other) {
    std::lock_guard<std::mutex> mine(mu);
    std::lock_guard<std::mutex> theirs(other.mu);
    // CHECK: :[[@LINE-1]]:33: warning: lock 'other.mu' is acquired while lock 'mu' of another object is held; a call with the objects exchanged acquires them in the opposite order
    // CHECK: :[[@LINE-3]]:33: note: lock 'mu' acquired here
    // CHECK: :[[@LINE-3]]:33: note: acquire both together with 'std::scoped_lock' or 'std::lock', or in the order of their addresses
  }
};
void transfer_bad(Account &from, Account &to) {
  std::lock_guard<std::mutex> first(from.mu);
  std::lock_guard<std::mutex> second(to.mu);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'to.mu' is acquired while lock 'from.mu' of another object is held; a call with the objects exchanged acquires them in the opposite order
  // CHECK: :[[@LINE-3]]:31: note: lock 'from.mu' acquired here
  // CHECK: :[[@LINE-3]]:31: note: acquire both together with 'std::scoped_lock' or 'std::lock', or in the order of their addresses
}
void transfer_ok(Account &from, Account &to) {
  std::scoped_lock lock(from.mu, to.mu);
}
void by_address_ok(Account &from, Account &to) {
  if (&from < &to) {
    from.mu.lock();
    to.mu.lock();
  } else {
    to.mu.lock();
    from.mu.lock();
  }
}
void by_id_ok(Account &from, Account &to) {
  std::unique_lock<std::mutex> first(from.mu, std::defer_lock);
  std::unique_lock<std::mutex> second(to.mu, std::defer_lock);
  if (from.id < to.id) {
    first.lock();
    second.lock();
  } else {
    second.lock();
    first.lock();
  }
}
void by_less_ok(Account *from, Account *to) {
  if (std::less<Account *>()(to, from))
    std::swap(from, to);
  std::lock_guard<std::mutex> first(from->mu);
  std::lock_guard<std::mutex> second(to->mu);
}
std::mutex bank;
void gated_ok(Account &from, Account &to) {
  std::lock_guard<std::mutex> all(bank);
  std::lock_guard<std::mutex> first(from.mu);
  std::lock_guard<std::mutex> second(to.mu);
}

struct Fork {
  std::mutex mu;
};
struct Table {
  Fork forks[5];
  void eat_bad(int i) {
    std::lock_guard<std::mutex> left(forks[i].mu);
    std::lock_guard<std::mutex> right(forks[(i + 1) % 5].mu);
    // CHECK: :[[@LINE-1]]:33: warning: lock 'forks[...].mu' is acquired while lock 'forks[...].mu' of another object is held; a call with the objects exchanged acquires them in the opposite order
    // CHECK: :[[@LINE-3]]:33: note: lock 'forks[...].mu' acquired here
    // CHECK: :[[@LINE-3]]:33: note: acquire both together with 'std::scoped_lock' or 'std::lock', or in the order of their addresses
  }
  void all_ok() {
    for (Fork &fork : forks)
      fork.mu.lock();
  }
  void sorted_ok(int i, int j) {
    if (i > j)
      std::swap(i, j);
    std::lock_guard<std::mutex> left(forks[i].mu);
    std::lock_guard<std::mutex> right(forks[j].mu);
  }
};

struct Node {
  std::mutex mu;
  Node *next;
  Node *child_;
  void descend_ok() {
    std::lock_guard<std::mutex> mine(mu);
    std::lock_guard<std::mutex> theirs(child_->mu);
  }
  void adopt_ok(Node &child) {
    std::lock_guard<std::mutex> mine(mu);
    std::lock_guard<std::mutex> theirs(child.mu);
  }
};
void walk_ok(Node *n) {
  n->mu.lock();
  while (n->next) {
    n->next->mu.lock();
    Node *next = n->next;
    n->mu.unlock();
    n = next;
  }
  n->mu.unlock();
}

//===--- Parameters that are locks: the callers tell which ---===//

std::mutex left, right;
void both(std::mutex &first, std::mutex &second) {
  std::lock_guard<std::mutex> one(first);
  std::lock_guard<std::mutex> two(second);
}
void forwards() {
  both(left, right);
}
void backwards_bad() {
  both(right, left);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'left' is acquired while lock 'right' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-2]]:3: note: lock 'right' acquired here
  // CHECK: :[[@LINE-9]]:31: note: 'both' acquires it here
  // CHECK: :[[@LINE-7]]:3: note: 'forwards' acquires lock 'right' here, by a call to 'both', while it holds lock 'left'
  // CHECK: :[[@LINE-8]]:3: note: lock 'left' acquired here
  // CHECK: :[[@LINE-12]]:31: note: 'both' acquires it here
  // CHECK: :[[@LINE-7]]:3: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}

//===--- A wait takes its lock again ---===//

std::mutex inner, outer;
std::condition_variable cv;
void waits_bad() {
  std::unique_lock<std::mutex> one(inner);
  std::lock_guard<std::mutex> two(outer);
  cv.wait(one);
  // CHECK: :[[@LINE-1]]:6: warning: lock 'inner' is acquired while lock 'outer' is held, and elsewhere in the opposite order
  // CHECK: :[[@LINE-3]]:31: note: lock 'outer' acquired here
  // CHECK: :[[@LINE-4]]:31: note: 'waits_bad' acquires lock 'outer' here, while it holds lock 'inner'
  // CHECK: :[[@LINE-6]]:32: note: lock 'inner' acquired here
  // CHECK: :[[@LINE-5]]:6: note: acquire them in one order everywhere, or together with 'std::scoped_lock' or 'std::lock'
}
