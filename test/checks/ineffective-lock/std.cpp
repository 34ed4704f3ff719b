// RUN: %check %s -- -std=c++20
// Guards and locks of the standard library that protect nothing.
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

std::mutex mu;
int n;
std::condition_variable cv;
void work();

// Temporaries.

void temporary_bad() {
  std::lock_guard<std::mutex>{mu};
  // CHECK: :[[@LINE-1]]:3: warning: this 'lock_guard' is a temporary: it unlocks at the end of the statement
  // CHECK: :[[@LINE-2]]:3: note: give the guard a name
  n++;
}

void uniqueTemporary_bad() {
  std::unique_lock<std::mutex>{mu};
  // CHECK: :[[@LINE-1]]:3: warning: this 'unique_lock' is a temporary
  n++;
}

void deduced_bad() {
  std::scoped_lock{mu};
  // CHECK: :[[@LINE-1]]:3: warning: this 'scoped_lock' is a temporary
  n++;
}

void named_ok() {
  std::lock_guard<std::mutex> guard{mu};
  n++;
}

void wholeStatement_ok() { std::lock_guard<std::mutex>{mu}, n++; }

void cast_ok() { (void)std::lock_guard<std::mutex>{mu}; }

void adopted_ok() { // unlocks
  std::lock_guard<std::mutex>{mu, std::adopt_lock};
}

struct Guard {
  explicit Guard(std::mutex *m) : m(m) { m->lock(); }
  ~Guard() { m->unlock(); }
  std::mutex *m;
};

void own_bad() {
  Guard{&mu};
  // CHECK: :[[@LINE-1]]:3: warning: this 'Guard' is a temporary
  n++;
}

// Guards without a lock.

void noLock_bad() {
  std::scoped_lock lk;
  // CHECK: :[[@LINE-1]]:20: warning: guard 'lk' is given no lock
  n++;
}

void deferred_bad() {
  std::unique_lock<std::mutex> lk(mu, std::defer_lock);
  // CHECK: :[[@LINE-1]]:32: warning: guard 'lk' never locks anything
  n++;
}

void deferredAsked_bad() {
  std::unique_lock<std::mutex> lk(mu, std::defer_lock);
  // CHECK: :[[@LINE-1]]:32: warning: guard 'lk' never locks anything
  if (lk.owns_lock())
    n++;
}

void deferred_ok() {
  std::unique_lock<std::mutex> lk(mu, std::defer_lock);
  lk.lock();
  n++;
}

void together_ok() {
  static std::mutex m1, m2;
  std::unique_lock<std::mutex> l1(m1, std::defer_lock), l2(m2, std::defer_lock);
  std::lock(l1, l2);
  n++;
}

void assigned_ok(bool x) {
  std::unique_lock<std::mutex> lk;
  if (x)
    lk = std::unique_lock<std::mutex>(mu);
  n++;
}

// Locks that nobody else can see.

void local_bad() {
  std::mutex own;
  // CHECK: :[[@LINE-1]]:14: warning: lock 'own' is a local variable: each call has its own
  std::lock_guard<std::mutex> guard(own);
  n++;
}

void localByHand_bad() {
  std::mutex own;
  // CHECK: :[[@LINE-1]]:14: warning: lock 'own' is a local variable
  own.lock();
  work();
  own.unlock();
}

void ofThread_bad() {
  thread_local std::mutex own;
  // CHECK: :[[@LINE-1]]:27: warning: lock 'own' is thread_local
  std::lock_guard<std::mutex> guard(own);
  n++;
}

void static_ok() {
  static std::mutex own;
  std::lock_guard<std::mutex> guard(own);
  n++;
}

void captured_ok() {
  std::mutex own;
  std::thread t([&] {
    std::lock_guard<std::mutex> guard(own);
    n++;
  });
  {
    std::lock_guard<std::mutex> guard(own);
    n++;
  }
  t.join();
}

void use(std::mutex &m);
void passed_ok() {
  std::mutex own;
  use(own);
  std::lock_guard<std::mutex> guard(own);
  n++;
}

void byReference_ok() {
  std::mutex own;
  std::thread t(use, std::ref(own));
  {
    std::lock_guard<std::mutex> guard(own);
    n++;
  }
  t.join();
}

void waits_ok() {
  std::mutex own;
  std::unique_lock<std::mutex> lk(own);
  cv.wait_for(lk, std::chrono::seconds(1));
}

void nothingShared_ok() {
  std::mutex own;
  std::lock_guard<std::mutex> guard(own);
}

void parallel_ok() {
  std::mutex own;
#pragma omp parallel for
  for (int i = 0; i < 9; ++i) {
    std::lock_guard<std::mutex> guard(own);
    n++;
  }
}

// Tries.

void ignored_bad() {
  mu.try_lock();
  // CHECK: :[[@LINE-1]]:6: warning: nobody asks whether 'try_lock' has taken the lock
  n++;
  mu.unlock();
}

void ignoredGuard_bad() {
  std::unique_lock<std::mutex> lk(mu, std::try_to_lock);
  // CHECK: :[[@LINE-1]]:32: warning: nobody asks whether 'lk' has taken the lock
  n++;
}

void asked_ok() {
  std::unique_lock<std::mutex> lk(mu, std::try_to_lock);
  if (lk)
    n++;
}

// Empty sections.

void empty_bad() {
  { std::lock_guard<std::mutex> guard(mu); }
  n++;
  // CHECK: :[[@LINE-2]]:33: warning: 'guard' is unlocked at once: the section under the lock is empty
}

void emptyByHand_bad() {
  mu.lock();
  mu.unlock();
  n++;
  // CHECK: :[[@LINE-3]]:6: warning: 'mu' is unlocked at once
}

void commented_ok() {
  { std::lock_guard<std::mutex> guard(mu); } // wait for the writer
  n++;
}

void commentedBefore_ok() {
  // Wait for the writer.
  { std::lock_guard<std::mutex> guard(mu); }
  n++;
}

void notified_ok() {
  { std::lock_guard<std::mutex> guard(mu); }
  cv.notify_all();
}

// What a cast to void, or a function, drops.
std::unique_lock<std::mutex> lockAll() {
  return std::unique_lock<std::mutex>(mu);
}

void droppedResult_bad() {
  lockAll();
  // CHECK: :[[@LINE-1]]:3: warning: this 'unique_lock' is a temporary
  n++;
}

void castTry_bad() {
  (void)mu.try_lock();
  // CHECK: :[[@LINE-1]]:12: warning:
  n++;
}
