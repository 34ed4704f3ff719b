// RUN: %check %s -- -std=c++20
// Locks of the standard library: exits that forget them, and functions that do not.
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <string>
#include <vector>

std::mutex mu, other;
std::shared_mutex rw;
std::recursive_mutex recursive;
int n;
std::vector<int> v;
void unknown();

int earlyReturn_bad(int x) {
  mu.lock();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'mu' is not released on every path out of the function
  if (x < 0)
    return -1;
  // CHECK: :[[@LINE-1]]:5: note: still held at this return
  // CHECK: :[[@LINE-5]]:6: note: let a guard such as std::lock_guard own the lock
  n = x;
  mu.unlock();
  return 0;
}

void break_bad() {
  for (int i : v) {
    mu.lock();
    // CHECK: :[[@LINE-1]]:8: warning: lock 'mu' is not released on every path
    if (i == 3)
      break;
    n += i;
    mu.unlock();
  }
  // CHECK: :[[@LINE+1]]:1: note: still held where the function ends
}

void continue_bad() {
  for (int i : v) {
    mu.lock();
    // CHECK: :[[@LINE-1]]:8: warning: lock 'mu' is not released
    if (i == 3)
      continue;
    n += i;
    mu.unlock();
  }
}

void oneBranch_bad(bool ok) {
  mu.lock();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'mu' is not released
  n++;
  if (ok)
    mu.unlock();
}

void switch_bad(int x) {
  mu.lock();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'mu' is not released
  switch (x) {
  case 1:
    mu.unlock();
    break;
  case 2:
    break;
  default:
    mu.unlock();
  }
}

void throws_bad(int x) {
  mu.lock();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'mu' is not released
  if (x > 3)
    throw 1;
  // CHECK: :[[@LINE-1]]:5: note: still held when this exception leaves the function
  mu.unlock();
}

void modelThrows_bad(const std::string &s) {
  mu.lock();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'mu' is not released
  n = std::stoi(s);
  // CHECK: :[[@LINE-1]]:7: note: still held when 'stoi' throws here
  mu.unlock();
}

static int parse(int x) {
  if (x < 0)
    throw x;
  return x;
}

void calleeThrows_bad(int x) {
  mu.lock();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'mu' is not released
  n = parse(x);
  // CHECK: :[[@LINE-1]]:7: note: still held when 'parse' throws here
  mu.unlock();
}

void caught_ok(int x) {
  mu.lock();
  try {
    n = parse(x);
  } catch (...) {
    n = 0;
  }
  mu.unlock();
}

void releasedInHandler_ok(int x) {
  mu.lock();
  try {
    n = parse(x);
  } catch (...) {
    mu.unlock();
    throw;
  }
  mu.unlock();
}

void handlerForgets_bad(int x) {
  try {
    mu.lock();
    // CHECK: :[[@LINE-1]]:8: warning: lock 'mu' is not released
    n = parse(x);
    mu.unlock();
  } catch (...) {
    n = 0;
  }
}

void unseenCallee_ok() {
  mu.lock();
  unknown();
  mu.unlock();
}

void tried_bad(int x) {
  if (mu.try_lock()) {
  // CHECK: :[[@LINE-1]]:10: warning: lock 'mu' is not released
    if (x)
      return;
    mu.unlock();
  }
}

void tried_ok(int x) {
  if (!mu.try_lock())
    return;
  n = x;
  mu.unlock();
}

void reader_bad(int x) {
  rw.lock_shared();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'rw' is not released
  if (x)
    return;
  rw.unlock_shared();
}

void whileWaiting_bad() {
  while (n) {
    mu.lock();
    // CHECK: :[[@LINE-1]]:8: warning: lock 'mu' is not released
    while (n && v.empty()) {
      mu.unlock();
      mu.lock();
    }
    if (!n)
      return;
    v.pop_back();
    mu.unlock();
  }
}

// Guards.

void adopted_ok(int x) {
  mu.lock();
  std::lock_guard<std::mutex> guard(mu, std::adopt_lock);
  if (x)
    return;
  n++;
}

void adoptedTooLate_bad(int x) {
  mu.lock();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'mu' is not released
  if (x)
    return;
  std::lock_guard<std::mutex> guard(mu, std::adopt_lock);
  n++;
}

void released_bad() {
  std::unique_lock<std::mutex> lk(mu);
  n++;
  lk.release();
  // CHECK: :[[@LINE-1]]:6: warning: 'release' lets the guard forget lock 'mu' without unlocking it
}

std::mutex *releasedToCaller_ok() {
  std::unique_lock<std::mutex> lk(mu);
  return lk.release();
}

void releasedAndUnlocked_ok() {
  std::unique_lock<std::mutex> lk(mu);
  std::mutex *m = lk.release();
  m->unlock();
}

void releasedAndForgotten_bad(int x) {
  std::unique_lock<std::mutex> lk(mu);
  std::mutex *m = lk.release();
  // CHECK: :[[@LINE-1]]:22: warning: 'release' lets the guard forget lock 'mu'
  if (x)
    return;
  m->unlock();
}

// By design.

void Lock_ok() { mu.lock(); }

void prepare_ok() {
  mu.lock();
  n++;
}

bool start_ok(int x) {
  mu.lock();
  if (x) {
    mu.unlock();
    return false;
  }
  return true;
}

int *find_ok(int x) {
  mu.lock();
  if (x) {
    mu.unlock();
    return nullptr;
  }
  return &n;
}

