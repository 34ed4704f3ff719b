// A mock of oneTBB: only the declarations that the tests use.
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
class task_group : public task_group_base { public: void cancel(); };
template <class F> void parallel_for(int, int, const F &);
}
namespace d2 {
template <class T> class concurrent_bounded_queue { public: void pop(T &); bool try_pop(T &); };
}
}
using detail::d1::mutex;
using detail::d1::task_group;
using detail::d1::parallel_for;
using detail::d2::concurrent_bounded_queue;
}

#endif
