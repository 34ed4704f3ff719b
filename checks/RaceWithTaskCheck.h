//===- RaceWithTaskCheck.h - State that tasks fight over --------*- C++ -*-===//
// Asks TaskRaces what a task and its spawner, or two tasks, touch at the same
// time, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_RACEWITHTASKCHECK_H
#define THREADLINT_CHECKS_RACEWITHTASKCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include <set>

namespace threadlint {

class ReachedAccesses;
struct TaskRace;

/// A task and the function that starts it, or two tasks, touch the same variable
/// while both may run, one of them writes it, and no lock is common to them: a
/// data race, which is undefined behaviour. Core Guidelines CP.2; CERT CON43-C,
/// CON32-C; CWE-362, CWE-366.
class RaceWithTaskCheck : public Check {
public:
  static const CheckInfo Info;
  RaceWithTaskCheck(llvm::StringRef Name,
                    clang::tidy::ClangTidyContext *Context);

private:
  void checkUnit(TranslationUnit &TU) override;
  bool isBusyWait(TranslationUnit &TU, const TaskRace &Race) const;
  void report(TranslationUnit &TU, const TaskRace &Race);

  /// By another check of the same run.
  const bool BusyWaitsAreReported, EarlyStartsAreReported;
  /// Place and object: templates report once.
  std::set<std::pair<clang::SourceLocation, std::string>> Reported;
};

} // namespace threadlint

#endif
