// RUN: %check %s -- -std=c++20
// Releases that this function itself shows to be one too many.
#include <mutex>
#include <shared_mutex>

std::mutex a, b;
std::recursive_mutex recursive;
int n;
void unknown();
bool ask();

void twice_bad() {
  a.lock();
  n++;
  a.unlock();
  a.unlock();
  // CHECK: :[[@LINE-1]]:5: warning: this unlocks 'a', which is released already on every path to here
  // CHECK: :[[@LINE-3]]:5: note: released here
}

void bothBranches_bad(bool x) {
  a.lock();
  if (x) {
    n++;
    a.unlock();
  } else {
    a.unlock();
  }
  a.unlock();
  // CHECK: :[[@LINE-1]]:5: warning: this unlocks 'a', which is released already
}

void oneBranch_ok(bool x) {
  a.lock();
  if (x)
    a.unlock();
  a.unlock(); // the other branch holds it
}

void afterGuard_bad() {
  { std::lock_guard<std::mutex> guard(a); }
  a.unlock(); // no caller can hold it: the guard would wait for ever
  // CHECK: :[[@LINE-1]]:5: warning: this unlocks 'a', which is released already on every path to here
  // CHECK: :[[@LINE-3]]:43: note: released here
  // CHECK: :[[@LINE-3]]:5: note: remove one of the two releases
}

void afterUnlockOfGuard_bad() {
  std::unique_lock<std::mutex> guard(a);
  guard.unlock();
  a.unlock();
  // CHECK: :[[@LINE-1]]:5: warning: this unlocks 'a', which is released already on every path to here
  // CHECK: :[[@LINE-3]]:9: note: released here
  // CHECK: :[[@LINE-3]]:5: note: remove one of the two releases
}

void afterRecursiveGuard_ok() {
  { std::lock_guard<std::recursive_mutex> guard(recursive); }
  recursive.unlock(); // the caller's
}

void afterGuardOnOneBranch_ok(bool x) {
  if (x) {
    std::lock_guard<std::mutex> guard(a);
  }
  a.unlock();
}

void again_ok() {
  a.lock();
  a.unlock();
  a.lock();
  a.unlock();
}

void callback_ok() {
  a.unlock();
  unknown();
  a.lock();
}

void lockIt();
void relocked_ok() {
  a.lock();
  a.unlock();
  lockIt();
  a.unlock();
}

void loop_ok() {
  for (int i = 0; i < n; ++i) {
    a.lock();
    a.unlock();
  }
  a.unlock(); // without a round of the loop, the caller's
}

void recursive_ok() {
  recursive.lock();
  recursive.lock();
  recursive.unlock();
  recursive.unlock();
}

void Unlock_ok() { a.unlock(); }

void wrongLock_bad() {
  a.lock();
  n++;
  b.unlock();
  // CHECK: :[[@LINE-1]]:5: warning: this unlocks 'b', which this function never locks; it locks 'a' and never unlocks it
  // CHECK: :[[@LINE-4]]:5: note: 'a' acquired here
}

void handOver_ok() {
  a.lock();
  n++;
  b.unlock();
  a.unlock();
}

struct Pair {
  std::mutex mu;
};

void mayBeOne_ok(Pair *x, Pair *y) {
  x->mu.lock();
  y->mu.unlock();
}

// Under a guard.

void underGuard_bad() {
  std::lock_guard<std::mutex> guard(a);
  n++;
  a.unlock();
  // CHECK: :[[@LINE-1]]:5: warning: this unlocks 'a', and guard 'guard' will unlock it again
  // CHECK: :[[@LINE-4]]:31: note: acquired by the guard here
}

void underGuardEarly_bad() {
  std::lock_guard<std::mutex> guard(a);
  a.unlock();
  // CHECK: :[[@LINE-1]]:5: warning: this unlocks 'a', and guard 'guard' will unlock it again
  if (ask())
    return;
  a.lock();
}

void underGuardAndBack_ok() {
  std::lock_guard<std::mutex> guard(a);
  a.unlock();
  unknown();
  a.lock();
}

void forgotten_ok() {
  std::unique_lock<std::mutex> lk(a);
  a.unlock();
  lk.release();
}

// Guards that own nothing.

void guardTwice_bad() {
  std::unique_lock<std::mutex> lk(a);
  lk.unlock();
  lk.unlock();
  // CHECK: :[[@LINE-1]]:6: warning: guard 'lk' owns no lock here
}

void deferred_bad() {
  std::unique_lock<std::mutex> lk(a, std::defer_lock);
  lk.unlock();
  // CHECK: :[[@LINE-1]]:6: warning: guard 'lk' owns no lock here
}

void moved_bad() {
  std::unique_lock<std::mutex> lk(a);
  std::unique_lock<std::mutex> to(std::move(lk));
  lk.unlock();
  // CHECK: :[[@LINE-1]]:6: warning: guard 'lk' owns no lock here
}

void releasedGuard_bad() {
  std::unique_lock<std::mutex> lk(a);
  a.lock();
  lk.release();
  lk.unlock();
  // CHECK: :[[@LINE-1]]:6: warning: guard 'lk' owns no lock here
}

void deferredTogether_ok() {
  std::unique_lock<std::mutex> x(a, std::defer_lock), y(b, std::defer_lock);
  std::lock(x, y);
  x.unlock();
}

void perhapsOwned_ok() {
  std::unique_lock<std::mutex> lk(a, std::try_to_lock);
  lk.unlock();
}

void swapped_ok() {
  std::unique_lock<std::mutex> lk(a, std::defer_lock), other(b);
  lk.swap(other);
  lk.unlock();
}

void lockThis(std::unique_lock<std::mutex> &lk);
void handed_ok() {
  std::unique_lock<std::mutex> lk(a, std::defer_lock);
  lockThis(lk);
  lk.unlock();
}

void inLambda_ok() {
  std::unique_lock<std::mutex> lk(a, std::defer_lock);
  auto again = [&] { lk.lock(); };
  again();
  lk.unlock();
}

void inTurns_ok() {
  std::unique_lock<std::mutex> lk(a);
  while (ask()) {
    lk.unlock();
    unknown();
    lk.lock();
  }
}

// Adopted.

void adopted_ok() {
  std::lock_guard<std::mutex> guard(a, std::adopt_lock); // the caller's
}

void adoptedTwice_bad() {
  a.lock();
  a.unlock();
  std::lock_guard<std::mutex> guard(a, std::adopt_lock);
  // CHECK: :[[@LINE-1]]:31: warning: this adopts 'a', which is released already
}

void adoptedStatic_bad() {
  static std::mutex mine;
  std::lock_guard<std::mutex> guard(mine, std::adopt_lock);
  // CHECK: :[[@LINE-1]]:31: warning: this adopts 'mine', which is not locked yet on any path to here
  n++;
}

void static_bad() {
  static std::mutex mine;
  mine.unlock();
  // CHECK: :[[@LINE-1]]:8: warning: this unlocks 'mine', which is not locked yet
  n++;
  mine.lock();
}

void share(std::mutex &m);
void shared_ok() {
  static std::mutex mine;
  share(mine);
  mine.unlock();
}
