//===- DoubleChecks.h - Tested, locked, tested again ------------*- C++ -*-===//
// Finds plain variables that one function tests without a lock, tests again
// under one, and then sets. Part of the analyses; how it is worded is left to
// the check.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_DOUBLECHECKS_H
#define THREADLINT_ANALYSIS_DOUBLECHECKS_H

#include "clang/Basic/SourceLocation.h"
#include <vector>

namespace clang {
class ASTContext;
class Expr;
class ValueDecl;
} // namespace clang

namespace threadlint {

class LockedAccesses;
class LockPath;
class Models;
struct FunctionAccesses;

struct DoubleCheck {
  const clang::Expr *Unlocked; ///< the first test
  const clang::Expr *Locked;   ///< the second
  const clang::Expr *Write;
  const clang::ValueDecl *Variable;
  const LockPath *Lock;
};

/// In the order of the source, one for each variable. Left out: atomics, what
/// only the thread that tests it writes, and what is not shared yet.
std::vector<DoubleCheck> doubleChecks(const FunctionAccesses &F,
                                      LockedAccesses &All,
                                      const clang::ASTContext &Context);

} // namespace threadlint

#endif
