//===- InvalidJoinCheck.cpp - Joins of threads that are gone --------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/InvalidJoinCheck.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/RepeatedJoins.h"
#include "analysis/TextEdits.h"
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
    for (const RepeatedJoin &J : repeatedJoins(*F, TU))
      report(TU, J);
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

void InvalidJoinCheck::report(TranslationUnit &TU, const RepeatedJoin &J) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(J.Where->getExprLoc());
  if (!Reported.insert(Loc).second)
    return;
  if (!J.Before) {
    diag(Loc, "'%0' of the thread that calls it: it waits for its own end")
        << nameOf(*namedCallee(J.Where));
    diag(Loc, "leave the join to another thread", DiagnosticIDs::Note);
    return;
  }
  diag(Loc, "'%0' of thread '%1', which has been %select{joined|detached}2 "
            "already")
      << nameOf(*namedCallee(J.Where))
      << sourceText(J.Thread->getSourceRange(), TU.context()) << J.WasDetached;
  diag(SM.getExpansionLoc(J.Before->getExprLoc()),
       "%select{joined|detached}0 here", DiagnosticIDs::Note)
      << J.WasDetached;
  diag(Loc, "join or detach each thread once", DiagnosticIDs::Note);
}

namespace {

/// Joins of one thread in a function and in the members that it calls on the same
/// object.
struct SelfJoins {
  TranslationUnit &TU;
  const LockPath &Thread;
  const Expr *Join = nullptr;
  const Expr *Through = nullptr; ///< the call in the entry that leads to it
  DeclSet Tested = {};           ///< what the conditions around name

  void search(const FunctionDecl &F, const Expr *Call, unsigned Depth);
};

void SelfJoins::search(const FunctionDecl &F, const Expr *Call,
                       unsigned Depth) {
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (!Scan || Scan->OverBudget || !TU.functions().mayWait(&F))
    return;
  bool OfObject = Thread.root()->kind() == LockPath::Kind::This;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const Expr *Condition = conditionIn(*S))
      for (const ValueDecl *D : mentionedDecls(Condition))
        Tested.insert(D);
    const auto *Inner = dyn_cast<CallExpr>(S);
    const FunctionDecl *Named = Inner ? namedCallee(Inner) : nullptr;
    if (!Named)
      return;
    const FunctionModel *Model =
        TU.models().function(Named, writtenArgs(Inner));
    const Expr *Object = Model && Model->Does == Effect::Join
                             ? argumentAt(*Inner, Model->Object)
                             : nullptr;
    if (Object && TU.paths().of(Object) == &Thread) {
      Join = Inner;
      Through = Call;
    }
    const Expr *Self = OfObject && !Model ? objectArgument(Inner) : nullptr;
    const FunctionDecl *Callee = Self ? callee(Inner) : nullptr;
    const FunctionDecl *Body = nullptr;
    if (Callee && Depth > 0 && isa<CXXThisExpr>(producer(Self)) &&
        Callee->hasBody(Body))
      search(*Body, Call ? Call : Inner, Depth - 1);
  });
}

} // namespace

/// `t.join()` in the function that the thread \p T, kept in `t`, enters, or in
/// what it calls.
void InvalidJoinCheck::checkSelfJoin(TranslationUnit &TU, const Task &T) {
  if (!T.Entry || !T.Handle || T.Model->Ends == TaskEnd::Pool ||
      !(T.Handle->variable() || T.Handle->field()))
    return;
  // Recursion: the entry has a variable of its own.
  const VarDecl *Local = T.Handle->root()->variable();
  if (Local && Local->hasLocalStorage() && Local->getDeclContext() == T.Entry)
    return;
  bool IsOfThis = llvm::any_of(T.Captures, [](const Capture &C) {
    return C.Kind == CaptureKind::This;
  });
  if (T.Handle->root()->kind() == LockPath::Kind::This && !IsOfThis)
    return; // another object's function
  SelfJoins Found{TU, *T.Handle};
  Found.search(*T.Entry, nullptr, /*Depth=*/3);
  // `if (t.get_id() != std::this_thread::get_id()) t.join()`
  bool Asks = llvm::any_of(Found.Tested, [](const ValueDecl *D) {
    const auto *F = dyn_cast<FunctionDecl>(D);
    return F && !F->getReturnType()->isBooleanType();
  });
  if (!Found.Join || Asks)
    return;
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(Found.Join->getExprLoc());
  if (!Reported.insert(Loc).second)
    return;
  auto Note = [&](SourceLocation Where, llvm::StringRef Text) {
    return diag(SM.getExpansionLoc(Where), Text, DiagnosticIDs::Note);
  };
  diag(Loc, "thread '%0' joins itself, so that it never ends")
      << T.Handle->str();
  Note(T.Spawn->getExprLoc(), "it starts here");
  if (Found.Through)
    Note(Found.Through->getExprLoc(), "the thread gets there by this call");
  Note(Loc, "leave the join to another thread");
}

} // namespace threadlint
