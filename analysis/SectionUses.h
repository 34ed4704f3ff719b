//===- SectionUses.h - What one function does under its locks ---*- C++ -*-===//
// The uses of guarded state inside the critical sections of one function, the
// conditions that they decide, and, for a function that locks and unlocks by
// itself, what its caller gets of that: an answer, or an act. Part of the
// analyses; which section comes first is left to SplitSections.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SECTIONUSES_H
#define THREADLINT_ANALYSIS_SECTIONUSES_H

#include "analysis/AccessUses.h"
#include "analysis/BodyParents.h"
#include "analysis/Branches.h"
#include "analysis/LockedAccesses.h"
#include "llvm/ADT/DenseMap.h"

namespace threadlint {

class GuardInference;

/// A use of state under a lock that this function acquires, and that guards it.
struct SectionUse {
  const Access *What;
  UseOfObject Use;
  KnownLock Lock;
  /// Gets a value that was made of its old one.
  bool Updates = false;

  /// Changes the state in a way that is right only if it is as it was tested.
  bool isAct() const;
};

class SectionUses {
public:
  SectionUses(const FunctionAccesses &F, GuardInference &Guards);

  const std::vector<SectionUse> &all() const { return Uses; }
  /// The use at this very expression, or null: under one of several locks the
  /// first.
  const SectionUse *at(const clang::Expr *E) const;
  const BodyParents &parents() const { return Parents; }

  /// Statements that a condition decides, in the order of the source.
  llvm::ArrayRef<const clang::Stmt *> branches() const { return Branching; }

  /// Calls \p Visit for every expression that the value of \p E is made of:
  /// those inside of it, and inside the values of the local variables that it
  /// names. True if one visit was.
  bool anyPart(const clang::Expr &E,
               llvm::function_ref<bool(const clang::Expr &)> Visit) const;

  /// The uses that decide what a caller gets for an answer; none if the
  /// function also changes something, or may return with the lock.
  const std::vector<const SectionUse *> &answers();
  /// The acts that the function does not test for itself.
  const std::vector<const SectionUse *> &acts();

private:
  void addUse(const Access &A, const KnownLock &L);
  bool isMadeOf(const clang::Expr &Value, const LockPath *Path) const;
  bool isTested(const SectionUse &Act) const;
  bool locksForItself() const;

  const FunctionAccesses &F;
  BodyParents Parents;
  LocalValues Values;
  std::vector<SectionUse> Uses;
  llvm::DenseMap<const clang::Expr *, llvm::SmallVector<const LockPath *, 1>>
      Paths; ///< of all accesses
  llvm::DenseMap<const clang::Expr *, unsigned> ByExpr;
  std::vector<const clang::Stmt *> Branching;
  std::vector<const SectionUse *> Answers, Acts;
  bool AnswersKnown = false, ActsKnown = false;
};

} // namespace threadlint

#endif
