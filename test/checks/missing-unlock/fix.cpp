// RUN: %fix %s -- -std=c++17 | %filecheck %s
// A guard takes the place of lock and unlock only where nothing else changes.
#include <mutex>

std::mutex mu;
int n;

int simple(int x) {
  mu.lock();
  if (x < 0)
    return -1;
  n = x;
  mu.unlock();
  return 0;
}
// CHECK-LABEL: int simple
// CHECK-NEXT:   std::lock_guard<std::mutex> guard(mu);
// CHECK-NEXT:   if (x < 0)
// CHECK-NEXT:     return -1;
// CHECK-NEXT:   n = x;
// CHECK-NEXT:   return 0;

struct Table {
  std::recursive_mutex *mu;
  int set(int x) {
    mu->lock();
    if (x < 0) {
      mu->unlock();
      return -1;
    }
    if (x == 0)
      return 0;
    n = x;
    mu->unlock();
    return n;
  }
};
// CHECK-LABEL: int set
// CHECK-NEXT:     std::lock_guard<std::recursive_mutex> guard(*mu);
// CHECK-NEXT:     if (x < 0) {
// CHECK-NEXT:       return -1;

void work();
int workAfter(int x) {
  mu.lock();
  if (x < 0)
    return -1;
  mu.unlock();
  work();
  return 0;
}
// CHECK-LABEL: int workAfter
// CHECK-NEXT:   mu.lock();

int inBranch(int x) {
  mu.lock();
  if (x < 0)
    mu.unlock();
  return 0;
}
// CHECK-LABEL: int inBranch
// CHECK-NEXT:   mu.lock();
