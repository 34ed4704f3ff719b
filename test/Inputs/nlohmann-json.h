// A mock of JSON for Modern C++: only the declarations that the tests use.
#ifndef THREADLINT_TEST_INPUTS_NLOHMANN_JSON_H
#define THREADLINT_TEST_INPUTS_NLOHMANN_JSON_H

namespace nlohmann {
inline namespace json_abi_v3_11_3 {
template <class T> class basic_json {
public:
  T dump(int = -1) const;
  unsigned long size() const;
  template <class I> static basic_json parse(I &&);
};
}
using json = basic_json<const char *>;
}

#endif
