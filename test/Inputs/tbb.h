// A mock of oneTBB: only the declarations that the tests use.
// What takes a lambda has a body: the compiler insists on one.
#ifndef THREADLINT_TEST_INPUTS_TBB_H
#define THREADLINT_TEST_INPUTS_TBB_H

namespace tbb {
namespace detail {
namespace d1 {
template <class M> class unique_scoped_lock {
public:
  explicit unique_scoped_lock(M &);
  ~unique_scoped_lock();
  void release();
};
class mutex {
public:
  using scoped_lock = unique_scoped_lock<mutex>;
  void lock();
  void unlock();
};
class task_group_base { public: int wait(); };
class task_group : public task_group_base {
public:
  template <class F> void run(F &&) {}
  template <class F> int run_and_wait(const F &) { __builtin_trap(); }
  void cancel();
};
class task_arena {
public:
  template <class F> void enqueue(F &&) {}
  template <class F> auto execute(F &&f) -> decltype(f()) { __builtin_trap(); }
};
template <class T> class blocked_range { public: blocked_range(T, T); };
class simple_partitioner {};
template <class R, class B> void parallel_for(const R &, const B &) {}
template <class R, class B> void parallel_for(const R &, const B &, const simple_partitioner &) {}
template <class I, class F> void parallel_for(I, I, const F &) {}
template <class I, class F> void parallel_for(I, I, I, const F &) {}
template <class... F> void parallel_invoke(F &&...) {}
}
namespace d2 {
template <class T> class concurrent_bounded_queue { public: void pop(T &); bool try_pop(T &); };
template <class I, class B> void parallel_for_each(I, I, const B &) {}
template <class R, class B> void parallel_for_each(R &, const B &) {}
}
}
using detail::d1::mutex;
using detail::d1::task_group;
using detail::d1::task_arena;
using detail::d1::blocked_range;
using detail::d1::simple_partitioner;
using detail::d1::parallel_for;
using detail::d1::parallel_invoke;
using detail::d2::parallel_for_each;
using detail::d2::concurrent_bounded_queue;
}

#endif
