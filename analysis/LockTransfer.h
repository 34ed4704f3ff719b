//===- LockTransfer.h - What one event does to the held locks ---*- C++ -*-===//
// The transfer function of HeldLocks, for analyses that follow single paths
// themselves. Joining paths is HeldLocks' part.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOCKTRANSFER_H
#define THREADLINT_ANALYSIS_LOCKTRANSFER_H

#include "analysis/HeldLocks.h"

namespace threadlint {

/// Applies events of one function to a LockState. Refers to everything that it
/// is given.
class LockTransfer {
public:
  LockTransfer(const clang::FunctionDecl &F, LockPaths &Paths, SummaryLookup Callees,
           const clang::ASTContext &Context)
      : F(F), Paths(Paths), Callees(Callees), Context(Context) {}

  void apply(const Event &E, LockState &S);
  /// \p S when an exception arrives at the handlers' block \p Dispatch.
  LockState unwind(LockState S, const EventBlock &Dispatch);
  /// What the condition of \p B says on its edge number \p Edge.
  void assume(const EventBlock &B, unsigned Edge, LockState &S);

private:
  void acquire(LockState &S, const LockPath *Lock, const Event &E, bool Must,
               const LockPath *Owner);
  void release(LockState &S, const LockPath *Lock);
  void noteReleased(LockState &S, const LockPath *Lock);
  void erase(LockState &S, HeldLock &H);
  void demote(LockState &S, const LockPath *Lock);
  void acquireAll(LockState &S, const Event &E, bool Must);
  void releaseAll(LockState &S, const Event &E);
  void mayRelease(LockState &S, const Event &E);
  void guardInit(LockState &S, const Event &E);
  void guardEnd(LockState &S, const Event &E);
  void guardMove(LockState &S, const LockPath *To, const LockPath *From);
  void assign(LockState &S, const Event &E);
  void call(LockState &S, const Event &E);
  void runNow(LockState &S, const Event &E);
  bool isGuardConstruction(const Event &E) const;
  void applySummary(LockState &S, const Event &E, const Summary &Callee);
  void settle(LockState &S, const TriedLock &T, bool NonZero);

  const clang::FunctionDecl &F;
  LockPaths &Paths;
  SummaryLookup Callees;
  const clang::ASTContext &Context;
};

} // namespace threadlint

#endif
