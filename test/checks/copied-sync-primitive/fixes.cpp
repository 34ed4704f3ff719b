// Fix-its: what they write compiles.
// RUN: %fix %s -- -std=c++17 | %filecheck %s --match-full-lines
#include <pthread.h>
#include <utility>
#include <vector>

struct Queue {
  pthread_mutex_t lock;
  int n;
  int size() const { return n; }
  void put(int i) { n = i; }
};
struct Members {
  void declared(Queue q, int n) const;
  static int inside(const Queue q) { return q.n; }
  virtual int overridden(Queue q) { return q.n; }
  int overloaded(Queue q) { return q.n; }
  int overloaded(int n) { return n; }
};

int reads(Queue q);
int reads(Queue q) { return q.size() + q.n; }
// CHECK: int reads(const Queue &q);
// CHECK-NEXT: int reads(const Queue &q) { return q.size() + q.n; }
void changes(Queue q) { pthread_mutex_lock(&q.lock); q.put(1); }
// CHECK: void changes(Queue &q) { pthread_mutex_lock(&q.lock); q.put(1); }
void Members::declared(Queue q, int n) const { q.put(n); }
// CHECK: void Members::declared(Queue &q, int n) const { q.put(n); }
void unnamed(Queue, int) {}
// CHECK: void unnamed(const Queue &, int) {}
void temporary(Queue q) { q.put(1); }
// CHECK: void temporary(Queue q) { q.put(1); }
void constant(Queue q) { q.put(1); }
// CHECK: void constant(Queue q) { q.put(1); }
void address(Queue q) { q.put(1); }
// CHECK: void address(Queue q) { q.put(1); }
void by_default(Queue q = Queue()) { q.put(1); }
// CHECK: void by_default(Queue q = Queue()) { q.put(1); }
#define PARAMETER Queue q
int macro(PARAMETER) { return q.n; }
// CHECK: int macro(PARAMETER) { return q.n; }
template <class T> int in_template(Queue q, T) { return q.n; }
// CHECK: template <class T> int in_template(Queue q, T) { return q.n; }
extern "C" int in_c(Queue q) { return q.n; }
// CHECK: extern "C" int in_c(Queue q) { return q.n; }
int several(Queue a, int b, const Queue c) { return a.n + c.n + b; }
// CHECK: int several(const Queue &a, int b, const Queue &c) { return a.n + c.n + b; }

void calls(Queue &q, const Queue &c, Members m, std::vector<Queue> &v, const std::vector<Queue> &w) {
  reads(q);
  reads(c);
  reads(Queue());
  changes(q);
  changes(v[0]);
  m.declared(q, 1);
  m.overridden(q);
  m.overloaded(q);
  temporary(Queue());
  constant(c);
  void (*f)(Queue) = address;
  f(q);
  by_default();
  in_template(q, 1);
  unnamed(Queue(), 1);
  several(q, 1, c);
  Members::inside(c);
  for (auto x : v)
// CHECK: for (auto &x : v)
    x.put(1);
  for (Queue x : v)
// CHECK: for (Queue &x : v)
    x.put(1);
  for (auto x : w)
// CHECK: for (auto &x : w)
    x.size();
  for (Queue x : w)
// CHECK: for (const Queue &x : w)
    x.size();
  for (auto x : w)
// CHECK: for (auto x : w)
    x.put(1);
  for (const auto x : v)
// CHECK: for (const auto &x : v)
    x.size();
  auto l = [](Queue x) { return x.size(); };
// CHECK: auto l = [](const Queue &x) { return x.size(); };
  l(q);
}
