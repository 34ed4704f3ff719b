//===- BlockingFutureDestructorCheck.cpp - Time-outs without effect -------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/BlockingFutureDestructorCheck.h"
#include "analysis/CallInfo.h"
#include "analysis/TimedOutFutures.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo BlockingFutureDestructorCheck::Info = {
    "threadlint-blocking-future-destructor",
    "a time-out on the future of 'std::async' that has no effect: the future's "
    "destructor waits for the whole task",
    CheckGroup::Tasks,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines CP.61"};

void BlockingFutureDestructorCheck::checkUnit(TranslationUnit &TU) {
  const SourceManager &SM = TU.context().getSourceManager();
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->OverBudget || Scan->Spawns.empty())
      continue;
    for (const TimedOutFuture &Found : timedOutFutures(*F, TU)) {
      SourceLocation Loc = SM.getExpansionLoc(Found.Wait->getExprLoc());
      if (!Reported.insert(Loc).second)
        continue;
      const FunctionDecl *Wait = namedCallee(Found.Wait);
      diag(Loc, "'%0' may give up, but the future's destructor waits for the "
                "task all the same: the time-out has no effect")
          << (Wait ? Wait->getNameAsString() : "wait_for");
      diag(SM.getExpansionLoc(Found.T->Spawn->getExprLoc()),
           "the task starts here", DiagnosticIDs::Note);
      diag(SM.getExpansionLoc(Found.Death), "the future is destroyed here",
           DiagnosticIDs::Note);
      diag(Loc,
           "ask the task to stop when the time is up, or keep the future where "
           "it outlives the function",
           DiagnosticIDs::Note);
    }
  }
}

} // namespace threadlint
