//===- Callable.h - What runs when a callable is called ---------*- C++ -*-===//
// Looks through std::bind, std::function, references, variables and conversions
// to the lambda or function behind a callable expression, and collects the
// arguments that are bound on the way. Used by Tasks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_CALLABLE_H
#define THREADLINT_ANALYSIS_CALLABLE_H

#include "llvm/ADT/SmallVector.h"

namespace clang {
class CXXMethodDecl;
class Expr;
class FunctionDecl;
class LambdaExpr;
class VarDecl;
} // namespace clang

namespace threadlint {

class LockPaths;
class Models;

struct Callable {
  /// The definition that runs first, with a body that is not dependent. Null:
  /// unknown.
  const clang::FunctionDecl *Entry = nullptr;
  /// The lambda whose copy is called. Null: no lambda, or unknown.
  const clang::LambdaExpr *Lambda = nullptr;
  /// The variable that std::ref refers to instead of a copy. Null: a copy.
  const clang::VarDecl *Referenced = nullptr;
  /// Arguments that std::bind and its like keep.
  llvm::SmallVector<const clang::Expr *, 2> Bound;
};

/// What the expression \p E, which must not be null, stands for.
Callable resolveCallable(const clang::Expr *E, const Models &M,
                         LockPaths &Paths);

/// \p Method is the `run()` that a thread of its class starts with.
bool isThreadsRun(const clang::CXXMethodDecl &Method, const Models &M);

} // namespace threadlint

#endif
