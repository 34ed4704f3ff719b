// Clang's thread-safety attributes say what calls do to locks, bodies or not.
// RUN: %check %s -- -std=c++17 -Wno-thread-safety
#include <unistd.h>

#define CAPABILITY(x) __attribute__((capability(x)))
#define SCOPED_CAPABILITY __attribute__((scoped_lockable))
#define GUARDED_BY(x) __attribute__((guarded_by(x)))
#define ACQUIRE(...) __attribute__((acquire_capability(__VA_ARGS__)))
#define ACQUIRE_SHARED(...) __attribute__((acquire_shared_capability(__VA_ARGS__)))
#define RELEASE(...) __attribute__((release_capability(__VA_ARGS__)))
#define RELEASE_SHARED(...) __attribute__((release_shared_capability(__VA_ARGS__)))
#define RELEASE_GENERIC(...) __attribute__((release_generic_capability(__VA_ARGS__)))
#define TRY_ACQUIRE(...) __attribute__((try_acquire_capability(__VA_ARGS__)))
#define TRY_ACQUIRE_SHARED(...) __attribute__((try_acquire_shared_capability(__VA_ARGS__)))
#define REQUIRES(...) __attribute__((requires_capability(__VA_ARGS__)))
#define REQUIRES_SHARED(...) __attribute__((requires_shared_capability(__VA_ARGS__)))
#define EXCLUDES(...) __attribute__((locks_excluded(__VA_ARGS__)))
#define ASSERT_CAPABILITY(x) __attribute__((assert_capability(x)))
#define RETURN_CAPABILITY(x) __attribute__((lock_returned(x)))
#define NO_THREAD_SAFETY_ANALYSIS __attribute__((no_thread_safety_analysis))

class CAPABILITY("mutex") Mutex {
public:
  void Lock() ACQUIRE();
  void Unlock() RELEASE();
  void ReaderLock() ACQUIRE_SHARED();
  void ReaderUnlock() RELEASE_SHARED();
  void AnyUnlock() RELEASE_GENERIC();
  bool TryLock() TRY_ACQUIRE(true);
  bool ReaderTryLock() TRY_ACQUIRE_SHARED(true);
  int FailsToLock() TRY_ACQUIRE(false); // zero is success
  void AssertHeld() ASSERT_CAPABILITY(this);
};

class SCOPED_CAPABILITY MutexLock {
public:
  explicit MutexLock(Mutex *mu) ACQUIRE(mu);
  ~MutexLock() RELEASE();
};

class SCOPED_CAPABILITY ReleasableLock {
public:
  explicit ReleasableLock(Mutex &mu) ACQUIRE(mu);
  ~ReleasableLock() RELEASE();
  void Lock() ACQUIRE();
  void Unlock() RELEASE();
};

class SCOPED_CAPABILITY ReaderLock {
public:
  explicit ReaderLock(Mutex &mu) ACQUIRE_SHARED(mu);
  ~ReaderLock() RELEASE_GENERIC();
};

Mutex mu, other;

void by_hand_bad(int fd) {
  mu.Lock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: lock 'mu' acquired here
  mu.Unlock();
  fsync(fd);
  mu.ReaderLock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.ReaderUnlock();
  fsync(fd);
  mu.Lock();
  mu.AnyUnlock();
  fsync(fd);
}

void scoped_bad(int fd) {
  {
    MutexLock l(&mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-3]]:{{[0-9]+}}: note: lock 'mu' acquired here
  }
  fsync(fd);
  {
    ReaderLock l(mu);
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  }
  fsync(fd);
}

