// RUN: %check %s -- -std=c++17
// Boost's packaged tasks. Its move() is a function of its own.
#include <stdexcept>
#include <type_traits>

namespace boost {
template <class T> std::remove_reference_t<T> &&move(T &&t) noexcept;
namespace detail {
template <class R> struct basic_future {
  void wait() const;
};
} // namespace detail
template <class R> struct unique_future : detail::basic_future<R> {
  R get();
};
template <class R> struct packaged_task {
  template <class F> explicit packaged_task(F &&, int = 0) {}
  packaged_task(packaged_task &&);
  unique_future<R> get_future();
  void operator()();
};
struct thread {
  template <class F> explicit thread(F &&) {}
  thread(thread &&);
  ~thread();
  void join();
};
} // namespace boost

void work();
void load(int n) {
  if (n < 0)
    throw std::runtime_error("negative");
}

void package_bad() {
  boost::packaged_task<void> task([] { load(2); });
  boost::unique_future<void> done = task.get_future();
  boost::thread t(boost::move(task));
  // CHECK: :[[@LINE-1]]:17: warning: the task may throw, and nobody reads its future
  // CHECK: note: the task is this function
  // CHECK: note: call 'get()'
  work();
  done.wait();
  t.join();
}
void package_ok() {
  boost::packaged_task<void> task([] { load(2); });
  boost::unique_future<void> done = task.get_future();
  boost::thread t(boost::move(task));
  t.join();
  done.get();
}
