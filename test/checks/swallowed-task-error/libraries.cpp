// RUN: %check %s -- -std=c++17
#include "boost.h"
#include "qt.h"
#include <stdexcept>

void draw();
int load(int n) {
  if (n < 0)
    throw std::runtime_error("n");
  return n;
}

void qt_bad(int n) {
  auto loading = QtConcurrent::run([n] { return load(n); });
  // CHECK: :[[@LINE-1]]:18: warning: the task may throw, and nobody reads its future
  draw();
}
// Qt throws what the task has thrown in each of them.
void qt_ok(int n) {
  auto loading = QtConcurrent::run([n] { return load(n); });
  draw();
  loading.waitForFinished();
}
void qtResult_ok(int n) {
  auto loading = QtConcurrent::run([n] { return load(n); });
  draw();
  loading.result();
}
void boost_ok(int n) {
  auto loading = boost::async([n] { return load(n); });
  draw();
  loading.get();
}
