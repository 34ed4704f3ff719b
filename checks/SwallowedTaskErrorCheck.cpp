//===- SwallowedTaskErrorCheck.cpp - Failures nobody hears of -------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/SwallowedTaskErrorCheck.h"
#include "analysis/LostOutcomes.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo SwallowedTaskErrorCheck::Info = {
    "threadlint-swallowed-task-error",
    "a task whose exception or error nobody sees: its future is never read, or "
    "an empty handler drops it",
    CheckGroup::Tasks,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CWE-391"};

void SwallowedTaskErrorCheck::checkUnit(TranslationUnit &TU) {
  const SourceManager &SM = TU.context().getSourceManager();
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->OverBudget || Scan->Spawns.empty())
      continue;
    for (const LostOutcome &Lost : lostOutcomes(*F, TU)) {
      SourceLocation Loc = SM.getExpansionLoc(Lost.Loc);
      if (!Reported.insert(Loc).second)
        continue;
      diag(Loc, "%select{the task may throw, and nobody reads its future|the "
                "task returns whether it has failed, and nobody reads its "
                "future|this handler drops every exception of the task}0")
          << static_cast<unsigned>(Lost.Why);
      bool IsHandler = Lost.Why == LostOutcome::How::Handler;
      if (IsHandler)
        diag(SM.getExpansionLoc(Lost.T->Spawn->getExprLoc()),
             "the task starts here", DiagnosticIDs::Note);
      else
        diag(SM.getExpansionLoc(Lost.Runs->getLocation()),
             "the task is this function", DiagnosticIDs::Note);
      diag(Loc,
           IsHandler ? "log or count it, or keep 'std::current_exception()' for "
                       "whoever waits"
                     : "call 'get()' on the future, or handle the failure in "
                       "the task",
           DiagnosticIDs::Note);
    }
  }
}

} // namespace threadlint
