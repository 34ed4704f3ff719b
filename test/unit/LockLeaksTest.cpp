//===- LockLeaksTest.cpp - Tests of analysis/LockLeaks and LooseReleases --===//
#include "analysis/LockLeaks.h"
#include "Analysis.h"
#include "analysis/LooseReleases.h"

using namespace threadlint;
using namespace threadlint::unit;

namespace {

/// The leaks of f: the kind of each exit behind each leaking acquisition.
std::string leaks(llvm::StringRef Body, llvm::StringRef Parameters = "bool c") {
  Analysis A("std::mutex a, b; void f(" + Parameters.str() + ") {\n" +
             Body.str() + "\n}\n");
  std::string Result;
  for (const LockLeak &Leak : lockLeaks(A.unit(), *A.function("f"))) {
    Result += (Result.empty() ? "" : " ") + Leak.Path->str() + ":";
    for (const FunctionExit &Exit : Leak.Exits)
      Result += Exit.How == FunctionExit::Return ? "r"
                : Exit.How == FunctionExit::End  ? "e"
                                                 : "x";
  }
  return Result;
}

std::string loose(llvm::StringRef Body) {
  Analysis A("std::mutex a, b; void f(bool c) {\n" + Body.str() + "\n}\n");
  static const char *const Kinds[] = {"twice", "wrong", "guarded", "empty",
                                      "never"};
  std::string Result;
  for (const LooseRelease &R : looseReleases(A.unit(), *A.function("f")))
    Result += (Result.empty() ? "" : " ") + std::string(Kinds[R.What]) + ":" +
              R.Lock->str();
  return Result;
}

} // namespace

TEST(LockLeaks, ExitsOfEachKind) {
  EXPECT_EQ(leaks("a.lock(); if (c) return; a.unlock();"), "a:r");
  EXPECT_EQ(leaks("a.lock(); if (c) a.unlock();"), "a:e");
  EXPECT_EQ(leaks("a.lock(); if (c) throw 1; a.unlock();"), "a:x");
  EXPECT_EQ(leaks("a.lock(); a.unlock();"), "");
  EXPECT_EQ(leaks("a.lock();"), "");
  EXPECT_EQ(leaks("a.lock(); if (c) return; a.lock(); a.unlock(); a.unlock();"),
            "a:r");
}

TEST(LockLeaks, ConditionsAreConnected) {
  EXPECT_EQ(leaks("if (c) a.lock(); if (c) a.unlock();"), "");
  EXPECT_EQ(leaks("if (n != 0) a.lock(); if (n == 0) return; a.unlock();",
                  "int n"),
            "");
  EXPECT_EQ(leaks("if (n < 4) a.lock(); if (n >= 4) return; a.unlock();",
                  "int n"),
            "");
  EXPECT_EQ(leaks("bool t = false; if (c) { a.lock(); t = true; }"
                  "if (t) a.unlock();"),
            "");
  EXPECT_EQ(leaks("a.lock(); if (n == 1) a.unlock(); if (n == 2) a.unlock();",
                  "int n"),
            "") << "perhaps it is one or the other";
}

TEST(LockLeaks, LoopsGoAround) {
  EXPECT_EQ(leaks("for (int i = 0; i < n; ++i) { a.lock(); if (i == 3) break;"
                  "a.unlock(); }",
                  "int n"),
            "a:e");
  EXPECT_EQ(leaks("for (int i = 0; i < n; ++i) m[i].lock();"
                  "for (int i = 0; i < n; ++i) m[i].unlock();",
                  "std::mutex *m, int n"),
            "");
}

TEST(LooseReleases, OnEveryPath) {
  EXPECT_EQ(loose("a.lock(); a.unlock(); a.unlock();"), "twice:a");
  EXPECT_EQ(loose("a.lock(); if (c) a.unlock(); a.unlock();"), "");
  EXPECT_EQ(loose("a.unlock();"), "");
  EXPECT_EQ(loose("a.lock(); b.unlock();"), "wrong:b");
  EXPECT_EQ(loose("std::lock_guard<std::mutex> g(a); a.unlock();"), "guarded:a");
  EXPECT_EQ(loose("std::unique_lock<std::mutex> g(a); g.unlock(); g.unlock();"),
            "empty:g");
  EXPECT_EQ(loose("static std::mutex m; m.unlock(); m.lock();"), "never:m");
}
