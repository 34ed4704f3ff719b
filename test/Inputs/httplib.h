// A mock of cpp-httplib: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_HTTPLIB_H
#define THREADLINT_TEST_INPUTS_HTTPLIB_H

namespace httplib {
class Result { public: explicit operator bool() const; };
class Client {
public:
  explicit Client(const char *);
  Client(const char *, int);
  Client(Client &&);
  ~Client();
  Result Get(const char *);
  Result Post(const char *, const char *, const char *);
  void set_connection_timeout(long, long = 0);
  void set_read_timeout(long, long = 0);
  void set_follow_location(bool);
};
}

#endif
