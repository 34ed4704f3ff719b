// A mock of cpr: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_CPR_H
#define THREADLINT_TEST_INPUTS_CPR_H

namespace cpr {
class Response {};
class Url {};
class Session { public: Response Get(); void SetUrl(const Url &); };
template <class T> class AsyncWrapper { public: T get(); bool valid(); };
template <class... Ts> Response Get(Ts &&...);
template <class... Ts> Response Post(Ts &&...);
template <class... Ts> AsyncWrapper<Response> GetAsync(Ts... ts);
}

#endif
