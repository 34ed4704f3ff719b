// RUN: %check %s
// Locks that are parameters, elements of arrays, or behind a pointer; odd ways out.
#include <array>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <string>

int n;

template <class M> int parameter_bad(M &mu, int x) {
  mu.lock();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'mu' is not released on every path out of the function [threadlint-missing-unlock]
  // CHECK: :[[@LINE+3]]:5: note: still held at this return
  // CHECK: :[[@LINE-3]]:6: note: let a guard such as std::lock_guard own the lock: it releases on every path
  if (x < 0)
    return -1;
  mu.unlock();
  return 0;
}
template int parameter_bad(std::mutex &, int);
template int parameter_bad(std::recursive_mutex &, int);

std::mutex raw[4];
std::array<std::shared_mutex, 4> shards;
void raw_element_bad(int i) {
  raw[i].lock();
  // CHECK: :[[@LINE-1]]:10: warning: lock 'raw[...]' is not released on every path out of the function
  // CHECK: :[[@LINE+3]]:5: note: still held at this return
  // CHECK: :[[@LINE-3]]:10: note: let a guard such as std::lock_guard own the lock: it releases on every path
  if (n == i)
    return;
  raw[i].unlock();
}
void array_element_bad(int i) {
  shards[i].lock_shared();
  // CHECK: :[[@LINE-1]]:13: warning: lock 'shards[...]' is not released on every path out of the function
  // CHECK: :[[@LINE+3]]:5: note: still held at this return
  // CHECK: :[[@LINE-3]]:13: note: let a guard such as std::lock_guard own the lock: it releases on every path
  if (n == i)
    return;
  shards[i].unlock_shared();
}
void array_element_ok(int i) {
  auto &shard = shards[i];
  shard.lock();
  if (n == i) {
    shard.unlock();
    return;
  }
  shards[i].unlock();
}
int pointer_bad(std::mutex *mu, int x) {
  mu->lock();
  // CHECK: :[[@LINE-1]]:7: warning: lock 'mu' is not released on every path out of the function
  // CHECK: :[[@LINE+7]]:3: note: still held at this return
  // CHECK: :[[@LINE-3]]:7: note: let a guard such as std::lock_guard own the lock: it releases on every path
  if (x < 0)
    goto out;
  ++n;
  mu->unlock();
out:
  return x;
}
int FN_goto_out_of_loop(std::mutex *mu, int x) {
  // Two tests of one variable may exclude each other: what is held on some paths only is left alone.
  mu->lock();
  for (int i = 0; i < n; ++i)
    if (i == x)
      goto out;
  mu->unlock();
out:
  return 0;
}
int pointer_ok(std::mutex *mu, int x) {
  if (mu)
    mu->lock();
  n = x;
  if (mu)
    mu->unlock();
  return n;
}
int do_while_ok(std::mutex &mu, int x) {
  mu.lock();
  do {
    if (x < 0)
      break;
    n = x;
  } while (false);
  mu.unlock();
  return n;
}
int both_bad(std::mutex &a, std::mutex &b, const std::string &text) {
  a.lock();
  // CHECK: :[[@LINE-1]]:5: warning: lock 'a' is not released on every path out of the function
  // CHECK: :[[@LINE+8]]:5: note: still held at this return
  // CHECK: :[[@LINE-3]]:5: note: let a guard such as std::lock_guard own the lock: it releases on every path
  b.lock();
  int value = 0;
  try {
    value = std::stoi(text);
  } catch (const std::out_of_range &) {
    b.unlock();
    return -1;
  } catch (...) {
  }
  b.unlock();
  a.unlock();
  return value;
}
int switch_bad(std::mutex &mu, int x) {
  mu.lock();
  // CHECK: :[[@LINE-1]]:6: warning: lock 'mu' is not released on every path out of the function
  // CHECK: :[[@LINE+10]]:5: note: still held at this return
  // CHECK: :[[@LINE-3]]:6: note: let a guard such as std::lock_guard own the lock: it releases on every path
  switch (x) {
  case 0:
    mu.unlock();
    return 0;
  case 1:
    ++n;
    [[fallthrough]];
  case 2:
    return 2;
  }
  mu.unlock();
  return x;
}
