//===- TaskEnds.h - What ends the tasks of one function ---------*- C++ -*-===//
// For each task that a function spawns: the calls, loops, branches and variables
// of the same function after which the task is over, or after which nobody can
// tell that it still runs. On which paths they lie is left to TaskLifetimes.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TASKENDS_H
#define THREADLINT_ANALYSIS_TASKENDS_H

#include "analysis/Tasks.h"
#include <cstdint>

namespace clang {
class Stmt;
} // namespace clang

namespace threadlint {

class TranslationUnit;

/// Bit I is the I-th task of the function.
using TaskSet = uint64_t;
constexpr unsigned MaxTasks = 64; // of one function; the others are unknown

/// A wait that may give up: its result says whether the tasks are over.
struct TimedWait {
  TaskSet Tasks = 0;
  bool OverIfZero = false; ///< future_status::ready, cv_status::no_timeout
};

struct TaskEnds {
  template <class KeyT> using Map = llvm::DenseMap<const KeyT *, TaskSet>;

  Map<clang::Stmt> After;      ///< over once the expression is evaluated
  Map<clang::Stmt> WhenFalse;  ///< over where the condition of the loop or `if`
                               ///< is false
  Map<clang::VarDecl> AtDeath; ///< over once the variable is destroyed
  /// The result of the spawn; what is not zero means that it has failed.
  llvm::DenseMap<const LockPath *, TaskSet> Results;
  /// By the call, and by the path of the variable with its result.
  llvm::DenseMap<const void *, TimedWait> Timed;
  TaskSet Unknown = 0;         ///< somebody else takes the handle
};

/// What ends \p Tasks, of which there are at most MaxTasks, in \p F, which must
/// have a body and be within the budget.
TaskEnds findTaskEnds(const clang::FunctionDecl &F, llvm::ArrayRef<Task> Tasks,
                      TranslationUnit &TU);
/// The same for what \p F spawns itself, by their number in Tasks::of().
TaskEnds findTaskEnds(const clang::FunctionDecl &F, TranslationUnit &TU);

} // namespace threadlint

#endif
