// RUN: %check %s -- -std=c++20
// Guards in std::optional and std::unique_ptr.
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

std::mutex mu;
int n;
void bump() {
  std::lock_guard<std::mutex> guard(mu);
  ++n;
}
using Guard = std::unique_lock<std::mutex>;
void take(std::optional<Guard> guard);
void drop(std::optional<Guard> &guard);

void emplaced_bad() {
  std::optional<Guard> guard;
  bump();
  guard.emplace(mu);
  bump();
  // CHECK: :[[@LINE-1]]:3: warning: call to 'bump' acquires lock 'mu' again while this thread holds it
  // CHECK: :[[@LINE-3]]:9: note: lock 'mu' acquired here
  // CHECK: :[[@LINE-14]]:31: note: 'bump' acquires it here
  // CHECK: :[[@LINE-4]]:3: note: release the lock before the call
}
void inPlace_bad() {
  std::optional<std::lock_guard<std::mutex>> guard(std::in_place, mu);
  bump();
  // CHECK: :[[@LINE-1]]:3: warning: call to 'bump' acquires lock 'mu' again while this thread holds it
  // CHECK: note: lock 'mu' acquired here
  // CHECK: note: 'bump' acquires it here
  // CHECK: note: release the lock before the call
}
void assigned_bad() {
  std::optional<Guard> guard;
  guard = Guard(mu);
  bump();
  // CHECK: :[[@LINE-1]]:3: warning: call to 'bump' acquires lock 'mu' again while this thread holds it
  // CHECK: note: lock 'mu' acquired here
  // CHECK: note: 'bump' acquires it here
  // CHECK: note: release the lock before the call
}
void moved_bad() {
  Guard first(mu);
  std::optional<Guard> guard(std::move(first));
  bump();
  // CHECK: :[[@LINE-1]]:3: warning: call to 'bump' acquires lock 'mu' again while this thread holds it
  // CHECK: note: lock 'mu' acquired here
  // CHECK: note: 'bump' acquires it here
  // CHECK: note: release the lock before the call
}
void made_bad() {
  auto guard = std::make_optional<Guard>(mu);
  bump();
  // CHECK: :[[@LINE-1]]:3: warning: call to 'bump' acquires lock 'mu' again while this thread holds it
  // CHECK: note: lock 'mu' acquired here
  // CHECK: note: 'bump' acquires it here
  // CHECK: note: release the lock before the call
}
void onHeap_bad() {
  auto guard = std::make_unique<std::lock_guard<std::mutex>>(mu);
  bump();
  // CHECK: :[[@LINE-1]]:3: warning: call to 'bump' acquires lock 'mu' again while this thread holds it
  // CHECK: note: lock 'mu' acquired here
  // CHECK: note: 'bump' acquires it here
  // CHECK: note: release the lock before the call
}
void newed_bad() {
  std::unique_ptr<Guard> guard(new Guard(mu));
  bump();
  // CHECK: :[[@LINE-1]]:3: warning: call to 'bump' acquires lock 'mu' again while this thread holds it
  // CHECK: note: lock 'mu' acquired here
  // CHECK: note: 'bump' acquires it here
  // CHECK: note: release the lock before the call
  guard.reset();
  bump();
}
void asked_bad(bool locks) {
  std::optional<Guard> guard;
  if (locks)
    guard.emplace(mu);
  if (guard)
    bump();
    // CHECK: :[[@LINE-1]]:5: warning: call to 'bump' acquires lock 'mu' again while this thread holds it
    // CHECK: note: lock 'mu' acquired here
    // CHECK: note: 'bump' acquires it here
    // CHECK: note: release the lock before the call
  else
    bump();
}

void reset_ok() {
  std::optional<Guard> guard;
  guard.emplace(mu);
  guard.reset();
  bump();
}
void nullopt_ok() {
  std::optional<Guard> guard(mu);
  guard = std::nullopt;
  bump();
  guard.emplace(mu);
  guard = {};
  bump();
}
void scope_ok() {
  {
    std::optional<Guard> guard;
    guard.emplace(mu);
  }
  bump();
}
void unlocked_ok() {
  std::optional<Guard> guard;
  guard.emplace(mu);
  guard->unlock();
  bump();
  guard->lock();
  (*guard).unlock();
  bump();
}
void deferred_ok() {
  std::optional<Guard> guard;
  guard.emplace(mu, std::defer_lock);
  bump();
}
void empty_ok() {
  std::optional<Guard> guard;
  std::unique_ptr<Guard> other;
  std::optional<Guard> none(std::nullopt);
  std::unique_ptr<Guard> null(nullptr);
  bump();
}
void moved_ok() {
  std::optional<Guard> guard;
  guard.emplace(mu);
  take(std::move(guard));
  bump();
}
void passed_ok() {
  std::optional<Guard> guard;
  guard.emplace(mu);
  drop(guard);
  bump();
}
void onHeap_ok() {
  auto guard = std::make_unique<std::lock_guard<std::mutex>>(mu);
  guard = nullptr;
  bump();
}
void given_ok() {
  Guard *forgotten;
  {
    auto guard = std::make_unique<Guard>(mu);
    forgotten = guard.release();
  }
  delete forgotten;
}
