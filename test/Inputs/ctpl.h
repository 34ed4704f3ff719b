// A mock of CTPL: only the declarations that the tests use.
// What takes a lambda has a body: the compiler insists on one.
#ifndef THREADLINT_TEST_INPUTS_CTPL_H
#define THREADLINT_TEST_INPUTS_CTPL_H

namespace ctpl {
class thread_pool {
public:
  explicit thread_pool(int);
  ~thread_pool();
  template <class F, class... A> int push(F &&, A &&...) { __builtin_trap(); }
  void stop(bool = false);
};
}

#endif
