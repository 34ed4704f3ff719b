// A mock of Boost: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_BOOST_H
#define THREADLINT_TEST_INPUTS_BOOST_H

namespace boost {
struct defer_lock_t {};
constexpr defer_lock_t defer_lock{};
class mutex { public: void lock(); bool try_lock(); void unlock(); };
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
class condition_variable { public: void wait(unique_lock<mutex> &); void notify_one(); };
class thread { public: void join(); };
namespace asio {
template <class P> class basic_socket { public: void connect(int); void close(); };
template <class P> class basic_stream_socket : public basic_socket<P> {
public:
  template <class B> unsigned long read_some(const B &);
};
template <class S, class B> unsigned long read(S &, const B &);
class io_context { public: void run(); void stop(); };
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
