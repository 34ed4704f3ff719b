// RUN: %check %s
// Lambdas, templates, inheritance, statics, macros, `if constexpr`, parameters, elements.
#include <mutex>
#include <shared_mutex>

int n;
std::mutex global;

#define LOCK(mu) (mu).lock()
#define UNLOCK(mu) (mu).unlock()
#define WITH(mu) std::lock_guard<std::mutex> with(mu)

void macro_bad() {
  LOCK(global);
  n++;
  UNLOCK(global);
  UNLOCK(global);
  // CHECK: :[[@LINE-1]]:3: warning: this unlocks 'global', which is released already on every path to here
  // CHECK: :[[@LINE-3]]:3: note: released here
  // CHECK: :[[@LINE-3]]:3: note: remove one of the two releases
}

void macroGuard_bad() {
  WITH(global);
  n++;
  UNLOCK(global);
  // CHECK: :[[@LINE-1]]:3: warning: this unlocks 'global', and guard 'with' will unlock it again
  // CHECK: :[[@LINE-4]]:3: note: acquired by the guard here
  // CHECK: :[[@LINE-3]]:3: note: call 'unlock' of a std::unique_lock, which remembers it, or end the guard's scope
}

void macro_ok() {
  LOCK(global);
  UNLOCK(global);
  { WITH(global); }
}

void lambda_bad() {
  auto outer = [] {
    auto inner = [] {
      global.lock();
      n++;
      global.unlock();
      global.unlock();
      // CHECK: :[[@LINE-1]]:14: warning: this unlocks 'global', which is released already on every path to here
      // CHECK: :[[@LINE-3]]:14: note: released here
      // CHECK: :[[@LINE-3]]:14: note: remove one of the two releases
    };
    inner();
  };
  outer();
}

void lambdaReleases_bad() {
  auto release = [] { global.unlock(); };
  global.lock();
  n++;
  release();
  release();
  // CHECK: :[[@LINE-1]]:3: warning: this unlocks 'global', which is released already on every path to here
  // CHECK: :[[@LINE-3]]:3: note: released here
  // CHECK: :[[@LINE-3]]:3: note: remove one of the two releases
}

void lambdaDefined_ok() {
  global.lock();
  auto release = [] { global.unlock(); };
  n++;
  release();
}

void lambdaLocks_ok() {
  auto acquire = [] { global.lock(); };
  global.lock();
  global.unlock();
  acquire();
  global.unlock();
}

template <class M, bool Twice> class Box {
  M mu_;
  static M shared_;
  M many_[4];
  int n_ = 0;

public:
  void twice_bad() {
    mu_.lock();
    n_++;
    mu_.unlock();
    mu_.unlock();
    // CHECK: :[[@LINE-1]]:9: warning: this unlocks 'mu_', which is released already on every path to here
    // CHECK: :[[@LINE-3]]:9: note: released here
    // CHECK: :[[@LINE-3]]:9: note: remove one of the two releases
  }
  void static_bad() {
    shared_.lock();
    n_++;
    shared_.unlock();
    shared_.unlock();
    // CHECK: :[[@LINE-1]]:13: warning: this unlocks 'shared_', which is released already on every path to here
    // CHECK: :[[@LINE-3]]:13: note: released here
    // CHECK: :[[@LINE-3]]:13: note: remove one of the two releases
  }
  void element_bad() {
    many_[1].lock();
    n_++;
    many_[1].unlock();
    many_[1].unlock();
    // CHECK: :[[@LINE-1]]:14: warning: this unlocks 'many_[1]', which is released already on every path to here
    // CHECK: :[[@LINE-3]]:14: note: released here
    // CHECK: :[[@LINE-3]]:14: note: remove one of the two releases
  }
  void otherElement_bad() {
    many_[1].lock();
    n_++;
    many_[2].unlock();
    // CHECK: :[[@LINE-1]]:14: warning: this unlocks 'many_[2]', which this function never locks; it locks 'many_[1]' and never unlocks it
    // CHECK: :[[@LINE-4]]:14: note: 'many_[1]' acquired here
    // CHECK: :[[@LINE-3]]:14: note: release the lock that was acquired
  }
  void constexpr_bad() {
    mu_.lock();
    n_++;
    if constexpr (Twice)
      mu_.unlock();
    mu_.unlock();
    // CHECK: :[[@LINE-1]]:9: warning: this unlocks 'mu_', which is released already on every path to here
    // CHECK: :[[@LINE-3]]:11: note: released here
    // CHECK: :[[@LINE-3]]:9: note: remove one of the two releases
  }
  void guard_bad() {
    std::unique_lock<M> lk(mu_, std::defer_lock);
    lk.unlock();
    // CHECK: :[[@LINE-1]]:8: warning: guard 'lk' owns no lock here, so that unlocking it is an error
    // CHECK: :[[@LINE-3]]:25: note: the guard is left without a lock here
    // CHECK: :[[@LINE-3]]:8: note: unlock only what 'owns_lock' says is owned
  }
  void constexpr_ok() {
    if constexpr (Twice)
      mu_.lock();
    else
      shared_.lock();
    if constexpr (Twice)
      mu_.unlock();
    else
      shared_.unlock();
  }
  void all_ok() {
    for (M &mu : many_)
      mu.lock();
    for (M &mu : many_)
      mu.unlock();
  }
};
template <class M, bool Twice> M Box<M, Twice>::shared_;
template class Box<std::mutex, true>;
template class Box<std::shared_mutex, true>;
template class Box<std::mutex, false>;

