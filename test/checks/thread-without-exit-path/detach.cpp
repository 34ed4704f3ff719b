// RUN: %check %s --option=ReportEveryDetach=true
// RUN: %check %s --prefix=DEFAULT
// DEFAULT-NOT: warning
#include <thread>

void work();

void finite_bad() {
  std::thread t(work);
  t.detach();
  // CHECK: :[[@LINE-1]]:5: warning: nobody can wait for a detached thread, nor know when it ends
  // CHECK: :[[@LINE-2]]:5: note: keep the thread in an object that joins it
}

template <class T> void templated_bad(T f) {
  std::thread(f).detach();
  // CHECK: :[[@LINE-1]]:18: warning: nobody can wait
  // CHECK: note: keep the thread
}
template void templated_bad(void (*)());
template void templated_bad(int (*)());

struct Own {
  void detach();
};
void own_ok(Own o) { o.detach(); }
void joined_ok() { std::thread(work).join(); }
