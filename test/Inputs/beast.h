// A mock of Boost.Beast: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_BEAST_H
#define THREADLINT_TEST_INPUTS_BEAST_H

#include "boost.h"
#include <chrono>

namespace boost {
namespace beast {
template <class Protocol> class basic_stream {
public:
  explicit basic_stream(asio::io_context &);
  void expires_after(std::chrono::nanoseconds);
  void expires_never();
  void connect(int);
  template <class H> int async_connect(int, H &&) { __builtin_trap(); }
  asio::basic_stream_socket<Protocol> &socket();
};
using tcp_stream = basic_stream<asio::ip::tcp>;
template <class Next> class ssl_stream {
public:
  ssl_stream(asio::io_context &, int);
  Next &next_layer();
};
template <class T> tcp_stream &get_lowest_layer(T &);
struct flat_buffer {};
namespace http {
struct request {};
struct response {};
template <class S> unsigned long write(S &, const request &);
template <class S> unsigned long read(S &, flat_buffer &, response &);
template <class S, class H> int async_write(S &, const request &, H &&) { __builtin_trap(); }
}
}
}

#endif
