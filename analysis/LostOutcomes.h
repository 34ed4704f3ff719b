//===- LostOutcomes.h - Tasks whose outcome nobody sees ---------*- C++ -*-===//
// Futures that nobody reads though the task may fail, and handlers that drop
// whatever a task throws. Needs Tasks and Exceptions.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOSTOUTCOMES_H
#define THREADLINT_ANALYSIS_LOSTOUTCOMES_H

#include "analysis/Tasks.h"
#include <vector>

namespace threadlint {

class TranslationUnit;

struct LostOutcome {
  enum class How : uint8_t {
    Exception, ///< it may throw, and nobody calls get()
    Result,    ///< it returns an error or status, and nobody calls get()
    Handler,   ///< an empty `catch (...)` around its whole body
  };
  const Task *T; ///< owned by Tasks
  /// What the task runs first; Result: perhaps only declared.
  const clang::FunctionDecl *Runs;
  How Why;
  clang::SourceLocation Loc; ///< the spawn, or the handler
};

/// The tasks of \p F whose outcome is lost. A future that is returned, moved or
/// passed on is somebody's, as is one in a member that others can name; of a
/// body that is not visible only the type of its result is known.
std::vector<LostOutcome> lostOutcomes(const clang::FunctionDecl &F,
                                      TranslationUnit &TU);

} // namespace threadlint

#endif
