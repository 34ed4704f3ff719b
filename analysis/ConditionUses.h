//===- ConditionUses.h - Who waits on which condition variable? -*- C++ -*-===//
// All waits on and notifications of condition variables in one translation
// unit, with the lock of each wait. Part of the analyses; what the code around
// a wait tests is left to WaitTests, what a notification forgets to
// LostWakeups.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_CONDITIONUSES_H
#define THREADLINT_ANALYSIS_CONDITIONUSES_H

#include "clang/Basic/SourceLocation.h"
#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace threadlint {

class FunctionIndex;
class LockPath;
class LockPaths;
class Models;
class Summaries;

struct ConditionWait {
  const clang::FunctionDecl *In;
  const clang::Expr *Call;
  const LockPath *Condition; ///< unknown path: not known
  /// The lock that it releases; unknown path: not known.
  const LockPath *Lock;
  /// What the wait tests by itself. Null: no predicate.
  const clang::Expr *Predicate = nullptr;
  bool Timed = false;
  /// The function acquires the lock itself: nobody who calls it can test
  /// anything under the same lock.
  bool LocksHere = false;
};

struct ConditionNotification {
  const clang::FunctionDecl *In;
  const clang::Expr *Call;
  const LockPath *Condition;
};

/// Collected when first asked for. One per AST; not thread-safe.
class ConditionUses {
public:
  ConditionUses(const Models &M, LockPaths &Paths, FunctionIndex &Index,
                Summaries &All)
      : M(M), Paths(Paths), Index(Index), All(All) {}

  /// In the order of the source. Left out: waits that cannot be reached, those
  /// whose predicate is a type of its own (absl::Mutex::Await), and conditions
  /// that remember a notification.
  const std::vector<ConditionWait> &waits();
  const std::vector<ConditionNotification> &notifications();

private:
  void collect();
  void collectIn(const clang::FunctionDecl &F);
  void addWait(const clang::FunctionDecl &F, ConditionWait W);

  const Models &M;
  LockPaths &Paths;
  FunctionIndex &Index;
  Summaries &All;
  bool Collected = false;
  std::vector<ConditionWait> Waits;
  std::vector<ConditionNotification> Notifications;
};

/// Two names for one condition variable: the same member of a class, the same
/// variable. False: unknown.
bool sameCondition(const LockPath *A, const LockPath *B);

} // namespace threadlint

#endif
