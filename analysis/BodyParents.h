//===- BodyParents.h - What an expression is part of ------------*- C++ -*-===//
// Parent links of one function's body, made when a check has something to say
// about it. Part of the analyses; bodies of lambdas are other functions.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_BODYPARENTS_H
#define THREADLINT_ANALYSIS_BODYPARENTS_H

#include "llvm/ADT/DenseMap.h"
#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
class Stmt;
} // namespace clang

namespace threadlint {

class BodyParents {
public:
  /// \p F must be a definition. Constructors' initialisers count as body.
  explicit BodyParents(const clang::FunctionDecl &F);

  /// Null: \p S is a whole body or initialiser, or is not in this function.
  const clang::Stmt *parent(const clang::Stmt *S) const {
    return Parents.lookup(S);
  }
  /// Every statement and expression, parents before children.
  const std::vector<const clang::Stmt *> &all() const { return All; }

  bool isInLoop(const clang::Stmt *S) const;
  /// Whether \p S stands where it is never run: sizeof, noexcept, typeid …
  bool isUnevaluated(const clang::Stmt *S) const;
  /// Whether nobody looks at the value of \p E, which is a statement by itself,
  /// or part of the head of a loop that is no condition.
  bool isDiscarded(const clang::Expr *E) const;

private:
  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> Parents;
  std::vector<const clang::Stmt *> All;
};

} // namespace threadlint

#endif
