// A mock of Taskflow: only the declarations that the tests use.
// What takes a lambda has a body: the compiler insists on one.
#ifndef THREADLINT_TEST_INPUTS_TASKFLOW_H
#define THREADLINT_TEST_INPUTS_TASKFLOW_H

namespace tf {
class Taskflow { public: template <class F> void emplace(F &&) {} };
template <class T> class Future { public: void wait(); };
class Executor {
public:
  ~Executor();
  Future<void> run(Taskflow &);
  template <class F> Future<void> async(F &&) { __builtin_trap(); }
  template <class P, class F> Future<void> async(P &&, F &&) { __builtin_trap(); }
  template <class F> void silent_async(F &&) {}
  void wait_for_all();
};
}

#endif
