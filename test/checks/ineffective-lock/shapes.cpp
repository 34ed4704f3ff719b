// RUN: %check %s
// Lambdas, templates, inheritance, statics, macros, `if constexpr`, parameters, elements.
#include <array>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

int n;
std::mutex global;
std::mutex many[4];

#define GUARD(mu) std::lock_guard<std::mutex>{mu}
#define NAMED_GUARD(mu) std::lock_guard<std::mutex> guard(mu)

void macro_bad() {
  GUARD(global);
  // CHECK: :[[@LINE-1]]:3: warning: this 'lock_guard' is a temporary: it unlocks at the end of the statement
  // CHECK: :[[@LINE-2]]:3: note: give the guard a name, so that it lives until the end of the block
  n++;
}

void macro_ok() {
  NAMED_GUARD(global);
  n++;
}

void element_bad(int i) {
  std::lock_guard<std::mutex>{many[i]};
  // CHECK: :[[@LINE-1]]:3: warning: this 'lock_guard' is a temporary: it unlocks at the end of the statement
  // CHECK: :[[@LINE-2]]:3: note: give the guard a name, so that it lives until the end of the block
  n++;
}

void nextElement_ok(int i) {
  many[i].lock();
  many[i + 1].unlock();
  n++;
}

void pointer_bad(const std::unique_ptr<std::mutex> &mu) {
  std::unique_lock<std::mutex>{*mu};
  // CHECK: :[[@LINE-1]]:3: warning: this 'unique_lock' is a temporary: it unlocks at the end of the statement
  // CHECK: :[[@LINE-2]]:3: note: give the guard a name, so that it lives until the end of the block
  n++;
}

void parameter_ok(std::mutex &mu, bool wait) {
  std::unique_lock<std::mutex> lk(mu, std::defer_lock);
  if (wait)
    lk.lock();
  n++;
}

void localVector_bad() {
  std::vector<std::mutex> own(4);
  // CHECK: :[[@LINE-1]]:27: warning: lock 'own' is a local variable: each call has its own, which no other thread can wait for
  // CHECK: :[[@LINE-2]]:27: note: make the lock a member of what it protects, or static
  std::lock_guard<std::mutex> guard(own[0]);
  n++;
}

void localArray_bad() {
  std::mutex own[2];
  // CHECK: :[[@LINE-1]]:14: warning: lock 'own' is a local variable: each call has its own, which no other thread can wait for
  // CHECK: :[[@LINE-2]]:14: note: make the lock a member of what it protects, or static
  own[0].lock();
  n++;
  own[0].unlock();
}

void lambda_bad() {
  auto outer = [] {
    auto inner = [] {
      std::lock_guard<std::mutex>{global};
      // CHECK: :[[@LINE-1]]:7: warning: this 'lock_guard' is a temporary: it unlocks at the end of the statement
      // CHECK: :[[@LINE-2]]:7: note: give the guard a name, so that it lives until the end of the block
      n++;
    };
    inner();
  };
  outer();
}

void lambdaLocal_bad() {
  auto work = [] {
    std::mutex own;
    // CHECK: :[[@LINE-1]]:16: warning: lock 'own' is a local variable: each call has its own, which no other thread can wait for
    // CHECK: :[[@LINE-2]]:16: note: make the lock a member of what it protects, or static
    std::lock_guard<std::mutex> guard(own);
    n++;
  };
  work();
}

void capturedByTask_ok() {
  std::mutex own;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      auto add = [&own] {
        std::lock_guard<std::mutex> guard(own);
        n++;
      };
      add();
    });
  for (auto &t : threads)
    t.join();
}

std::unique_lock<std::mutex> returned_ok() {
  return std::unique_lock<std::mutex>{global};
}

std::unique_lock<std::mutex> returnedDeferred_ok() {
  std::unique_lock<std::mutex> lk(global, std::defer_lock);
  return lk;
}

