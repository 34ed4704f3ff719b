//===- SequentialTasks.h - Tasks that nothing runs beside -------*- C++ -*-===//
// Which tasks of one function are waited for before the function does anything
// else. Needs Tasks, and TaskLifetimes for the tasks that run anyway; how bad
// that is, is left to the check.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SEQUENTIALTASKS_H
#define THREADLINT_ANALYSIS_SEQUENTIALTASKS_H

#include "analysis/Tasks.h"
#include <optional>
#include <vector>

namespace threadlint {

class TranslationUnit;
class ValuePlaces;

/// A task that is over before its spawner goes on.
struct SequentialTask {
  enum class By : uint8_t {
    Discard, ///< nobody takes the future: its destructor waits at once
    Call,    ///< the first thing that happens next is a join, `get()` or `wait()`
    Death,   ///< the variable that holds it dies before anything else happens
  };
  const Task *T; ///< owned by Tasks
  By How;
  clang::SourceLocation Wait; ///< the waiting call, or the end of the life
  /// The spawn and the wait are both in one iteration of a loop.
  bool InLoop = false;
  /// Discard: the source says so, by a cast to void or otherwise; the compiler's
  /// warning about `[[nodiscard]]` is silent.
  bool IsCast = false;
};

/// The sequential tasks of \p F: threads, and futures whose destructor waits. A
/// task that starts while another one of \p F may run is not in the list, nor is
/// one of which it is unknown who waits for it. Core Guidelines CP.41.
std::vector<SequentialTask> sequentialTasks(const clang::FunctionDecl &F,
                                            TranslationUnit &TU);

/// Whether nobody takes the value of \p Spawn, an expression of the function of
/// \p Places. \p IsCast: the source says that this is on purpose.
bool isDiscarded(const clang::Expr &Spawn, const ValuePlaces &Places,
                 bool &IsCast);

/// What an `async` call says about the thread that runs its task.
enum class LaunchPolicy : uint8_t { Unknown, Async, Deferred, Any };
LaunchPolicy launchPolicy(const Task &T, const clang::ASTContext &Context);

} // namespace threadlint

#endif
