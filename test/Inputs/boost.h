// A mock of Boost: only the declarations that the tests use.
// What takes a lambda has a body: the compiler insists on one.
#ifndef THREADLINT_TEST_INPUTS_BOOST_H
#define THREADLINT_TEST_INPUTS_BOOST_H

namespace boost {
struct defer_lock_t {};
constexpr defer_lock_t defer_lock{};
class mutex { public: void lock(); bool try_lock(); void unlock(); };
class recursive_mutex { public: void lock(); void unlock(); };
class shared_mutex { public: void lock(); void unlock(); void lock_shared(); void unlock_shared(); };
template <class M> class lock_guard { public: explicit lock_guard(M &); ~lock_guard(); };
template <class M> class unique_lock {
public:
  explicit unique_lock(M &);
  unique_lock(M &, defer_lock_t);
  ~unique_lock();
  void lock();
  void unlock();
  bool owns_lock() const;
};
template <class M> class shared_lock { public: explicit shared_lock(M &); ~shared_lock(); };
class condition_variable { public: void wait(unique_lock<mutex> &); template <class Predicate> void wait(unique_lock<mutex> &, Predicate); void notify_one(); };
class thread {
public:
  template <class F> explicit thread(F &&) {}
  thread(thread &&);
  void join();
  void detach();
};
class strict_scoped_thread {
public:
  explicit strict_scoped_thread(thread &&);
  template <class F> explicit strict_scoped_thread(F &&) {}
};
namespace atomics {
namespace detail {
template <class T> class base_atomic {
public:
  T load() const volatile noexcept;
  void store(T) volatile noexcept;
  T fetch_add(T) volatile noexcept;
};
} // namespace detail
template <class T> class atomic : public detail::base_atomic<T> {
public:
  explicit atomic(T) noexcept;
  operator T() const volatile noexcept;
};
} // namespace atomics
using atomics::atomic;
class thread_group { public: template <class F> thread *create_thread(F) { __builtin_trap(); } void join_all(); };
namespace executors {
class basic_thread_pool {
public:
  template <class F> void submit(F &&) {}
  void close();
  void join();
};
}
using executors::basic_thread_pool;
template <class T> class future { public: T get(); bool valid() const; };
template <class T> class unique_future { public: T get(); };
template <class T> class promise { public: void set_value(T); future<T> get_future(); };
template <class F> future<int> async(basic_thread_pool &, F &&) { __builtin_trap(); }
template <class F> future<int> async(F &&) { __builtin_trap(); }
namespace asio {
template <class P> class basic_socket { public: void connect(int); void close(); };
template <class P> class basic_stream_socket : public basic_socket<P> {
public:
  template <class B> unsigned long read_some(const B &);
};
template <class S, class B> unsigned long read(S &, const B &);
class io_context {
public:
  class basic_executor_type { public: template <class F> void execute(F) const {} };
  class strand { public: template <class F> void post(F &&) {} };
  basic_executor_type get_executor();
  unsigned long run();
  template <class D> unsigned long run_for(const D &) { __builtin_trap(); }
  void stop();
  template <class F> void post(F &&) {}
};
class thread_pool { public: void join(); void stop(); };
template <class E> class strand { public: explicit strand(E); template <class F> void execute(F &&) const {} };
// A parameter with a default stands last, as in the library.
template <class T> int post(T &&, int = 0) { __builtin_trap(); }
template <class X, class T> int post(X &, T &&, int = 0) { __builtin_trap(); }
template <class X, class T> int dispatch(X &, T &&, int = 0) { __builtin_trap(); }
template <class X, class F, class T> int co_spawn(X &, F &&, T &&, int = 0) { __builtin_trap(); }
template <class S, class B, class T> int async_read(S &, const B &, T &&, int = 0) { __builtin_trap(); }
template <class C> class basic_waitable_timer {
public:
  explicit basic_waitable_timer(io_context &);
  template <class T> int async_wait(T &&, int = 0) { __builtin_trap(); }
};
using steady_timer = basic_waitable_timer<int>;
namespace ip {
struct tcp { using socket = basic_stream_socket<tcp>; };
}
}
namespace process {
class child { public: void wait(); bool running(); };
}
namespace interprocess {
class interprocess_mutex { public: void lock(); void unlock(); };
template <class M> class scoped_lock { public: explicit scoped_lock(M &); ~scoped_lock(); };
class interprocess_semaphore { public: void wait(); void post(); };
}
}

#endif
