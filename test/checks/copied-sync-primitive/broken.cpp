// Half-written code: no crash, and what is whole is checked.
// RUN: not %threadlint %s -- -std=c++20 -ferror-limit=0 > %t 2>&1
// RUN: %filecheck %s --implicit-check-not="PLEASE submit" --input-file=%t
#include <pthread.h>
#include <vector>

struct Queue {
  pthread_mutex_t lock;
};
struct Broken {
  Missing m;
  Queue q;
};
struct Incomplete;
struct Itself {
  Itself i;
  Queue q;
};
void whole_bad(Queue q);
void whole_bad(Queue q) { Queue r = q; }
// CHECK-DAG: :[[@LINE-1]]:22: warning: parameter 'q' is passed by value
void broken(Broken b, Incomplete i, Itself s, Undeclared u) {
  Broken c = b;
  auto d = s;
  Incomplete j = i;
  auto e = u;
  c = b;
  for (auto x : missing) {}
  for (auto q : std::vector<Missing>()) {}
  [u, b, missing] {};
  std::vector<Incomplete> v;
  v.push_back(i);
  v.push_back(
  return b;
}
template <class T> void dependent(T t, Queue q) {
  T u = t;
  auto [a, b] = q.missing;
  std::vector<T> v{t, u};
  v.push_back(t);
}
void instantiates(Queue &q) { dependent(q, q); dependent<Missing>(q, q); }
void not_closed(Queue *p) {
  Queue q = *p
