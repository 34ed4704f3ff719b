// Half-written code, as an editor sees it: no crash, and what is whole is checked.
// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
#include <mutex>
#include <unistd.h>

std::mutex mu;

void whole_bad(int fd) {
  std::lock_guard<std::mutex> g(mu);
  fsync(fd);
// CHECK-DAG: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'fsync' may block (sync-io) while lock 'mu' is held
}

void unknown_type(Missing m, int fd) {
  std::lock_guard<std::mutex> g(mu);
  m.wait();
  Another a(fd);
  fsync(fd);
}

void unknown_member(int fd) {
  std::lock_guard<std::mutex> g(mu.missing);
  mu.lokc();
  mu.lock(1, 2);
  std::unique_lock<std::mutex> lk(mu, std::defer);
  std::lock_guard<Missing> h(mu);
  fsync();
  fsync(fd, fd, fd);
  undeclared(fd);
  lk.unlock(;
}

struct Incomplete;
void incomplete(Incomplete &i, Incomplete *p) {
  std::lock_guard<Incomplete> g(i);
  p->lock();
  Incomplete copy;
  delete p;
}

class Guard {
  Guard(std::mutex &m) : m_(m), missing_(m) { m_.lock(); }
  ~Guard() { m_.unlock() }
  std::mutex &m_;
  Undeclared u_;
};

void user_guard(int fd) {
  Guard g(mu);
  fsync(fd);
}

template <class T> void dependent(T t) {
  std::lock_guard<T> g(t.missing());
  t.x.y.z(;
  fsync(t);
}
void instantiates() { dependent(1); dependent(mu); dependent<Missing>(); }

auto lambda = [](int fd) { std::lock_guard g(mu); fsync(fd) };

int initialiser = [] { mu.lock(); return undeclared; }();

struct S {
  int a = mu.lock(), b = ;
  void f() { std::lock_guard<std::mutex> g(mu_); fsync(a_); }
  S() : a(), c() {}
  ~S() = delete
};

void switches(int n) {
  switch (n) {
  case 1: mu.lock();
  case: fsync(n); break
  default
  }
  goto nowhere;
  for (auto x : undeclared) fsync(x);
  if (mu.try_lock( { fsync(n); }
  try { mu.lock(); } catch (Missing &e) { fsync(n); } catch
}

void not_closed(int fd) {
  std::lock_guard<std::mutex> g(mu);
  if (fd) {
    fsync(fd
