//===- ConditionWaitWithoutPredicateCheck.cpp - Waits for an event --------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/ConditionWaitWithoutPredicateCheck.h"
#include "analysis/ConditionUses.h"
#include "analysis/LockPath.h"
#include "analysis/LostWakeups.h"
#include "analysis/TranslationUnit.h"
#include "analysis/WaitRewrite.h"
#include "analysis/WaitTests.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

const CheckInfo ConditionWaitWithoutPredicateCheck::Info = {
    "threadlint-condition-wait-without-predicate",
    "a wait on a condition variable that nothing tests, or that a notification "
    "may miss",
    CheckGroup::Primitives,
    /*OnByDefault=*/true,
    /*HasFix=*/true,
    "0.1",
    "CERT CON54-CPP, CERT CON36-C, Core Guidelines CP.42"};

/// " 'ready_cv_'", or nothing to say.
static std::string quoted(const LockPath *P) {
  std::string Name = P->str();
  return Name.empty() ? Name : " '" + Name + "'";
}

/// The warning, and its first note.
static std::pair<const char *, const char *> wordsFor(WaitVerdict Verdict) {
  switch (Verdict) {
  case WaitVerdict::Fine:
    break;
  case WaitVerdict::Untested:
    return {"nothing is tested around the wait on condition variable%0",
            "the wait may end without a notification, and a notification that "
            "comes before it is lost"};
  case WaitVerdict::TestedOnce:
    return {"the wait on condition variable%0 is not in a loop, but it may end "
            "without a notification",
            "tested here, and not again after the wait"};
  case WaitVerdict::UsedAtOnce:
    return {"the wait on condition variable%0 may end without a notification, "
            "but nothing is tested after it",
            "what was waited for is used here"};
  case WaitVerdict::TimeoutIgnored:
    return {"the wait on condition variable%0 may time out before its "
            "predicate holds, but its result is ignored",
            "what was waited for is used here"};
  }
  return {};
}

void ConditionWaitWithoutPredicateCheck::checkWait(TranslationUnit &TU,
                                                   const ConditionWait &W) {
  DeclSet State = writtenByNotifiers(W.Condition, TU);
  WaitJudgement J = judgeWait(W, State, TU.context());
  SourceLocation Loc = W.Call->getExprLoc();
  if (J.Verdict == WaitVerdict::Fine || !Reported.insert(Loc).second)
    return;
  auto [Warning, Reason] = wordsFor(J.Verdict);
  {
    auto Diagnostic = diag(Loc, Warning) << quoted(W.Condition);
    for (const TextEdit &Edit : testedAgain(W, State, TU))
      Diagnostic << FixItHint::CreateReplacement(Edit.Range, Edit.Text);
  }
  diag(J.Where ? J.Where->getExprLoc() : Loc, Reason, DiagnosticIDs::Note);
  diag(Loc,
       "%select{put the wait into a 'while' loop that tests the state|pass the "
       "test of the state to the wait, or put it into a 'while' loop|use the "
       "state only if the wait returns true}0",
       DiagnosticIDs::Note)
      << (J.Verdict == WaitVerdict::TimeoutIgnored
              ? 2
              : isa<CXXMemberCallExpr>(W.Call));
}

void ConditionWaitWithoutPredicateCheck::report(const LostWakeup &Lost) {
  if (!Reported.insert(Lost.Write->getExprLoc()).second)
    return;
  std::string Lock = quoted(Lost.Wait->Lock);
  diag(Lost.Write->getExprLoc(),
       "%0 is changed without holding%1, so the notification after it may be "
       "lost")
      << Lost.Written << Lock;
  diag(Lost.Wait->Call->getExprLoc(),
       "waited for here; the change may come between the test and the wait",
       DiagnosticIDs::Note);
  diag(Lost.Notification->getExprLoc(), "notified here", DiagnosticIDs::Note);
  diag(Lost.Write->getExprLoc(), "hold%0 while %1 is changed",
       DiagnosticIDs::Note)
      << Lock << Lost.Written;
}

/// The lock belongs to the object that the condition belongs to, or both are
/// global.
static bool belongTogether(const ConditionWait &W) {
  const LockPath *C = W.Condition->root(), *L = W.Lock->root();
  return C == L || (C->variable() && L->variable());
}

/// A different name is a different lock then.
static bool usesOtherLock(const ConditionWait &A, const ConditionWait &B) {
  const void *L = commonName(A.Lock), *R = commonName(B.Lock);
  return L && R && L != R && sameCondition(A.Condition, B.Condition) &&
         A.Lock->root()->kind() == B.Lock->root()->kind() &&
         belongTogether(A) && belongTogether(B);
}

void ConditionWaitWithoutPredicateCheck::checkLocks(
    const std::vector<ConditionWait> &Waits) {
  for (size_t I = 1; I < Waits.size(); ++I)
    for (size_t J = 0; J < I; ++J) {
      const ConditionWait &Later = Waits[I], &First = Waits[J];
      if (!sameCondition(First.Condition, Later.Condition))
        continue;
      if (usesOtherLock(First, Later) &&
          Reported.insert(Later.Call->getExprLoc()).second) {
        diag(Later.Call->getExprLoc(),
             "condition variable%0 is waited on with%1 here and with%2 "
             "elsewhere")
            << quoted(Later.Condition) << quoted(Later.Lock)
            << quoted(First.Lock);
        diag(First.Call->getExprLoc(), "waited on with%0 here",
             DiagnosticIDs::Note)
            << quoted(First.Lock);
        diag(Later.Call->getExprLoc(),
             "use one lock with it, or two condition variables",
             DiagnosticIDs::Note);
      }
      break;
    }
}

void ConditionWaitWithoutPredicateCheck::checkUnit(TranslationUnit &TU) {
  const std::vector<ConditionWait> &Waits = TU.conditions().waits();
  if (Waits.empty())
    return;
  checkLocks(Waits);
  for (const ConditionWait &W : Waits)
    if (!W.Predicate || W.Timed)
      checkWait(TU, W);
  for (const LostWakeup &Lost : lostWakeups(TU))
    report(Lost);
}

} // namespace threadlint
