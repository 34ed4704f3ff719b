// A mock of gRPC: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_GRPC_H
#define THREADLINT_TEST_INPUTS_GRPC_H

namespace grpc {
class Status {};
class ClientContext {};
template <class R> class ClientReader { public: bool Read(R *); Status Finish(); };
class CompletionQueue { public: bool Next(void **, bool *); void Shutdown(); };
class ServerInterface { public: virtual ~ServerInterface(); virtual void Wait(); };
namespace internal {
template <class In, class Out> Status BlockingUnaryCall(const In &, Out *);
}
}

#include <functional>

// What protoc makes of a service.
class Greeter {
public:
  class Stub {
  public:
    class async {
    public:
      void SayHello(grpc::ClientContext *, const int *, int *, std::function<void(grpc::Status)>);
      void SayHello(grpc::ClientContext *, const int *, int *);
    };
    grpc::Status SayHello(grpc::ClientContext *, const int &, int *);
    async *async();
  };
};

#endif