void releasable_bad(int fd) {
  ReleasableLock l(mu);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  l.Unlock();
  fsync(fd);
  l.Lock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void unlocked_below_the_guard_ok(int fd) {
  MutexLock l(&mu);
  mu.Unlock();
  fsync(fd);
  mu.Lock();
}

void try_bad(int fd) {
  if (mu.TryLock()) {
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
    mu.Unlock();
  } else {
    fsync(fd);
  }
  if (!mu.ReaderTryLock())
    return;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.ReaderUnlock();
  if (mu.FailsToLock()) {
    fsync(fd);
    return;
  }
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  mu.Unlock();
}

void asserted_bad(int fd) {
  fsync(fd);
  mu.AssertHeld();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void free_enter() ACQUIRE(mu);
void free_leave() RELEASE(mu);
void lock_it(Mutex &m) ACQUIRE(m);
void unlock_it(Mutex &m) RELEASE(m);
void lock_both(Mutex *a, Mutex *b) ACQUIRE(a, b);
void unlock_both(Mutex *a, Mutex *b) RELEASE(a, b);

void free_functions_bad(int fd) {
  free_enter();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  free_leave();
  fsync(fd);
  lock_it(other);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'other' is held [threadlint-slow-call-under-lock]
  unlock_it(other);
  fsync(fd);
  lock_both(&mu, &other);
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held [threadlint-slow-call-under-lock]
  unlock_both(&mu, &other);
  fsync(fd);
}

class Cache {
public:
  void flush_bad(int fd) {
    MutexLock l(&mu_);
    ++n_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    flush_locked_bad(fd); // reported inside it
    flush_elsewhere(fd);  // unknown
  }

  // The report is here, not at the callers.
  void flush_locked_bad(int fd) REQUIRES(mu_) {
    ++n_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
// CHECK: :[[@LINE-4]]:{{[0-9]+}}: note: lock 'mu_' is held here
  }

  void released_meanwhile_ok(int fd) REQUIRES(mu_) {
    mu_.Unlock();
    fsync(fd);
    mu_.Lock();
  }

  void calls_the_one_that_releases_ok(int fd) {
    MutexLock l(&mu_);
    ++n_;
    released_meanwhile_ok(fd);
  }

  void shared_bad(int fd) REQUIRES_SHARED(mu_) {
    fsync(fd + n_);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

  void through_a_chain_bad(int fd) REQUIRES(mu_) {
    ++n_;
    helper(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'helper' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }
  void helper(int fd) { fsync(fd); }

  void caller_of_a_chain_ok(int fd) {
    MutexLock l(&mu_);
    through_a_chain_bad(fd); // reported inside it
  }

  void with_another_lock_bad(int fd) {
    MutexLock outer(&other);
    MutexLock l(&mu_);
    flush_locked_bad(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'flush_locked_bad' may block (sync-io) while lock 'other' is held [threadlint-slow-call-under-lock]
  }

  void excluded_ok(int fd) EXCLUDES(mu_) {
    ++n_;
    fsync(fd);
  }

  void out_of_line_bad(int fd) REQUIRES(mu_);
  void flush_elsewhere(int fd) REQUIRES(mu_);

  Mutex &mutex() RETURN_CAPABILITY(mu_) { return mu_; }
  void through_the_accessor_bad(int fd) {
    MutexLock l(&mutex());
    ++n_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
  }

  void analysis_off_bad(int fd) NO_THREAD_SAFETY_ANALYSIS {
    mu_.Lock();
    ++n_;
    fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
    mu_.Unlock();
  }

private:
  Mutex mu_;
  int n_ GUARDED_BY(mu_) = 0;
};

void Cache::out_of_line_bad(int fd) {
  ++n_;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu_' is held [threadlint-slow-call-under-lock]
}

struct Parameter {
  Mutex mu;
  int n;
};
void requires_of_parameter_bad(Parameter &p, int fd) REQUIRES(p.mu) {
  ++p.n;
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'p.mu' is held [threadlint-slow-call-under-lock]
}

// Bodies that do what the attributes say count once.
class CAPABILITY("mutex") Visible {
public:
  void Lock() ACQUIRE() { inner_.Lock(); }
  void Unlock() RELEASE() { inner_.Unlock(); }

private:
  Mutex inner_;
};
Visible visible;

void body_and_attribute_bad(int fd) {
  visible.Lock();
  fsync(fd);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'visible' is held [threadlint-slow-call-under-lock]
  visible.Unlock();
  fsync(fd);
}

// Annotations of the user's own functions.
void waits_for_disk() __attribute__((annotate("threadlint::blocking")));
void never_waits(int fd) __attribute__((annotate("threadlint::nonblocking")));
void never_waits(int fd) { fsync(fd); }

void annotated_bad(int fd) {
  MutexLock l(&mu);
  waits_for_disk();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'waits_for_disk' may block (custom) while lock 'mu' is held [threadlint-slow-call-under-lock]
  never_waits(fd);
}
