//===- WorkLostAtExitCheck.cpp - Threads that the end of main kills -------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/WorkLostAtExitCheck.h"
#include "analysis/LostWork.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo WorkLostAtExitCheck::Info = {
    "threadlint-work-lost-at-exit",
    "a detached thread that nobody waits for before main returns, so that its "
    "work is killed half-way",
    CheckGroup::Threads,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines CP.26"};

void WorkLostAtExitCheck::checkUnit(TranslationUnit &TU) {
  for (const LostWork &Work : lostWork(TU))
    report(TU, Work);
}

void WorkLostAtExitCheck::report(TranslationUnit &TU, const LostWork &Work) {
  const SourceManager &SM = TU.context().getSourceManager();
  const Task &T = *Work.T;
  SourceLocation Spawn = SM.getExpansionLoc(T.Spawn->getExprLoc());
  SourceLocation Loc =
      Work.Detach ? SM.getExpansionLoc(Work.Detach->getExprLoc()) : Spawn;
  if (!Reported.insert(Loc).second)
    return;
  auto Note = [&](SourceLocation Where, llvm::StringRef Text) {
    return diag(SM.getExpansionLoc(Where), Text, DiagnosticIDs::Note);
  };
  diag(Loc, "nothing waits for this detached thread before the process ends, "
            "which kills it in the middle of its work");
  if (SM.getExpansionLineNumber(Spawn) != SM.getExpansionLineNumber(Loc))
    Note(Spawn, "the thread is started here");
  if (!T.Lambda)
    Note(T.Entry->getLocation(), "this is what it does");
  if (Work.Call)
    Note(Work.Call->getBeginLoc(), "'main' gets there by this call");
  if (Work.Sleep)
    Note(Work.Sleep->getBeginLoc(),
         "a sleep is no wait: nobody knows how long the thread takes");
  Note(Work.End, Work.Exits ? "the process ends here" : "'main' returns here");
  Note(Loc,
       "join the thread instead of detaching it, or let it signal a latch, "
       "future or condition that 'main' waits for");
}

} // namespace threadlint
