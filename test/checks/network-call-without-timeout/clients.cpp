// RUN: %check %s
// gRPC, cpr, cpp-httplib, POCO, Boost.Beast, Qt.
#include "beast.h"
#include "cpr.h"
#include "grpc.h"
#include "httplib.h"
#include "poco.h"
#include "qt.h"
#include <chrono>
#include <vector>

void grpc_bad(Greeter::Stub &stub) {
  grpc::ClientContext context;
  int reply;
  context.AddMetadata("key", "value");
  stub.SayHello(&context, 1, &reply);
  // CHECK: :[[@LINE-1]]:8: warning: network call to 'SayHello' has no time-out [threadlint-network-call-without-timeout]
  // CHECK: :[[@LINE-5]]:23: note: no use of 'context' gives it a time-out
  // CHECK: :[[@LINE-3]]:8: note: set one with 'set_deadline' first
}

void grpc_ok(Greeter::Stub &stub) {
  grpc::ClientContext context;
  int reply;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(1));
  stub.SayHello(&context, 1, &reply);
}

void grpc_parameter_ok(Greeter::Stub &stub, grpc::ClientContext *context) {
  int reply;
  stub.SayHello(context, 1, &reply);
}

void prepare(grpc::ClientContext &context);
void grpc_prepared_ok(Greeter::Stub &stub) {
  grpc::ClientContext context;
  int reply;
  prepare(context);
  stub.SayHello(&context, 1, &reply);
}

// The deadline of the call that is served.
void grpc_propagated_ok(Greeter::Stub &stub, const grpc::ServerContext &server) {
  std::unique_ptr<grpc::ClientContext> context = grpc::ClientContext::FromServerContext(server);
  int reply;
  stub.SayHello(context.get(), 1, &reply);
}

void grpc_owned_bad(Greeter::Stub &stub) {
  auto context = std::make_unique<grpc::ClientContext>();
  int reply;
  stub.SayHello(context.get(), 1, &reply);
  // CHECK: :[[@LINE-1]]:8: warning: network call to 'SayHello' has no time-out
  // CHECK: :[[@LINE-4]]:8: note: no use of 'context' gives it a time-out
  // CHECK: :[[@LINE-3]]:8: note: set one with 'set_deadline' first
}

void grpc_owned_ok(Greeter::Stub &stub) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now());
  int reply;
  stub.SayHello(context.get(), 1, &reply);
}

void grpc_stream_bad(Greeter::Stub &stub) {
  grpc::ClientContext context;
  auto reader = stub.Watch(&context, 1);
  // CHECK: :[[@LINE-1]]:22: warning: network call to 'Watch' has no time-out
  // CHECK: :[[@LINE-3]]:23: note: no use of 'context' gives it a time-out
  // CHECK: :[[@LINE-3]]:22: note: set one with 'set_deadline' first
  int value;
  while (reader->Read(&value)) {
  }
}

void cpr_bad() {
  cpr::Get(cpr::Url{"u"}, cpr::ConnectTimeout{100});
  // CHECK: :[[@LINE-1]]:3: warning: network call to 'Get' has no time-out
  // CHECK: :[[@LINE-2]]:3: note: pass a 'cpr::Timeout'
  cpr::GetAsync(cpr::Url{"u"});
  // CHECK: :[[@LINE-1]]:3: warning: network call to 'GetAsync' has no time-out
  // CHECK: :[[@LINE-2]]:3: note: pass a 'cpr::Timeout'
}

void cpr_ok() {
  cpr::Get(cpr::Url{"u"}, cpr::Timeout{1000});
  cpr::Timeout timeout{100};
  cpr::Post(cpr::Url{"u"}, timeout);
}

void cpr_session_bad() {
  cpr::Session session;
  session.SetUrl(cpr::Url{"u"});
  session.Get();
  // CHECK: :[[@LINE-1]]:11: warning: network call to 'Get' has no time-out
  // CHECK: :[[@LINE-4]]:16: note: no use of 'session' gives it a time-out
  // CHECK: :[[@LINE-3]]:11: note: set one with 'SetTimeout' first
}

void cpr_session_ok() {
  cpr::Session session;
  session.SetTimeout(cpr::Timeout{10});
  session.Get();
  cpr::Session other;
  other.SetOption(cpr::Url{"u"});
  other.SetOption(cpr::Timeout{10});
  other.Get();
}

void httplib_bad() {
  httplib::Client client("http://host");
  client.set_follow_location(true);
  if (auto result = client.Get("/")) {
  // CHECK: :[[@LINE-1]]:28: warning: network call to 'Get' has no time-out
  // CHECK: :[[@LINE-4]]:19: note: no use of 'client' gives it a time-out
  // CHECK: :[[@LINE-3]]:28: note: set one with 'set_read_timeout' first
  }
  httplib::Client("http://host").Get("/");
  // CHECK: :[[@LINE-1]]:34: warning: network call to 'Get' has no time-out
  // CHECK: :[[@LINE-2]]:34: note: set one with 'set_read_timeout' first
}

void httplib_ok() {
  httplib::Client client("http://host");
  client.set_read_timeout(5);
  client.Get("/");
}

