// A mock of BS::thread_pool 3 and 4: only the declarations that the tests use.
// What takes a lambda has a body: the compiler insists on one.
#ifndef THREADLINT_TEST_INPUTS_BS_THREAD_POOL_H
#define THREADLINT_TEST_INPUTS_BS_THREAD_POOL_H

namespace BS {
template <class T> class multi_future { public: void get(); void wait() const; };
class thread_pool {
public:
  ~thread_pool();
  template <class F, class... A> void push_task(F &&, A &&...) {}
  template <class F> void detach_task(F &&) {}
  template <class F> multi_future<int> submit_task(F &&) { __builtin_trap(); }
  template <class F> multi_future<void> parallelize_loop(int, F &&, unsigned long = 0) { __builtin_trap(); }
  template <class F> multi_future<void> parallelize_loop(int, int, F &&, unsigned long = 0) { __builtin_trap(); }
  template <class F> void detach_loop(int, int, F &&, unsigned long = 0) {}
  void wait_for_tasks();
  void wait();
};
}

#endif
