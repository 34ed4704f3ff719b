//===- SharedVolatiles.h - Volatile variables between threads ---*- C++ -*-===//
// Which volatile variables does a task read that other code writes at the same
// time, or the other way round, without a lock? Joins ThreadSides with the
// locks of LockedAccesses. Part of the analyses; words are left to the check.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SHAREDVOLATILES_H
#define THREADLINT_ANALYSIS_SHAREDVOLATILES_H

#include "analysis/Accesses.h"
#include <vector>

namespace clang {
class Expr;
class ValueDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

/// One volatile variable and two accesses to it that are not ordered.
struct SharedVolatile {
  enum class Side : uint8_t {
    Outside,   ///< code of no task
    OtherTask, ///< another task
    SameTask,  ///< the same task, which several threads run
  };
  /// The variable or field; where to report it.
  const clang::ValueDecl *Variable;
  const clang::Expr *InTask;
  AccessKind TaskAccess;
  const clang::Expr *Other;
  AccessKind OtherAccess;
  Side OtherSide;
};

/// In the order of their first accesses. Silent about registers (reached
/// through an address, or a block of them), flags of signal handlers, atomics,
/// variables that atomic operations or fences are used with, and what one lock
/// guards.
std::vector<SharedVolatile> sharedVolatiles(TranslationUnit &TU);

} // namespace threadlint

#endif
