// RUN: %check %s -- -std=c++17
// Two objects of one class, put into an order under other names.
#include <algorithm>
#include <mutex>

struct Account {
  std::mutex mu;
  int balance = 0;
};

void swappedPointers_ok(Account &from, Account &to) {
  Account *first = &from, *second = &to;
  if (first > second)
    std::swap(first, second);
  std::lock_guard<std::mutex> one(first->mu);
  std::lock_guard<std::mutex> two(second->mu);
}

void swappedLocks_ok(Account &from, Account &to) {
  std::mutex *first = &from.mu, *second = &to.mu;
  if (first > second)
    std::swap(first, second);
  std::lock_guard<std::mutex> one(*first);
  std::lock_guard<std::mutex> two(*second);
}

std::mutex shards[8];

void lowAndHigh_ok(int i, int j) {
  int low = i < j ? i : j, high = i < j ? j : i;
  std::lock_guard<std::mutex> one(shards[low]);
  std::lock_guard<std::mutex> two(shards[high]);
}

void otherComparison_bad(int i, int j, int n) {
  if (i >= n || j >= n)
    return;
  std::lock_guard<std::mutex> one(shards[i]);
  std::lock_guard<std::mutex> two(shards[j]);
  // CHECK: :[[@LINE-1]]:31: warning: lock 'shards[...]' is acquired while lock 'shards[...]' of another object is held
  // CHECK: note:
  // CHECK: note:
}
