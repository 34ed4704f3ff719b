//===- CountRaisedInTaskCheck.cpp - Counters raised too late --------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/CountRaisedInTaskCheck.h"
#include "analysis/TaskCounts.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo CountRaisedInTaskCheck::Info = {
    "threadlint-count-raised-in-task",
    "a completion counter that the counted task raises itself: the waiter may "
    "see zero before the task has begun",
    CheckGroup::Tasks,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CWE-362"};

void CountRaisedInTaskCheck::checkUnit(TranslationUnit &TU) {
  const SourceManager &SM = TU.context().getSourceManager();
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->OverBudget || Scan->Spawns.empty())
      continue;
    for (const LateRaise &L : lateRaises(*F, TU)) {
      SourceLocation Loc = SM.getExpansionLoc(L.Raise->getBeginLoc());
      if (!Reported.insert(Loc).second)
        continue;
      diag(Loc, "the task raises '%0', on which its spawner waits: the wait may "
                "see zero before the task begins")
          << L.Counter->getNameAsString();
      diag(SM.getExpansionLoc(L.T->Spawn->getExprLoc()),
           "the task starts here", DiagnosticIDs::Note);
      diag(SM.getExpansionLoc(L.Wait), "waited for here", DiagnosticIDs::Note);
      diag(Loc, "raise '%0' before the task starts", DiagnosticIDs::Note)
          << L.Counter->getNameAsString();
    }
  }
}

} // namespace threadlint
