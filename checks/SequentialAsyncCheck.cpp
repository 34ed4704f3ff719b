//===- SequentialAsyncCheck.cpp - Concurrency that is sequential ----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/SequentialAsyncCheck.h"
#include "analysis/CallInfo.h"
#include "analysis/PolledFutures.h"
#include "analysis/SequentialTasks.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Sema/SemaDiagnostic.h"

using namespace clang;

namespace threadlint {

const CheckInfo SequentialAsyncCheck::Info = {
    "threadlint-sequential-async",
    "a task on another thread that its spawner waits for at once, or a deferred "
    "one that nobody runs",
    CheckGroup::Tasks,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines CP.41"};

SequentialAsyncCheck::SequentialAsyncCheck(llvm::StringRef Name,
                                           tidy::ClangTidyContext *Context)
    : Check(Name, Context), Host(*Context) {}

void SequentialAsyncCheck::checkUnit(TranslationUnit &TU) {
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->OverBudget || Scan->Spawns.empty())
      continue;
    for (const SequentialTask &S : sequentialTasks(*F, TU))
      report(TU, S);
    for (const PolledFuture &P : polledFutures(*F, TU))
      report(TU, P);
  }
}

/// The same run shows -Wunused-result at this place: `async` is [[nodiscard]].
bool SequentialAsyncCheck::compilerSays(const SequentialTask &S,
                                        TranslationUnit &TU) const {
  const auto *Call = dyn_cast<CallExpr>(S.T->Spawn);
  if (S.How != SequentialTask::By::Discard || !Call ||
      !Call->hasUnusedResultAttr(TU.context()) || S.IsCast)
    return false;
  return Host.isCheckEnabled("clang-diagnostic-unused-result") &&
         !TU.context().getDiagnostics().isIgnored(diag::warn_unused_result,
                                                  Call->getExprLoc());
}

void SequentialAsyncCheck::report(TranslationUnit &TU,
                                  const SequentialTask &S) {
  using By = SequentialTask::By;
  bool IsThread = S.T->Model->Ends != TaskEnd::FutureDestructor;
  // One thread that is joined at once may be there for its stack or identity.
  if (compilerSays(S, TU) || (IsThread && !S.InLoop))
    return;
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(S.T->Spawn->getExprLoc());
  if (!Reported.insert(Loc).second)
    return;
  if (S.How == By::Discard)
    diag(Loc, "the discarded future's destructor waits for the task, so nothing "
              "runs beside it");
  else
    diag(Loc, "%select{task|thread}0 is waited for %select{at once|in the "
              "iteration that starts it}1, so nothing runs beside it")
        << IsThread << S.InLoop;
  if (S.How == By::Call)
    diag(SM.getExpansionLoc(S.Wait), "waited for here", DiagnosticIDs::Note);
  if (S.How == By::Death)
    diag(SM.getExpansionLoc(S.Wait),
         "the end of its variable's life waits for it here",
         DiagnosticIDs::Note);
  diag(Loc,
       S.InLoop ? "start all of them before the first wait, or call the "
                  "function directly"
                : "keep the future and wait after the other work, or call the "
                  "function directly",
       DiagnosticIDs::Note);
}

void SequentialAsyncCheck::report(TranslationUnit &TU, const PolledFuture &P) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Spawn = SM.getExpansionLoc(P.T->Spawn->getExprLoc());
  SourceLocation Wait = SM.getExpansionLoc(P.Wait->getExprLoc());
  SourceLocation Loc = P.AlwaysDeferred ? Wait : Spawn;
  if (!Reported.insert(Loc).second)
    return;
  if (P.AlwaysDeferred) {
    diag(Loc, "a timed wait never runs a deferred task: it returns "
              "'future_status::deferred' at once");
    diag(Spawn, "the task is deferred here", DiagnosticIDs::Note);
  } else {
    diag(Loc, "task may be deferred, and then this future, which is only polled, "
              "is never ready");
    diag(Wait, "polled here", DiagnosticIDs::Note);
  }
  diag(Spawn,
       P.AlwaysDeferred ? "ask for 'std::launch::async', or call 'get()'"
                        : "ask for 'std::launch::async'",
       DiagnosticIDs::Note);
}

} // namespace threadlint
