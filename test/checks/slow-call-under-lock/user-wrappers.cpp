// Guards, locks and wrappers that users write: understood without configuration
// as long as their bodies are visible.
// RUN: %check %s -- -std=c++20
#include <memory>
#include <mutex>
#include <pthread.h>
#include <unistd.h>
#include <utility>

std::mutex mu, other;

// A guard with a pointer, one with a reference.
class PointerGuard {
public:
  explicit PointerGuard(std::mutex *m) : m_(m) { m_->lock(); }
  ~PointerGuard() { m_->unlock(); }

private:
  std::mutex *m_;
};

class ReferenceGuard {
public:
  explicit ReferenceGuard(std::mutex &m) : m_(m) { m_.lock(); }
  ~ReferenceGuard() { m_.unlock(); }

private:
  std::mutex &m_;
};

void guard_bad(int fd) {
  {
    PointerGuard g(&mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: lock 'mu' acquired here
  }
  fsync(fd);
  {
    ReferenceGuard g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

// The constructor is elsewhere, the destructor too.
class OutOfLineGuard {
public:
  explicit OutOfLineGuard(std::mutex &m);
  ~OutOfLineGuard();

private:
  std::mutex &m_;
};

void declared_only_ok(int fd) {
  OutOfLineGuard g(mu); // what it does is not visible here
  fsync(fd);
}

class LateGuard {
public:
  explicit LateGuard(std::mutex &m);
  ~LateGuard();

private:
  std::mutex &m_;
};

void defined_below_bad(int fd) {
  {
    LateGuard g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

LateGuard::LateGuard(std::mutex &m) : m_(m) { m_.lock(); }
LateGuard::~LateGuard() { m_.unlock(); }

// A guard that releases first and takes the lock again at its end.
class InvertedGuard {
public:
  explicit InvertedGuard(std::mutex &m) : m_(m) { m_.unlock(); }
  ~InvertedGuard() { m_.lock(); }

private:
  std::mutex &m_;
};

void inverted_guard_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  {
    InvertedGuard unlocked(mu);
    fsync(fd);
  }
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

// The same around another guard.
class InvertedLock {
public:
  explicit InvertedLock(std::unique_lock<std::mutex> &l) : l_(l) { l_.unlock(); }
  ~InvertedLock() { l_.lock(); }

private:
  std::unique_lock<std::mutex> &l_;
};

void inverted_around_a_guard_bad(int fd) {
  std::unique_lock<std::mutex> lk(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  {
    InvertedLock unlocked(lk);
    fsync(fd);
  }
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

// A mutex of one's own.
class Mutex {
public:
  Mutex() { pthread_mutex_init(&m_, nullptr); }
  ~Mutex() { pthread_mutex_destroy(&m_); }
  void Lock() { pthread_mutex_lock(&m_); }
  void Unlock() { pthread_mutex_unlock(&m_); }
  bool TryLock() { return pthread_mutex_trylock(&m_) == 0; }

private:
  pthread_mutex_t m_;
};

class MutexLock {
public:
  explicit MutexLock(Mutex *m) : m_(m) { m_->Lock(); }
  ~MutexLock() { m_->Unlock(); }

private:
  Mutex *const m_;
};

class Database {
  void write_bad(int fd) {
    MutexLock l(&mutex_);
    ++writes_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mutex_' is held [threadlint-slow-call-under-lock]
  }

  void unlocked_through_the_mutex_ok(int fd) {
    MutexLock l(&mutex_);
    mutex_.Unlock();
    fsync(fd);
    mutex_.Lock();
  }

  void by_hand_bad(int fd) {
    mutex_.Lock();
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mutex_' is held [threadlint-slow-call-under-lock]
    mutex_.Unlock();
    fsync(fd);
  }

  void try_bad(int fd) {
    if (mutex_.TryLock()) {
      fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mutex_' is held [threadlint-slow-call-under-lock]
      mutex_.Unlock();
    } else {
      fsync(fd);
    }
  }

  Mutex mutex_;
  int writes_ = 0;
};

// A guard with unlock(), by a pointer or by a flag.
class UnlockableGuard {
public:
  explicit UnlockableGuard(std::mutex &m) : m_(&m) { m_->lock(); }
  ~UnlockableGuard() {
    if (m_)
      m_->unlock();
  }
  void unlock() {
    m_->unlock();
    m_ = nullptr;
  }

private:
  std::mutex *m_;
};

void unlockable_guard_bad(int fd) {
  UnlockableGuard g(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  g.unlock();
  fsync(fd);
}

void unlockable_guard_on_one_path_ok(int fd, bool early) {
  UnlockableGuard g(mu);
  if (early)
    g.unlock();
  fsync(fd);
}

class FlagGuard {
public:
  explicit FlagGuard(std::mutex &m, bool now = true) : m_(m) {
    if (now)
      lock();
  }
  ~FlagGuard() {
    if (locked_)
      m_.unlock();
  }
  void lock() {
    m_.lock();
    locked_ = true;
  }
  void unlock() {
    locked_ = false;
    m_.unlock();
  }

private:
  std::mutex &m_;
  bool locked_ = false;
};

void flag_guard_bad(int fd) {
  FlagGuard g(mu, false);
  fsync(fd);
  g.lock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  g.unlock();
  fsync(fd);
}

void flag_guard_that_locks_at_once_bad(int fd) {
  FlagGuard g(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

// A lock passed by reference, released by name elsewhere: libfilezilla's way.
class scoped_lock {
public:
  explicit scoped_lock(Mutex &m) : m_(&m) { m_->Lock(); }
  scoped_lock(scoped_lock &&o) : m_(o.m_), locked_(o.locked_) {
    o.m_ = nullptr;
    o.locked_ = false;
  }
  ~scoped_lock() {
    if (locked_)
      m_->Unlock();
  }
  void lock() {
    locked_ = true;
    m_->Lock();
  }
  void unlock() {
    locked_ = false;
    m_->Unlock();
  }

private:
  Mutex *m_;
  bool locked_ = true;
};

class Resolver {
  void entry() {
    scoped_lock l(mutex_);
    while (do_lookup(l)) {
    }
  }

  bool do_lookup(scoped_lock &l) {
    l.unlock();
    fsync(count_);
    l.lock();
    return count_ != 0;
  }

  void direct_bad(int fd) {
    scoped_lock l(mutex_);
    ++count_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mutex_' is held [threadlint-slow-call-under-lock]
    l.unlock();
    fsync(fd);
  }

  Mutex mutex_;
  int count_ = 0;
};

// Inheritance.
struct GuardBase {
  explicit GuardBase(std::mutex &m) : m_(m) { m_.lock(); }
  ~GuardBase() { m_.unlock(); }
  std::mutex &m_;
};
struct DerivedGuard : GuardBase {
  explicit DerivedGuard(std::mutex &m) : GuardBase(m) {}
};
struct InheritingGuard : GuardBase {
  using GuardBase::GuardBase;
};
struct StdGuard : std::lock_guard<std::mutex> {
  using std::lock_guard<std::mutex>::lock_guard;
};

void derived_guard_bad(int fd) {
  {
    DerivedGuard g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
  {
    InheritingGuard g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

void inherited_constructor_of_a_modelled_guard_bad(int fd) {
  {
    StdGuard g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

struct LockableBase {
  void lock() { base_mu_.lock(); }
  void unlock() { base_mu_.unlock(); }
  std::mutex base_mu_;
};
struct Account : LockableBase {
  void inherited_lock_bad(int fd) {
    lock();
    ++balance;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'base_mu_' is held [threadlint-slow-call-under-lock]
    unlock();
    fsync(fd);
  }
  void guard_over_this_bad(int fd) {
    std::lock_guard<Account> g(*this);
    ++balance;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock '*this' is held [threadlint-slow-call-under-lock]
  }
  int balance = 0;
};

void guard_over_a_lockable_object_bad(int fd, Account &account) {
  std::lock_guard<Account> g(account);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'account' is held [threadlint-slow-call-under-lock]
}

// Templates.
template <class M> class TemplateGuard {
public:
  explicit TemplateGuard(M &m) : m_(m) { m_.lock(); }
  ~TemplateGuard() { m_.unlock(); }

private:
  M &m_;
};

template <class T> class Monitor {
public:
  template <class F> auto with(F f) {
    std::lock_guard<std::mutex> g(m_);
    return f(value_);
  }
  struct Access {
    explicit Access(Monitor &m) : lock(m.m_), value(&m.value_) {}
    T *operator->() { return value; }
    std::unique_lock<std::mutex> lock;
    T *value;
  };
  Access access() { return Access(*this); }

private:
  std::mutex m_;
  T value_;
};

void template_guard_bad(int fd, Account &account) {
  {
    TemplateGuard<std::mutex> g(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  {
    TemplateGuard g(account);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'account.base_mu_' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

void access_object_bad(int fd, Monitor<Account> &m) {
  {
    auto a = m.access();
    a->balance = 1;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'm.m_' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

void access_temporary_ok(int fd, Monitor<Account> &m) {
  m.access()->balance = 1;
  fsync(fd);
}

// Guards that functions return.
std::unique_lock<std::mutex> acquire() { return std::unique_lock<std::mutex>(mu); }
std::unique_lock<std::mutex> acquire_named() {
  std::unique_lock<std::mutex> lk(mu);
  return lk;
}
std::unique_lock<std::mutex> acquire_deferred() { return {mu, std::defer_lock}; }
PointerGuard acquire_own() { return PointerGuard(&mu); }

void returned_guard_bad(int fd) {
  {
    auto lk = acquire();
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: lock 'mu' acquired here
  }
  fsync(fd);
  {
    auto lk = acquire_named();
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    lk.unlock();
    fsync(fd);
  }
  {
    auto lk = acquire_own();
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'lk' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
  auto late = acquire_deferred();
  fsync(fd);
  late.lock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void discarded_guard_ok(int fd) {
  acquire();
  fsync(fd);
}

class Session {
public:
  std::unique_lock<std::mutex> lock() { return std::unique_lock<std::mutex>(m_); }
  int state = 0;

private:
  std::mutex m_;
};

void member_returns_guard_bad(int fd, Session &s) {
  {
    auto lk = s.lock();
    s.state = 1;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 's' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

// Guards as members.
class Transaction {
public:
  explicit Transaction(std::mutex &m) : lock_(m) {}
  void commit_early() { lock_.unlock(); }
  void write();

private:
  std::unique_lock<std::mutex> lock_;
};

void guard_member_bad(int fd) {
  {
    Transaction t(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
  Transaction t(mu);
  t.commit_early();
  fsync(fd);
}

struct Aggregate {
  std::lock_guard<std::mutex> g{mu};
};

void FN_default_member_initialiser(int fd) {
  // The implicit constructor's initialisers are not followed.
  Aggregate a;
  fsync(fd);
}

// Moved guards.
void sink(std::unique_lock<std::mutex> lk) { lk.unlock(); }
void unknown_sink(std::unique_lock<std::mutex> lk);
void unknown_reference(std::unique_lock<std::mutex> &lk);
void unlocks(std::unique_lock<std::mutex> &lk) { lk.unlock(); }
void unlocks_and_locks(std::unique_lock<std::mutex> &lk) {
  lk.unlock();
  lk.lock();
}

void moved_away_ok(int fd) {
  std::unique_lock<std::mutex> lk(mu);
  sink(std::move(lk));
  fsync(fd);
}

void moved_to_the_unknown_ok(int fd) {
  std::unique_lock<std::mutex> lk(mu);
  unknown_sink(std::move(lk));
  fsync(fd);
}

void given_to_the_unknown_ok(int fd) {
  std::unique_lock<std::mutex> lk(mu);
  unknown_reference(lk);
  fsync(fd);
}

void unlocked_by_reference_ok(int fd) {
  std::unique_lock<std::mutex> lk(mu);
  unlocks(lk);
  fsync(fd);
}

void unlocked_and_locked_by_reference_bad(int fd) {
  std::unique_lock<std::mutex> lk(mu);
  unlocks_and_locks(lk);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void guard_parameter_ok(std::unique_lock<std::mutex> &lk, int fd) {
  lk.unlock();
  fsync(fd);
  lk.lock();
}

void guard_parameter_unknown(std::unique_lock<std::mutex> &lk, int fd) {
  // Nobody says that the guard owns its lock here.
  fsync(fd);
}

// Enter and Leave.
class Region {
  void Enter() { mu_.lock(); }
  void Leave() { mu_.unlock(); }
  void nested() { Enter(); }

  void work_bad(int fd) {
    Enter();
    ++n_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-4]]:{{[0-9]+}}: note: lock 'mu_' acquired here
    Leave();
    fsync(fd);
  }

  void deeper_bad(int fd) {
    nested();
    ++n_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    Leave();
    fsync(fd);
  }

  std::mutex mu_;
  int n_ = 0;
};

// A guard that takes a lambda to run at its end.
template <class F> class ScopeExit {
public:
  explicit ScopeExit(F f) : f_(std::move(f)) {}
  ~ScopeExit() { f_(); }

private:
  F f_;
};

void scope_exit_bad(int fd) {
  {
    mu.lock();
    ScopeExit exit([] { mu.unlock(); });
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

// Two locks in one guard.
class TwoLocks {
public:
  TwoLocks(std::mutex &a, std::mutex &b) : a_(a), b_(b) {
    a_.lock();
    b_.lock();
  }
  ~TwoLocks() {
    b_.unlock();
    a_.unlock();
  }

private:
  std::mutex &a_, &b_;
};

void two_locks_bad(int fd) {
  {
    TwoLocks g(mu, other);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

// shared_ptr with a deleter that unlocks: nobody knows when it ends.
void shared_ptr_as_guard_ok(int fd) {
  mu.lock();
  {
    std::shared_ptr<std::mutex> g(&mu, [](std::mutex *m) { m->unlock(); });
  }
  fsync(fd);
}

// A guard that may be empty.
class OptionalGuard {
public:
  explicit OptionalGuard(std::mutex *m) : m_(m) {
    if (m_)
      m_->lock();
  }
  ~OptionalGuard() {
    if (m_)
      m_->unlock();
  }

private:
  std::mutex *m_;
};

void optional_guard_bad(int fd) {
  {
    OptionalGuard g(&mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

struct MaybeShared {
  std::mutex mu_;
  bool shared_;

  void always_bad(int fd) {
    OptionalGuard g(&mu_);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: lock 'mu_' acquired here
  }

  void perhaps_ok(int fd) {
    OptionalGuard g(shared_ ? &mu_ : nullptr);
    fsync(fd);
  }
};
