//===- TaskCounts.h - Counters of running tasks -----------------*- C++ -*-===//
// Completion counters that a task raises itself, while somebody waits for them to
// become zero. Needs Tasks and the shapes of wait groups.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TASKCOUNTS_H
#define THREADLINT_ANALYSIS_TASKCOUNTS_H

#include "analysis/Tasks.h"
#include <vector>

namespace clang {
class ValueDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

struct LateRaise {
  const Task *T;                    ///< owned by Tasks
  const clang::ValueDecl *Counter;  ///< a variable of the spawner, or a member
  const clang::Expr *Raise;         ///< in the task
  clang::SourceLocation Wait;       ///< for zero
};

/// The counters that tasks of \p F raise and lower, that nobody raises before the
/// spawn, and that \p F (or, for a member, another function of its class) waits
/// for: the waiter may see zero before the task has begun. A count that is waited
/// for to reach a number other than zero is none of these, nor is one that a task
/// raises in a loop, for tasks of its own, or while somebody else may hold it.
std::vector<LateRaise> lateRaises(const clang::FunctionDecl &F,
                                  TranslationUnit &TU);

} // namespace threadlint

#endif
