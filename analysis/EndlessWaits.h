//===- EndlessWaits.h - Waits that a shutdown does not end ------*- C++ -*-===//
// A worker loop waits, and what the code changes to stop the thread is nothing
// that the wait looks at. Built on Tasks, Shutdowns and ConditionUses; knows
// nothing of diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_ENDLESSWAITS_H
#define THREADLINT_ANALYSIS_ENDLESSWAITS_H

#include "analysis/Shutdowns.h"

namespace threadlint {

class LockPath;

struct EndlessWait {
  enum class Kind : uint8_t { Condition, Semaphore, Receive, Pop };
  Kind What;
  /// The wait; Pop: the call of the function that waits.
  const clang::Expr *Where = nullptr;
  const clang::Expr *Inner = nullptr; ///< Pop: the wait in that function
  /// What is waited on; may have no name.
  const LockPath *Object = nullptr;
  const clang::Stmt *Loop = nullptr; ///< never null
  /// What the loop tests and the wait does not. Null: nothing.
  const clang::ValueDecl *Flag = nullptr;
  bool Token = false; ///< the loop asks a stop token, and the wait does not
  const clang::Expr *Join = nullptr;        ///< see Shutdown
  const clang::ValueDecl *Member = nullptr; ///< see Shutdown
};

/// Of one task.
std::vector<EndlessWait> endlessWaits(const Task &T, TranslationUnit &TU);

/// Of the tasks that \p F starts, and of the thread whose function \p F is by
/// its class.
std::vector<EndlessWait> endlessWaits(const clang::FunctionDecl &F,
                                      TranslationUnit &TU);

} // namespace threadlint

#endif