template <class M> void parameter_bad(M &mu) {
  mu.lock();
  n++;
  mu.unlock();
  mu.unlock();
  // CHECK: :[[@LINE-1]]:6: warning: this unlocks 'mu', which is released already on every path to here
  // CHECK: :[[@LINE-3]]:6: note: released here
  // CHECK: :[[@LINE-3]]:6: note: remove one of the two releases
}
template void parameter_bad(std::mutex &);
template void parameter_bad(std::shared_mutex &);

void pointer_bad(std::mutex *mu) {
  std::lock_guard<std::mutex> guard(*mu);
  n++;
  mu->unlock();
  // CHECK: :[[@LINE-1]]:7: warning: this unlocks 'mu', and guard 'guard' will unlock it again
  // CHECK: :[[@LINE-4]]:31: note: acquired by the guard here
  // CHECK: :[[@LINE-3]]:7: note: call 'unlock' of a std::unique_lock, which remembers it, or end the guard's scope
}

void twoParameters_ok(std::mutex &a, std::mutex &b) { // perhaps the same
  a.lock();
  b.unlock();
}

struct Base {
  std::mutex mu_;
  int n_ = 0;
  void enter() { mu_.lock(); }
  void leave() { mu_.unlock(); }
};
template <class T> struct Typed : Base {
  T value_{};
  void left_bad() {
    enter();
    this->n_++;
    leave();
    this->mu_.unlock();
    // CHECK: :[[@LINE-1]]:15: warning: this unlocks 'mu_', which is released already on every path to here
    // CHECK: :[[@LINE-3]]:5: note: released here
    // CHECK: :[[@LINE-3]]:15: note: remove one of the two releases
  }
};
template struct Typed<int>;
template struct Typed<long>;

struct Derived : Base {
  void twice_bad() {
    mu_.lock();
    n_++;
    Base::mu_.unlock();
    this->mu_.unlock();
    // CHECK: :[[@LINE-1]]:15: warning: this unlocks 'mu_', which is released already on every path to here
    // CHECK: :[[@LINE-3]]:15: note: released here
    // CHECK: :[[@LINE-3]]:15: note: remove one of the two releases
  }
  void once_ok() {
    enter();
    n_++;
    mu_.unlock();
  }
};

//===--- Released in another mode than acquired ---===//

std::shared_mutex readers;
void asWriter_bad() {
  readers.lock_shared();
  int seen = n;
  (void)seen;
  readers.unlock();
  // CHECK: :[[@LINE-1]]:11: warning: this unlocks 'readers' as a writer, which is only held shared
  // CHECK: :[[@LINE-5]]:11: note: acquired as a reader here
  // CHECK: :[[@LINE-3]]:11: note: release it as it was acquired
}
void asReader_bad() {
  readers.lock();
  n++;
  readers.unlock_shared();
  // CHECK: :[[@LINE-1]]:11: warning: this unlocks 'readers' as a reader, which is held exclusively
  // CHECK: :[[@LINE-4]]:11: note: acquired exclusively here
  // CHECK: :[[@LINE-3]]:11: note: release it as it was acquired
}
void either_ok(bool write) {
  if (write)
    readers.lock();
  else
    readers.lock_shared();
  if (write)
    readers.unlock();
  else
    readers.unlock_shared();
}
void reader_ok() {
  readers.lock_shared();
  readers.unlock_shared();
}
void upgraded_ok() {
  readers.lock_shared();
  readers.unlock_shared();
  readers.lock();
  n++;
  readers.unlock();
}

struct Rows {
  std::mutex mu[3];
  void row_ok(int i) {
    mu[i].lock();
    n++;
    mu[1].unlock();
  }
};

struct Entry {
  std::mutex mu;
  int n = 0;
};
static Entry here, there;
void otherObject_bad() {
  here.mu.lock();
  here.n += there.n;
  there.mu.unlock();
  // CHECK: :[[@LINE-1]]:12: warning: this unlocks 'there.mu', which this function never locks; it locks 'here.mu' and never unlocks it
  // CHECK: :[[@LINE-4]]:11: note: 'here.mu' acquired here
  // CHECK: :[[@LINE-3]]:12: note: release the lock that was acquired
}
void otherObject_ok(Entry &a, Entry &b) {
  a.mu.lock();
  b.mu.unlock(); // perhaps the same one
}
void throughPointer_ok() {
  Entry *entry = &here;
  if (there.n)
    entry = &there;
  entry->mu.lock();
  there.mu.unlock();
}

std::mutex once;
void adoptedUnderGuard_bad() {
  std::lock_guard<std::mutex> guard(once);
  std::lock_guard<std::mutex> second(once, std::adopt_lock);
  // CHECK: :[[@LINE-1]]:31: warning: this adopts 'once', and guard 'guard' will unlock it again
  // CHECK: :[[@LINE-3]]:31: note: acquired by the guard here
  // CHECK: :[[@LINE-3]]:31: note:
}
void adoptedFromGuard_ok() {
  std::unique_lock<std::mutex> guard(once);
  guard.release();
  std::lock_guard<std::mutex> second(once, std::adopt_lock);
}
void adoptedThenReleased_ok() {
  std::unique_lock<std::mutex> guard(once);
  std::lock_guard<std::mutex> second(once, std::adopt_lock);
  guard.release();
}
void releasedTwice_bad() {
  std::unique_lock<std::mutex> guard(once);
  auto *mutex = guard.release();
  mutex->unlock();
  mutex->unlock();
  // CHECK: :[[@LINE-1]]:10: warning: this unlocks 'once', which is released already on every path to here
  // CHECK: :[[@LINE-3]]:10: note: released here
  // CHECK: :[[@LINE-3]]:10: note: remove one of the two releases
}
