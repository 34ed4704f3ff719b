//===- SplitSectionsTest.cpp - Tests of analysis/SplitSections ------------===//
// Which acts rely on a test of an earlier critical section, without clang-tidy.
//===----------------------------------------------------------------------===//
#include "analysis/SplitSections.h"
#include "PrecompiledHeaders.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

const PrecompiledHeaders &headers() {
  static const PrecompiledHeaders Once(
      "#include <mutex>\n#include <queue>\n");
  return Once;
}

/// "state@lock" of each, with "()" for a test or act in a callee.
std::string split(const std::string &Body) {
  Analysis A("struct T {\n"
             "  std::mutex m; std::queue<int> jobs;\n"
             "  bool none() { std::lock_guard<std::mutex> g(m);"
             "    return jobs.empty(); }\n"
             "  void take() { std::lock_guard<std::mutex> g(m); jobs.pop(); }\n"
             "  void put(int n) { std::lock_guard<std::mutex> g(m);"
             "    jobs.push(n); }\n"
             "  void f() { " +
                 Body + " }\n};\n",
             headers().options());
  std::string Result;
  for (const SplitSection &S : splitSections(A.unit()))
    Result += (Result.empty() ? "" : " ") + S.State->str() + "@" +
              S.Lock->str() + (S.Test.In ? " test()" : "") +
              (S.Act.In ? " act()" : "");
  return Result;
}

const std::string Lock = "std::lock_guard<std::mutex> g(m); ";

} // namespace

TEST(SplitSections, TestAndActInTheFunction) {
  EXPECT_EQ(split("bool empty; { " + Lock + "empty = jobs.empty(); }"
                  "if (!empty) { " + Lock + "jobs.pop(); }"),
            "jobs@m");
}

TEST(SplitSections, OneSection) {
  EXPECT_EQ(split(Lock + "if (!jobs.empty()) jobs.pop();"), "");
}

TEST(SplitSections, TestedAgain) {
  EXPECT_EQ(split("bool empty; { " + Lock + "empty = jobs.empty(); }"
                  "if (!empty) { " + Lock + "if (!jobs.empty()) jobs.pop(); }"),
            "");
}

TEST(SplitSections, InCallees) {
  EXPECT_EQ(split("if (!none()) take();"), "jobs@m test() act()");
}
