// A mock of gRPC: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_GRPC_H
#define THREADLINT_TEST_INPUTS_GRPC_H

namespace grpc {
class Status {};
template <class R> class ClientReader { public: bool Read(R *); Status Finish(); };
class CompletionQueue { public: bool Next(void **, bool *); void Shutdown(); };
class ServerInterface { public: virtual ~ServerInterface(); virtual void Wait(); };
namespace internal {
template <class In, class Out> Status BlockingUnaryCall(const In &, Out *);
}
}

#endif
