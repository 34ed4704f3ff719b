//===- TimedOutFutures.h - Time-outs that wait all the same -----*- C++ -*-===//
// Timed waits for a future whose destructor waits for the task, where some path
// lets the time be up and the future die. Needs Tasks; follows one function's
// graph.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TIMEDOUTFUTURES_H
#define THREADLINT_ANALYSIS_TIMEDOUTFUTURES_H

#include "analysis/Tasks.h"
#include <vector>

namespace threadlint {

class TranslationUnit;

struct TimedOutFuture {
  const Task *T;               ///< owned by Tasks
  const clang::Expr *Wait;     ///< the timed wait
  clang::SourceLocation Death; ///< where the destructor waits
};

/// The timed waits in \p F behind which the future may die though the task still
/// runs. A path on which the task may have been asked to stop, on which somebody
/// takes the future or waits for it without a time-out, is none; nor is one whose
/// branches are not understood. [futures.async]
std::vector<TimedOutFuture> timedOutFutures(const clang::FunctionDecl &F,
                                            TranslationUnit &TU);

} // namespace threadlint

#endif
