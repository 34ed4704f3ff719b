//===- BrokenPromises.h - Tasks that end without a result -------*- C++ -*-===//
// A task that is handed a promise and may end without setting it, while
// somebody waits for the future. Built on Tasks and PromiseStates; knows
// nothing of diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_BROKENPROMISES_H
#define THREADLINT_ANALYSIS_BROKENPROMISES_H

#include "analysis/PromiseStates.h"

namespace threadlint {

struct BrokenPromise {
  const LockPath *Promise = nullptr; ///< as the task names it
  bool IsTask = false;               ///< a packaged task
  /// The task owns it: the wait ends with an exception. Otherwise it never
  /// ends.
  bool Owned = false;
  llvm::SmallVector<UnsetExit, 2> Exits; ///< at least one
  const clang::Expr *Spawn = nullptr;
  const clang::Expr *Waiter = nullptr;
};

/// Of the tasks that \p F starts, in the order of the source.
std::vector<BrokenPromise> brokenPromises(const clang::FunctionDecl &F,
                                          TranslationUnit &TU);

} // namespace threadlint

#endif
