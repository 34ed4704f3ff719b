// A mock of ZeroMQ: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_ZEROMQ_H
#define THREADLINT_TEST_INPUTS_ZEROMQ_H

#define ZMQ_DONTWAIT 1
extern "C" {
typedef struct zmq_msg_t zmq_msg_t;
int zmq_recv(void *, void *, unsigned long, int);
int zmq_send(void *, const void *, unsigned long, int);
int zmq_msg_recv(zmq_msg_t *, void *, int);
}
namespace zmq {
namespace detail {
class socket_base { public: int send(int, int = 0); };
}
class socket_t : public detail::socket_base { public: void close(); };
}

#endif
