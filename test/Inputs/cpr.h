// A mock of cpr: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_CPR_H
#define THREADLINT_TEST_INPUTS_CPR_H

namespace cpr {
class Response {};
class Url { public: Url(const char *); };
class Timeout { public: explicit Timeout(int); };
class ConnectTimeout { public: explicit ConnectTimeout(int); };
class Session {
public:
  Session();
  Response Get();
  Response Post();
  void SetUrl(const Url &);
  void SetTimeout(const Timeout &);
  void SetOption(const Url &);
  void SetOption(const Timeout &);
};
template <class T> class AsyncWrapper { public: T get(); bool valid(); };
template <class... Ts> Response Get(Ts &&...);
template <class... Ts> Response Post(Ts &&...);
template <class... Ts> AsyncWrapper<Response> GetAsync(Ts... ts);
}

#endif
