//===- TestAssertions.h - Test assertions in a function ---------*- C++ -*-===//
// Which assertions of test frameworks end a function, by `return` or by an
// exception, written in it or in what it calls. Recognised by the macros that
// models name. Which thread runs the function is the check's question.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TESTASSERTIONS_H
#define THREADLINT_ANALYSIS_TESTASSERTIONS_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>
#include <string>
#include <vector>

namespace clang {
class ASTContext;
class FunctionDecl;
class Stmt;
} // namespace clang

namespace threadlint {

class FunctionIndex;
class Models;

/// One assertion that is reached from a function.
struct TestAssertion {
  clang::SourceLocation Loc; ///< in the function: the assertion or the call
  std::string Macro;         ///< as it is written
  bool Throws = false;       ///< by an exception; otherwise it returns
  /// The function that the assertion stands in, and where; it is called at Loc.
  /// Null: the assertion itself is at Loc.
  const clang::FunctionDecl *Callee = nullptr;
  clang::SourceLocation Inside;
  /// What is called at Loc instead and leads to Callee, and the call in it.
  /// Null: nothing.
  const clang::FunctionDecl *Through = nullptr;
  clang::SourceLocation Next;
};

/// Remembers its answers. One per AST.
class TestAssertions {
public:
  TestAssertions(clang::ASTContext &Context, const Models &M,
                 FunctionIndex &Index)
      : Context(Context), M(M), Index(Index) {}

  /// The assertions in \p F, which must have a body, and the calls in it of
  /// functions that have some; those inside `try` blocks that may catch them are
  /// left out. Bodies of lambdas are other functions.
  const std::vector<TestAssertion> &in(const clang::FunctionDecl *F);

private:
  bool areDefined();
  void search(const clang::FunctionDecl &F, std::vector<TestAssertion> &Out);
  bool isAssertion(const clang::Stmt &S, TestAssertion &Out) const;
  bool callsOne(const clang::Stmt &S, TestAssertion &Out);

  clang::ASTContext &Context;
  const Models &M;
  FunctionIndex &Index;
  llvm::DenseMap<const clang::FunctionDecl *, std::vector<TestAssertion>> Known;
  std::optional<bool> Defined; ///< some of the macros are
  unsigned Depth = 0; ///< of callees in callees; bounded
};

} // namespace threadlint

#endif
