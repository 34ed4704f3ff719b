// RUN: %check %s -- -std=c++17
// Calls that throw for wrong arguments only, with arguments that are right.
#include <optional>
#include <string>
#include <thread>

void use(int);

namespace boost {
template <class To, class From> To lexical_cast(const From &from);
}

void assigned_ok(std::optional<int> start) {
  std::optional<int> rest;
  rest = start.has_value() ? *start : 3;
  use(rest.value());
}
void unknown_bad(std::optional<int> start) { use(start.value()); }

void printed_ok(int n) { use(boost::lexical_cast<std::string>(n).size()); }
void read_bad(const std::string &s) { use(boost::lexical_cast<int>(s)); }

void run(std::optional<int> start, std::string text) {
  std::thread a(assigned_ok, start);
  std::thread b(unknown_bad, start);
  // CHECK: :[[@LINE-1]]:15: warning: an exception can leave the thread's function
  std::thread c(printed_ok, 3);
  std::thread d(read_bad, text);
  // CHECK: :[[@LINE-1]]:15: warning: an exception can leave the thread's function
  a.join();
  b.join();
  c.join();
  d.join();
}
