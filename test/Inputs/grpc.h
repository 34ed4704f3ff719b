// A mock of gRPC: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_GRPC_H
#define THREADLINT_TEST_INPUTS_GRPC_H

#include <memory>

namespace grpc {
class Status {};
class ServerContext {};
class ClientContext {
public:
  ClientContext();
  ~ClientContext();
  ClientContext(const ClientContext &) = delete;
  static std::unique_ptr<ClientContext> FromServerContext(const ServerContext &);
  template <class T> void set_deadline(const T &);
  void AddMetadata(const char *, const char *);
  void TryCancel();
};
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
    std::unique_ptr<grpc::ClientReader<int>> Watch(grpc::ClientContext *, const int &);
    async *async();
  };
};

#endif