template <class M, bool Locks> class Box {
  M mu_;
  static M shared_;
  int n_ = 0;

public:
  void temporary_bad() {
    std::lock_guard<M>{mu_};
    // CHECK: :[[@LINE-1]]:5: warning: this 'lock_guard' is a temporary: it unlocks at the end of the statement
    // CHECK: :[[@LINE-2]]:5: note: give the guard a name, so that it lives until the end of the block
    n_++;
  }
  void static_bad() {
    std::unique_lock<M>{shared_};
    // CHECK: :[[@LINE-1]]:5: warning: this 'unique_lock' is a temporary: it unlocks at the end of the statement
    // CHECK: :[[@LINE-2]]:5: note: give the guard a name, so that it lives until the end of the block
    n_++;
  }
  void deferred_bad() {
    std::unique_lock<M> lk(mu_, std::defer_lock);
    // CHECK: :[[@LINE-1]]:25: warning: guard 'lk' never locks anything
    // CHECK: :[[@LINE-2]]:25: note: call 'lock' on it, or let its constructor lock
    n_++;
  }
  void local_bad() {
    M own;
    // CHECK: :[[@LINE-1]]:7: warning: lock 'own' is a local variable: each call has its own, which no other thread can wait for
    // CHECK: :[[@LINE-2]]:7: note: make the lock a member of what it protects, or static
    std::lock_guard<M> guard(own);
    n_++;
  }
  void ignored_bad() {
    mu_.try_lock();
    // CHECK: :[[@LINE-1]]:9: warning: nobody asks whether 'try_lock' has taken the lock
    // CHECK: :[[@LINE-2]]:9: note: go on only if it has, or wait for the lock
    n_++;
    mu_.unlock();
  }
  void empty_bad() {
    { std::lock_guard<M> guard(mu_); }
    n_++;
    // CHECK: :[[@LINE-2]]:26: warning: 'guard' is unlocked at once: the section under the lock is empty
    // CHECK: :[[@LINE-3]]:26: note: hold the lock until the work that needs it is done; say so in a comment if this waits for the lock's owner
  }
  void constexpr_bad() {
    if constexpr (Locks) {
      std::lock_guard<M>{mu_};
      // CHECK: :[[@LINE-1]]:7: warning: this 'lock_guard' is a temporary: it unlocks at the end of the statement
      // CHECK: :[[@LINE-2]]:7: note: give the guard a name, so that it lives until the end of the block
      n_++;
    }
  }
  // One instantiation has no use for the guard.
  void constexpr_ok() {
    std::unique_lock<M> lk(mu_, std::defer_lock);
    if constexpr (Locks)
      lk.lock();
    n_++;
  }
  void staticLocal_ok() {
    static M own;
    std::lock_guard<M> guard(own);
    n_++;
  }
};
template <class M, bool Locks> M Box<M, Locks>::shared_;
template class Box<std::mutex, true>;
template class Box<std::shared_mutex, true>;
template class Box<std::mutex, false>;

template <class... M> void all_bad(M &...mu) {
  std::scoped_lock<M...>{mu...};
  // CHECK: :[[@LINE-1]]:3: warning: this 'scoped_lock' is a temporary: it unlocks at the end of the statement
  // CHECK: :[[@LINE-2]]:3: note: give the guard a name, so that it lives until the end of the block
  n++;
}
template void all_bad(std::mutex &, std::mutex &);

struct Base {
  std::mutex mu_;
  int n_ = 0;
};
struct Derived : Base {
  void temporary_bad() {
    std::lock_guard<std::mutex>{mu_};
    // CHECK: :[[@LINE-1]]:5: warning: this 'lock_guard' is a temporary: it unlocks at the end of the statement
    // CHECK: :[[@LINE-2]]:5: note: give the guard a name, so that it lives until the end of the block
    n_++;
  }
  void tried_ok() {
    std::unique_lock<std::mutex> lk(Base::mu_, std::try_to_lock);
    if (!lk.owns_lock())
      return;
    n_++;
  }
};

