//===- FutureUses.h - What a function does with a future --------*- C++ -*-===//
// All uses of one variable or member that holds a future or a container of
// them, in one body. Part of the analyses of tasks; on which paths they lie is
// left to others.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_FUTUREUSES_H
#define THREADLINT_ANALYSIS_FUTUREUSES_H

#include "llvm/ADT/SmallVector.h"

namespace clang {
class Expr;
class FunctionDecl;
class QualType;
class ValueDecl;
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

/// An object of type \p T, no reference, is a future.
bool isFuture(clang::QualType T, const Models &M);

/// It is one, or a sequence of them, which futureUses() can follow.
bool holdsFutures(clang::QualType T, const Models &M);

/// The uses of the variable or field \p D in the body of \p F, whose parents
/// are \p Parents. References to it and to its elements are followed. What
/// lambdas do with a variable is unknown; with a member, it is a use in another
/// body.
FutureUses futureUses(const clang::ValueDecl &D, const clang::FunctionDecl &F,
                      const BodyParents &Parents, const Models &M);

} // namespace threadlint

#endif
