// RUN: %check %s -- -std=c++20
#include "grpc.h"
#include <mutex>

std::mutex mu;

void calls_bad(grpc::ClientReader<int> &r, grpc::CompletionQueue &q, grpc::ServerInterface &s, int x, void *tag, bool ok) {
  std::lock_guard<std::mutex> g(mu);
  r.Read(&x);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Read' may block (rpc) while lock 'mu' is held [threadlint-slow-call-under-lock]
  r.Finish();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Finish' may block (rpc) while lock 'mu' is held [threadlint-slow-call-under-lock]
  q.Next(&tag, &ok);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Next' may block (rpc) while lock 'mu' is held [threadlint-slow-call-under-lock]
  s.Wait();
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'Wait' may block (wait) while lock 'mu' is held [threadlint-slow-call-under-lock]
  grpc::internal::BlockingUnaryCall(x, &x);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'BlockingUnaryCall' may block (rpc) while lock 'mu' is held [threadlint-slow-call-under-lock]
}

void released_ok(grpc::ClientReader<int> &r, grpc::CompletionQueue &q, grpc::ServerInterface &s, int x, void *tag, bool ok) {
  {
    std::lock_guard<std::mutex> g(mu);
    q.Shutdown();
  }
  r.Read(&x);
}

std::mutex stubMutex;

void stub_bad(Greeter::Stub &stub, grpc::ClientContext &context, int reply) {
  std::lock_guard<std::mutex> guard(stubMutex);
  stub.SayHello(&context, 1, &reply);
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: call to 'SayHello' may block (rpc)
}

/// A function of one's own says itself what it does.
grpc::Status visible(grpc::ClientContext *, int) { return {}; }

void asynchronous_ok(Greeter::Stub &stub, grpc::ClientContext &context, int reply) {
  std::lock_guard<std::mutex> guard(stubMutex);
  stub.async()->SayHello(&context, &reply, &reply, [](grpc::Status) {});
  stub.async()->SayHello(&context, &reply, &reply);
  visible(&context, 1);
}