//===--- Arrays of locks; the result of an attempt ---===//

struct Holder {
  std::mutex own[2];
};
void fixedArray_bad() {
  std::array<std::mutex, 2> own;
  // CHECK: :[[@LINE-1]]:29: warning: lock 'own' is a local variable: each call has its own, which no other thread can wait for
  // CHECK: :[[@LINE-2]]:29: note: make the lock a member of what it protects, or static
  std::lock_guard<std::mutex> guard(own[1]);
  n++;
}
void sharedVector_ok() {
  std::vector<std::mutex> own(4);
  auto task = [&] {
    std::lock_guard<std::mutex> guard(own[0]);
    n++;
  };
  std::thread one(task), two(task);
  one.join();
  two.join();
}
void handedOut_ok(void (*use)(std::mutex *)) {
  std::mutex own[2];
  use(&own[0]);
  std::lock_guard<std::mutex> guard(own[0]);
  n++;
}
void pointers_ok(std::mutex *a, std::mutex *b) {
  std::mutex *both[2] = {a, b};
  std::lock_guard<std::mutex> guard(*both[0]);
  n++;
}

void unread_bad() {
  bool ok = global.try_lock();
  // CHECK: :[[@LINE-1]]:20: warning: nobody asks whether 'try_lock' has taken the lock
  // CHECK: :[[@LINE-2]]:20: note: go on only if it has, or wait for the lock
  n++;
}
void unreadReader_bad(std::shared_mutex &rw) {
  const auto ok = rw.try_lock_shared();
  // CHECK: :[[@LINE-1]]:22: warning: nobody asks whether 'try_lock_shared' has taken the lock
  // CHECK: :[[@LINE-2]]:22: note: go on only if it has, or wait for the lock
  n++;
}
void read_ok() {
  bool ok = global.try_lock();
  n++;
  if (ok)
    global.unlock();
}
void cast_ok() {
  bool ok = global.try_lock();
  (void)ok;
  n++;
}
void unused_ok() {
  [[maybe_unused]] bool ok = global.try_lock();
  n++;
}
#define CHECKED(x)
void checkedInDebug_ok() {
  bool ok = global.try_lock();
  CHECKED(ok);
  n++;
}

static std::mutex idle;
static int count;
void unlockedAtOnce_bad() {
  std::unique_lock<std::mutex> lk(idle);
  lk.unlock();
  ++count;
  // CHECK: :[[@LINE-3]]:32: warning: 'lk' is unlocked at once: the section under the lock is empty
  // CHECK: :[[@LINE-4]]:32: note:
}
void unlockedInBlock_bad() {
  {
    std::unique_lock<std::mutex> lk(idle);
    lk.unlock();
  }
  ++count;
  // CHECK: :[[@LINE-4]]:34: warning: 'lk' is unlocked at once: the section under the lock is empty
  // CHECK: :[[@LINE-5]]:34: note:
}
void lockedAgain_ok(int n) {
  std::unique_lock<std::mutex> lk(idle);
  lk.unlock();
  ++n;
  lk.lock();
  count += n;
}
void commented_ok() {
  // Waits for the writer.
  std::unique_lock<std::mutex> lk(idle);
  lk.unlock();
  ++count;
}
void deferredUnlocked_ok(int x) { // unlock-without-lock speaks of it
  std::unique_lock<std::mutex> lk(idle, std::defer_lock);
  count += x;
  lk.unlock();
}
void deferredAskedUnlocked_bad(int x) {
  std::unique_lock<std::mutex> lk(idle, std::defer_lock);
  // CHECK: :[[@LINE-1]]:32: warning: guard 'lk' never locks anything
  // CHECK: :[[@LINE-2]]:32: note:
  count += x;
  if (lk.owns_lock())
    lk.unlock();
}
