//===- TaskSleeps.h - Sleeps that stand for a wait --------------*- C++ -*-===//
// A function starts a task, sleeps, and then takes for granted that the task has
// written its result. Part of the analyses; which tasks are joined when is
// TaskEnds' question.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TASKSLEEPS_H
#define THREADLINT_ANALYSIS_TASKSLEEPS_H

#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
class ValueDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

struct TaskSleep {
  const clang::Expr *Sleep;
  const clang::Expr *Spawn;       ///< of the task that writes the result
  const clang::Expr *Use;         ///< reads the result after the sleep
  const clang::ValueDecl *Result; ///< a plain variable or field
};

/// The sleeps of \p F, each once, in the order of the source. Empty as well when
/// the task's code is not visible. Results that are atomic, or that may be looked
/// at under a lock, are left out.
std::vector<TaskSleep> sleepsForTasks(const clang::FunctionDecl &F,
                                      TranslationUnit &TU);

} // namespace threadlint

#endif
