//===- PromiseStatesTest.cpp - Tests of analysis/PromiseStates ------------===//
// What happens twice to a promise or future, which waits never end, and where a
// promise is left unset, without clang-tidy.
//===----------------------------------------------------------------------===//
#include "analysis/PromiseStates.h"
#include "PrecompiledHeaders.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

const PrecompiledHeaders &headers() {
  static const PrecompiledHeaders Once(
      "#include <future>\n#include <stdexcept>\n#include <utility>\n"
      "void keep(std::promise<int> p);\n");
  return Once;
}

/// "kind:object" of each mistake in f.
std::string mistakes(const std::string &Body, const std::string &Before = "") {
  Analysis A(Before + "\nvoid f(bool c, int n) {\n" + Body + "\n}\n",
             headers().options());
  static const char *const Kinds[] = {"set",  "retrieve", "take",
                                      "wait", "never",    "broken"};
  std::string Result;
  for (const PromiseMistake &M : promiseMistakes(*A.function("f"), A.unit()))
    Result += (Result.empty() ? "" : " ") +
              std::string(Kinds[static_cast<unsigned>(M.What)]) + ":" +
              M.Object->str();
  return Result;
}

/// How f may leave its parameter p unset.
std::string unset(const std::string &Body) {
  Analysis A("void f(std::promise<int> p, bool c) {\n" + Body + "\n}\n",
             headers().options());
  const clang::FunctionDecl *F = A.function("f");
  const LockPath *P = A.unit().paths().parameter(F, 0);
  std::string Result;
  for (const UnsetExit &E : unsetExits(*F, P, A.unit()))
    Result += E.ByException ? "x" : "r";
  return Result;
}

} // namespace

TEST(PromiseStates, Twice) {
  EXPECT_EQ(mistakes("std::promise<int> p; p.set_value(1); p.set_value(2);"),
            "set:p");
  EXPECT_EQ(mistakes("std::promise<int> p; p.get_future(); p.get_future();"),
            "retrieve:p");
  EXPECT_EQ(mistakes("auto g = std::async([] { return 1; }); g.get(); g.get();"),
            "take:g");
  EXPECT_EQ(mistakes("auto g = std::async([] { return 1; }); g.get(); g.wait();"),
            "wait:g");
  EXPECT_EQ(mistakes("std::promise<int> p; p.set_value(1);"
                     "p = std::promise<int>(); p.set_value(2);"),
            "");
  EXPECT_EQ(mistakes("std::promise<int> p; p.set_value(1); keep(std::move(p));"),
            "");
}

TEST(PromiseStates, ConditionsAreConnected) {
  EXPECT_EQ(mistakes("std::promise<int> p; if (c) p.set_value(1);"
                     "if (!c) p.set_value(2);"),
            "");
  EXPECT_EQ(mistakes("std::promise<int> p; if (c) p.set_value(1);"
                     "p.set_value(2);"),
            "set:p");
  EXPECT_EQ(mistakes("std::promise<int> p; if (n < 3) p.set_value(1);"
                     "if (n > 5) p.set_value(2);"),
            "");
  EXPECT_EQ(mistakes("std::promise<int> p; bool done = false;"
                     "if (c) { p.set_value(1); done = true; }"
                     "if (!done) p.set_value(2);"),
            "");
}

TEST(PromiseStates, ThroughCallees) {
  EXPECT_EQ(mistakes("std::promise<int> p; finish(p); p.set_value(2);",
                     "void finish(std::promise<int> &q) { q.set_value(1); }"),
            "set:p");
  EXPECT_EQ(mistakes("std::promise<int> p; finish(p); p.set_value(2);",
                     "void finish(std::promise<int> &q);"),
            "");
}

TEST(PromiseStates, WaitsThatNeverEnd) {
  EXPECT_EQ(mistakes("std::promise<int> p; auto g = p.get_future(); g.wait();"
                     "p.set_value(1);"),
            "never:g");
  EXPECT_EQ(mistakes("std::promise<int> p; auto g = p.get_future();"
                     "p.set_value(1); g.wait();"),
            "");
}

TEST(PromiseStates, UnsetExits) {
  EXPECT_EQ(unset("if (c) return; p.set_value(1);"), "r");
  EXPECT_EQ(unset("if (c) throw 1; p.set_value(1);"), "x");
  EXPECT_EQ(unset("p.set_value(1);"), "");
  EXPECT_EQ(unset("if (c) keep(std::move(p)); else p.set_value(1);"), "");
}