void orThrow_ok(int x) {
  mu.lock();
  if (x) {
    mu.unlock();
    throw x;
  }
}

bool failure_bad(int x) {
  mu.lock();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'mu' is not released
  if (x)
    return false;
  mu.unlock();
  return true;
}

// Conditions.

void correlated_ok(bool shared) {
  if (shared)
    mu.lock();
  n++;
  if (shared)
    mu.unlock();
}

void negated_ok(int *p) {
  if (p != nullptr)
    mu.lock();
  n++;
  if (!p)
    return;
  mu.unlock();
}

void eitherOf_ok(int x, int y) {
  if (x || y)
    mu.lock();
  n++;
  if (x || y)
    mu.unlock();
}

void derived_ok(int mode) {
  bool need = mode > 3;
  if (need)
    mu.lock();
  n++;
  if (mode > 3)
    mu.unlock();
}

void switched_ok(int mode) {
  if (mode == 2)
    mu.lock();
  n++;
  switch (mode) {
  case 2:
    mu.unlock();
    break;
  default:
    break;
  }
}

void oneOfTwo_bad(std::mutex &x, std::mutex &y) {
  std::lock(x, y);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'y' is not released
  if (n) {
    x.unlock();
    return;
  }
  x.unlock();
  y.unlock();
}

void flag_ok(int x) {
  bool taken = false;
  if (x) {
    mu.lock();
    taken = true;
  }
  n++;
  if (taken)
    mu.unlock();
}

void eitherWay_ok(int x) {
  mu.lock();
  if (x) {
    mu.unlock();
  } else {
    n++;
    mu.unlock();
  }
}

void keep_ok(bool keepLocked) {
  mu.lock();
  n++;
  if (!keepLocked)
    mu.unlock();
}

void aborts_ok(int x) {
  mu.lock();
  if (x)
    std::terminate();
  mu.unlock();
}

void inTurns_ok() {
  mu.lock();
  while (n) {
    mu.unlock();
    unknown();
    mu.lock();
  }
  mu.unlock();
}

// Helpers that release.

template <class F> struct Finally {
  F f;
  ~Finally() { f(); }
};
template <class F> Finally<F> finally(F f) { return {f}; }

void scopeExit_ok(int x) {
  mu.lock();
  auto unlock = finally([] { mu.unlock(); });
  if (x)
    return;
  n++;
}

struct Unlocker {
  std::mutex &m;
  ~Unlocker() { m.unlock(); }
};

void unlocker_ok(int x) {
  mu.lock();
  Unlocker u{mu};
  if (x)
    return;
  n++;
}

struct Table {
  std::mutex mu_;
  bool locked_ = false;
  int size_ = 0;
  void enter() { mu_.lock(); }
  void leave() { mu_.unlock(); }
  void fail() {
    size_ = 0;
    mu_.unlock();
  }
  void callee_ok(int x) {
    mu_.lock();
    if (x)
      return fail();
    size_++;
    mu_.unlock();
  }
  void wrapper_bad(int x) {
    enter();
    // CHECK: :[[@LINE-1]]:5: warning: lock 'mu_' is not released
    if (x)
      return;
    leave();
  }
  void open_ok(int x) {
    mu_.lock();
    if (x) {
      mu_.unlock();
      return;
    }
    locked_ = true;
  }
  void handedOn_ok(int x) {
    mu_.lock();
    if (x) {
      mu_.unlock();
      return;
    }
    size_++;
  }
};

template <class T> void instantiated_bad(T x) {
  mu.lock();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'mu' is not released
  if (x)
    return;
  mu.unlock();
}
template void instantiated_bad(int);
template void instantiated_bad(long);

void lambda_bad() {
  auto f = [](int x) {
    mu.lock();
    // CHECK: :[[@LINE-1]]:8: warning: lock 'mu' is not released
    if (x)
      return;
    mu.unlock();
  };
  f(1);
}

#define LOCK(m) (m).lock()
#define UNLOCK(m) (m).unlock()
void macro_bad(int x) {
  LOCK(mu);
  // CHECK: :[[@LINE-1]]:3: warning: lock 'mu' is not released
  if (x)
    return;
  UNLOCK(mu);
}

// Permits.

std::counting_semaphore<4> slots{4}, items{4};

void permit_bad(int x) {
  slots.acquire();
  // CHECK: :[[@LINE-1]]:9: warning: the permit of 'slots' is not given back on every path out of the function
  if (x)
    return;
  n++;
  slots.release();
}

void permit_ok(int x) {
  items.acquire();
  if (x) {
    items.release();
    return;
  }
  n++;
}

void changesHands_ok(int x) {
  items.acquire();
  if (x)
    return;
  items.release();
}

void givesBack() { items.release(); }

// "Found" is no promise to keep the lock, unless somebody gives it back.
struct FoundList {
  std::mutex own;
  std::vector<int> items;

  bool remove_bad(int item) {
    own.lock();
    // CHECK: :[[@LINE-1]]:9: warning: lock 'own' is not released on every path out of the function
    for (size_t i = 0; i < items.size(); ++i)
      if (items[i] == item) {
        items.erase(items.begin() + i);
        return true;
        // CHECK: :[[@LINE-1]]:9: note:
      }
    own.unlock();
    return false;
  }
};

struct FoundCursor {
  std::mutex own;
  int at = 0;
  bool seek_ok(int item) { // next() gives it back
    own.lock();
    if (item > at)
      return true;
    own.unlock();
    return false;
  }
  void next() {
    at++;
    own.unlock();
  }
};
