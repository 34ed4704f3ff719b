//===- FutureUses.h - What a function does with a future --------*- C++ -*-===//
// All uses of one local variable that holds a future. Part of the analyses of
// tasks; on which paths they lie is left to others.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_FUTUREUSES_H
#define THREADLINT_ANALYSIS_FUTUREUSES_H

#include "llvm/ADT/SmallVector.h"

namespace clang {
class Expr;
class FunctionDecl;
class VarDecl;
} // namespace clang

namespace threadlint {

class BodyParents;
class Models;

struct FutureUses {
  llvm::SmallVector<const clang::Expr *, 2> Timed; ///< wait_for, wait_until
  bool Waits = false;   ///< get() or wait()
  bool Gets = false;    ///< get(): hands the outcome on
  bool Unknown = false; ///< moved, passed on, captured: anybody may use it
};

/// The uses of \p V in the body of \p F, whose parents are \p Parents.
FutureUses futureUses(const clang::VarDecl &V, const clang::FunctionDecl &F,
                      const BodyParents &Parents, const Models &M);

} // namespace threadlint

#endif
