//===- InvalidJoinCheck.cpp - Joins of threads that are gone --------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/InvalidJoinCheck.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/ThreadStates.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo InvalidJoinCheck::Info = {
    "threadlint-invalid-join",
    "a thread is joined or detached that was joined, detached or moved from "
    "already, or joins itself",
    CheckGroup::Threads,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CERT CON39-C"};

InvalidJoinCheck::InvalidJoinCheck(llvm::StringRef Name,
                                   tidy::ClangTidyContext *Context)
    : Check(Name, Context),
      AnalyzerKnowsMoves(
          Context->isCheckEnabled("clang-analyzer-cplusplus.Move")) {}

void InvalidJoinCheck::checkUnit(TranslationUnit &TU) {
  for (const FunctionDecl *F : TU.functions().functions()) {
    for (const ThreadMistake &M : threadMistakes(*F, TU))
      report(TU, M);
    const FunctionScan *Scan = TU.functions().scan(F);
    if (Scan && !Scan->Spawns.empty())
      for (const Task &T : TU.tasks().of(F))
        checkSelfJoin(TU, T);
  }
}

void InvalidJoinCheck::report(TranslationUnit &TU, const ThreadMistake &M) {
  using Kind = ThreadMistake::Kind;
  if (M.What < Kind::Empty || (M.What == Kind::Moved && AnalyzerKnowsMoves))
    return;
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(M.Where->getExprLoc());
  if (!Reported.insert(Loc).second)
    return;
  const FunctionDecl *Callee = namedCallee(M.Where);
  unsigned Which = unsigned(M.What) - unsigned(Kind::Empty);
  diag(Loc, "'%0' of thread '%1', which %select{may have|has}2 "
            "%select{no thread to wait for|been joined already|been detached "
            "already|been moved from}3")
      << (Callee ? nameOf(*Callee) : "join") << M.Var->getNameAsString()
      << M.OnEveryPath << Which;
  if (M.Before && M.What != Kind::Empty)
    diag(SM.getExpansionLoc(M.Before->getExprLoc()),
         "%select{|joined|detached|moved}0 here", DiagnosticIDs::Note)
        << Which;
  diag(Loc, M.IsC ? "join or detach each thread once"
                  : "join or detach each thread once; 'joinable()' says "
                    "whether that is still to be done",
       DiagnosticIDs::Note);
}

/// `t.join()` in the function that the thread \p T, kept in `t`, enters.
void InvalidJoinCheck::checkSelfJoin(TranslationUnit &TU, const Task &T) {
  const FunctionScan *Scan = T.Entry && T.Handle && T.Model->Ends != TaskEnd::Pool
                                 ? TU.functions().scan(T.Entry)
                                 : nullptr;
  if (!Scan || Scan->OverBudget || !Scan->Waits ||
      !(T.Handle->variable() || T.Handle->field()))
    return;
  const SourceManager &SM = TU.context().getSourceManager();
  DeclSet Tested;
  const Expr *Join = nullptr;
  forEachStmt(T.Entry->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const Expr *Condition = conditionIn(*S))
      for (const ValueDecl *D : mentionedDecls(Condition))
        Tested.insert(D);
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Named = Call ? namedCallee(Call) : nullptr;
    const FunctionModel *Model =
        Named ? TU.models().function(Named, writtenArgs(Call)) : nullptr;
    const Expr *Object = Model && Model->Does == Effect::Join
                             ? argumentAt(*Call, Model->Object)
                             : nullptr;
    if (Object && TU.paths().of(Object) == T.Handle)
      Join = Call;
  });
  // `if (t.get_id() != std::this_thread::get_id()) t.join()`
  bool Asks = llvm::any_of(Tested, [&](const ValueDecl *D) {
    const auto *F = dyn_cast<FunctionDecl>(D);
    return F && !F->getReturnType()->isBooleanType();
  });
  if (!Join || Asks)
    return;
  SourceLocation Loc = SM.getExpansionLoc(Join->getExprLoc());
  if (!Reported.insert(Loc).second)
    return;
  diag(Loc, "thread '%0' joins itself, so that it never ends") << T.Handle->str();
  diag(SM.getExpansionLoc(T.Spawn->getExprLoc()), "it starts here",
       DiagnosticIDs::Note);
  diag(Loc, "leave the join to another thread", DiagnosticIDs::Note);
}

} // namespace threadlint
