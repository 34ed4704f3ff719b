//===- PolledFutures.h - Deferred tasks that nobody runs --------*- C++ -*-===//
// Futures of tasks that may be deferred, and that are asked with a time-out only:
// a deferred task runs in `get()` or `wait()`, never in `wait_for`. Needs Tasks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_POLLEDFUTURES_H
#define THREADLINT_ANALYSIS_POLLEDFUTURES_H

#include "analysis/Tasks.h"
#include <vector>

namespace threadlint {

class TranslationUnit;

struct PolledFuture {
  const Task *T;             ///< owned by Tasks
  const clang::Expr *Wait;   ///< the timed wait
  bool AlwaysDeferred;       ///< the policy is `deferred` alone
};

/// The tasks of \p F whose future is a local variable that is only polled: with
/// `deferred`, by any timed wait; with a policy that allows it, by one in a loop
/// that a deferred task never ends. Code that tests for `future_status::deferred`
/// and futures that somebody else may use are left out. [futures.async]
std::vector<PolledFuture> polledFutures(const clang::FunctionDecl &F,
                                        TranslationUnit &TU);

} // namespace threadlint

#endif