class Api_bad {
public:
  explicit Api_bad(const char *host) : client_(host) {}
  bool ping() { return static_cast<bool>(client_.Get("/ping")); }
  // CHECK: :[[@LINE-1]]:50: warning: network call to 'Get' has no time-out
  // CHECK: :[[@LINE+4]]:19: note: no use of 'client_' gives it a time-out
  // CHECK: :[[@LINE-3]]:50: note: set one with 'set_read_timeout' first

private:
  httplib::Client client_;
};

class Api_ok {
public:
  explicit Api_ok(const char *host) : client_(host) { client_.set_connection_timeout(1); }
  bool ping() { return static_cast<bool>(client_.Get("/ping")); }

private:
  httplib::Client client_;
};

class OwnedApi_ok {
public:
  explicit OwnedApi_ok(const char *host) : client_(std::make_unique<httplib::Client>(host)) {
    client_->set_read_timeout(1);
  }
  bool ping() { return static_cast<bool>(client_->Get("/ping")); }

private:
  std::unique_ptr<httplib::Client> client_;
};

class OwnedApi_bad {
public:
  explicit OwnedApi_bad(const char *host) : client_(std::make_unique<httplib::Client>(host)) {}
  bool ping() { return static_cast<bool>(client_->Get("/ping")); }
  // CHECK: :[[@LINE-1]]:51: warning: network call to 'Get' has no time-out
  // CHECK: :[[@LINE+4]]:36: note: no use of 'client_' gives it a time-out
  // CHECK: :[[@LINE-3]]:51: note: set one with 'set_read_timeout' first

private:
  std::unique_ptr<httplib::Client> client_;
};

// The constructor is elsewhere.
class Unseen_ok {
public:
  explicit Unseen_ok(const char *host);
  void configure();
  bool ping() { return static_cast<bool>(client_->Get("/ping")); }

private:
  httplib::Client *client_;
};

struct PatientClient : httplib::Client {
  explicit PatientClient(const char *host) : Client(host) { set_read_timeout(60); }
};
void derived_ok() {
  PatientClient client("host");
  client.Get("/");
}

void moved_ok(std::vector<httplib::Client> &clients) {
  httplib::Client client("host");
  client.Get("/");
  clients.push_back(std::move(client));
}

void poco_bad(Poco::Net::HTTPRequest &request, Poco::Net::HTTPResponse &response) {
  Poco::Net::HTTPClientSession session("host");
  session.setKeepAlive(true);
  session.sendRequest(request);
  // CHECK: :[[@LINE-1]]:11: warning: network call to 'sendRequest' has no time-out
  // CHECK: :[[@LINE-4]]:32: note: no use of 'session' gives it a time-out
  // CHECK: :[[@LINE-3]]:11: note: set one with 'setTimeout' first
  session.receiveResponse(response);
}

void poco_ok(Poco::Net::HTTPRequest &request) {
  Poco::Net::HTTPClientSession session("host");
  session.setTimeout(Poco::Timespan(20, 0));
  session.sendRequest(request);
}

void beast_bad(boost::asio::io_context &io, const boost::beast::http::request &request) {
  boost::beast::tcp_stream stream(io);
  stream.connect(1);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'connect' has no time-out
  // CHECK: :[[@LINE-3]]:28: note: no use of 'stream' gives it a time-out
  // CHECK: :[[@LINE-3]]:10: note: set one with 'expires_after' first
  boost::beast::http::write(stream, request);
  // CHECK: :[[@LINE-1]]:3: warning: network call to 'write' has no time-out
  // CHECK: :[[@LINE-7]]:28: note: no use of 'stream' gives it a time-out
  // CHECK: :[[@LINE-3]]:3: note: set one with 'expires_after' first
  stream.socket().close();
}

void beast_ok(boost::asio::io_context &io, const boost::beast::http::request &request) {
  boost::beast::tcp_stream stream(io);
  stream.expires_after(std::chrono::seconds(30));
  stream.connect(1);
  boost::beast::http::write(stream, request);
}

void beast_layers_ok(boost::asio::io_context &io, const boost::beast::http::request &request) {
  boost::beast::ssl_stream<boost::beast::tcp_stream> stream(io, 1);
  boost::beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(30));
  boost::beast::http::write(stream, request);
}

void beast_layers_bad(boost::asio::io_context &io, const boost::beast::http::request &request) {
  boost::beast::ssl_stream<boost::beast::tcp_stream> stream(io, 1);
  boost::beast::http::write(stream, request);
  // CHECK: :[[@LINE-1]]:3: warning: network call to 'write' has no time-out
  // CHECK: :[[@LINE-3]]:54: note: no use of 'stream' gives it a time-out
  // CHECK: :[[@LINE-3]]:3: note: set one with 'expires_after' first
}

void qt_bad(QTcpSocket &socket, QTcpServer &server) {
  socket.waitForReadyRead(-1);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'waitForReadyRead' has no time-out
  // CHECK: :[[@LINE-2]]:10: note: pass a time-out that is not negative
  server.waitForNewConnection(-1);
  // CHECK: :[[@LINE-1]]:10: warning: network call to 'waitForNewConnection' has no time-out
  // CHECK: :[[@LINE-2]]:10: note: pass a time-out that is not negative
}

void qt_ok(QTcpSocket &socket, QTcpServer &server, int limit) {
  socket.waitForReadyRead();
  socket.waitForReadyRead(1000);
  socket.waitForConnected(limit);
  server.waitForNewConnection();
}
