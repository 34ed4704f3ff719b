//===- LostWork.h - Threads that the end of main kills ----------*- C++ -*-===//
// The detached threads with work that ends, started by main or by what only
// main calls, after which nothing waits before the process ends. Needs Tasks,
// TaskEnds and Lasting; knows nothing of diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOSTWORK_H
#define THREADLINT_ANALYSIS_LOSTWORK_H

#include "clang/Basic/SourceLocation.h"
#include <vector>

namespace clang {
class Expr;
} // namespace clang

namespace threadlint {

struct Task;
class TranslationUnit;

struct LostWork {
  const Task *T = nullptr; ///< owned by Tasks; its entry is known
  /// The call that detaches it. Null: it is detached from the start, or
  /// detaches itself.
  const clang::Expr *Detach = nullptr;
  /// The call in main that leads to the spawn. Null: main spawns it.
  const clang::Expr *Call = nullptr;
  /// Where main returns first, or ends the process.
  clang::SourceLocation End;
  bool Exits = false; ///< by a call
  /// A sleep on the way there. Null: none.
  const clang::Expr *Sleep = nullptr;
};

/// In the order of the source's functions. Empty where anything on the way from
/// the spawn to the end of main may wait, or cannot be seen.
std::vector<LostWork> lostWork(TranslationUnit &TU);

} // namespace threadlint

#endif
