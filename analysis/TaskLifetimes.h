//===- TaskLifetimes.h - Tasks that outlive what they use -------*- C++ -*-===//
// Forward dataflow over one function: which of its tasks may still run when a
// variable that they captured dies. Needs Tasks and TaskEnds; knows nothing of
// diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TASKLIFETIMES_H
#define THREADLINT_ANALYSIS_TASKLIFETIMES_H

#include "analysis/TaskEnds.h"
#include "analysis/Tasks.h"
#include <vector>

namespace threadlint {

class TranslationUnit;

/// A task that may run when the variable of one of its captures is no more.
struct OutlivedCapture {
  const Task *T;          ///< owned by Tasks
  const Capture *C;       ///< of *T
  clang::SourceLocation Death;
  enum class By : uint8_t { Scope, Return, Exception, Delete } How;
  /// The call in the function, on an object of its own, whose callee starts the
  /// task; C is the callee's `this`. Null: the function starts it.
  const clang::Expr *Through = nullptr;
  const clang::VarDecl *Object = nullptr;
};

/// One entry for each capture by reference or by pointer of each task of \p F
/// that some path lets live too long; the first death on such a path. So for
/// pointers that F deletes, and for the objects of F whose member functions start
/// detached threads. Nothing for tasks of which it is unknown who waits for them.
std::vector<OutlivedCapture> outlivedCaptures(const clang::FunctionDecl &F,
                                              TranslationUnit &TU);

/// By spawn: the other tasks of the function that may run when it is reached.
using SpawnStates = llvm::DenseMap<const clang::Stmt *, TaskSet>;

/// For every spawn of \p F that is reachable. A task counts as running where
/// nothing shows that it is over. Empty: clang has no graph of \p F.
SpawnStates runningAtSpawns(const clang::FunctionDecl &F, TranslationUnit &TU);

/// By expression, where there are any: the tasks that may run just before it is
/// evaluated; at a spawn in a loop its own of earlier rounds as well.
struct RunningTasks {
  llvm::DenseMap<const clang::Stmt *, TaskSet> At;
  TaskSet Unknown = 0; ///< nobody can tell who waits for these
};

/// For every expression of \p F that is reachable while one of its tasks may run.
RunningTasks runningTasks(const clang::FunctionDecl &F, TranslationUnit &TU);

} // namespace threadlint

#endif
