//===- TaskRaces.h - State that tasks and spawners fight over ---*- C++ -*-===//
// Which state does a task share with the function that starts it, or with another
// of its tasks, so that both touch it while both may run, one of them writes it,
// and no lock is common to them? Part of the analyses; words are left to the check.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TASKRACES_H
#define THREADLINT_ANALYSIS_TASKRACES_H

#include "analysis/ReachedAccesses.h"
#include "clang/Basic/SourceLocation.h"
#include <vector>

namespace threadlint {

class TranslationUnit;

struct TaskRace {
  enum class With : uint8_t {
    Spawner,   ///< the function that starts it
    OtherTask, ///< a task that another spawn of the function starts
    Twin,      ///< a task that the same spawn starts
    Member,    ///< a member function that other threads call meanwhile
  };

  const Task *T; ///< owned by Tasks
  With Against;
  /// OtherTask: the other one, which starts before.
  const Task *Other = nullptr;
  ReachedAccess InTask, There;
  /// The capture or argument by which the task has the state; else the spawn.
  clang::SourceLocation Loc;
  /// Member: the function.
  const clang::FunctionDecl *Member = nullptr;
};

/// True if \p T has a thread of its own, or one of several. False: an event loop
/// runs it, perhaps in the spawner's thread; or unknown.
bool runsBeside(const Task &T);

/// The capture, or the argument, by which \p T has what paths from \p Root begin
/// with; else the spawn.
clang::SourceLocation wayIn(const Task &T, const LockPath *Root,
                            LockPaths &Paths);

/// At most one for each shared object of each task of \p F, in the order of the
/// source. Unknown bodies, objects, indices and locks make none. No Member.
std::vector<TaskRace> taskRaces(const clang::FunctionDecl &F,
                                TranslationUnit &TU, ReachedAccesses &Reach);

} // namespace threadlint

#endif
