//===- ThreadWithoutExitPathCheck.cpp - Threads that never end ------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/ThreadWithoutExitPathCheck.h"
#include "analysis/CallInfo.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo ThreadWithoutExitPathCheck::Info = {
    "threadlint-thread-without-exit-path",
    "a thread whose function can never end: it leaks when it is detached, and "
    "a join never returns",
    CheckGroup::Threads,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines CP.25, Core Guidelines CP.26"};

ThreadWithoutExitPathCheck::ThreadWithoutExitPathCheck(
    llvm::StringRef Name, tidy::ClangTidyContext *Context)
    : Check(Name, Context),
      ReportEveryDetach(boolOption("ReportEveryDetach", false)) {}

ThreadWithoutExitPathCheck::~ThreadWithoutExitPathCheck() = default;

void ThreadWithoutExitPathCheck::storeOptions(
    tidy::ClangTidyOptions::OptionMap &Opts) {
  Check::storeOptions(Opts);
  Options.store(Opts, "ReportEveryDetach",
                ReportEveryDetach ? "true" : "false");
}

void ThreadWithoutExitPathCheck::checkUnit(TranslationUnit &TU) {
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->OverBudget)
      continue;
    if (!Scan->Spawns.empty())
      for (const Task &T : TU.tasks().of(F))
        checkTask(TU, T);
    if (ReportEveryDetach)
      checkDetaches(TU, *F);
  }
  for (const Task &T : TU.tasks().outside())
    checkTask(TU, T);
}

/// What the thread does with an exception that leaves its entry.
static Thrown thrownBy(const Task &T) {
  bool Keeps = T.Model->Ends == TaskEnd::FutureDestructor ||
               T.Model->Ends == TaskEnd::Pool;
  return Keeps ? Thrown::IsKept : Thrown::Terminates;
}

void ThreadWithoutExitPathCheck::checkTask(TranslationUnit &TU, const Task &T) {
  const EndlessLoop *Loop = TU.exitPaths().endlessLoop(T.Entry, thrownBy(T));
  if (!Loop || (mayBeCancellationPoint(*Loop) &&
                TU.threadCalls().mayFind(Effect::Cancel, T.Handle)))
    return;
  // An argument may choose the way that ends.
  if (Loop->Always || !choosesByConstant(*T.Spawn, TU.context()))
    report(TU, T, *Loop);
}

namespace {
enum class Ending { Unknown, Detached, Joined, Pool, Future };
} // namespace

static Ending endingOf(const Task &T, const Expr *Detach, const Expr *Join) {
  if (Detach || T.Model->Ends == TaskEnd::Detached)
    return Ending::Detached;
  if (T.Model->Ends == TaskEnd::Pool)
    return Ending::Pool;
  if (T.Model->Ends == TaskEnd::FutureDestructor)
    return Ending::Future;
  if (Join || T.Model->Ends == TaskEnd::Destructor)
    return Ending::Joined;
  return Ending::Unknown;
}

void ThreadWithoutExitPathCheck::report(TranslationUnit &TU, const Task &T,
                                        const EndlessLoop &Loop) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(T.Spawn->getExprLoc());
  if (!Reported.insert(Loc).second)
    return;
  auto Note = [&](SourceLocation Where, llvm::StringRef Text) {
    return diag(SM.getExpansionLoc(Where), Text, DiagnosticIDs::Note);
  };
  // In the same function, or in one that knows the thread by the same name.
  const Expr *Detach = T.Detach, *Join = T.Join;
  if (!Detach && !Join)
    Join = TU.threadCalls().find(Effect::Join, T.Handle);
  if (!Detach && !Join)
    Detach = TU.threadCalls().find(Effect::Detach, T.Handle);
  Ending How = endingOf(T, Detach, Join);
  diag(Loc, "%select{thread never ends|thread is detached and never ends|"
            "thread never ends, so the join never returns|"
            "task never ends, so its thread never returns to the pool|"
            "task never ends, so the wait for its future never returns}0")
      << static_cast<unsigned>(How);
  if (Detach)
    Note(Detach->getExprLoc(), "detached here");
  else if (Join)
    Note(Join->getExprLoc(),
         How == Ending::Joined ? "joined here" : "waited for here");
  for (const EndlessLoop::Step &Step : Loop.Calls)
    Note(Step.Loc, "'%0' is called here") << nameOf(*Step.Callee);
  if (Loop.Unchanged)
    Note(Loop.Loc, "this loop has no way out: nothing changes '%0'")
        << Loop.Unchanged->getNameAsString();
  else
    Note(Loop.Loc, "this loop has no way out");
  Note(Loop.Loc,
       "let the loop end when a stop_token or an atomic flag asks for "
       "it, or when its queue is closed");
}

void ThreadWithoutExitPathCheck::checkDetaches(TranslationUnit &TU,
                                               const FunctionDecl &F) {
  const SourceManager &SM = TU.context().getSourceManager();
  llvm::SmallVector<const Stmt *, 32> Work{F.getBody()};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    Work.append(S->child_begin(), S->child_end());
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? namedCallee(Call) : nullptr;
    const FunctionModel *Model =
        Callee ? TU.models().function(Callee, writtenArgs(Call)) : nullptr;
    if (!Model || Model->Does != Effect::Detach)
      continue;
    SourceLocation Loc = SM.getExpansionLoc(Call->getExprLoc());
    if (!Reported.insert(Loc).second)
      continue;
    diag(Loc, "nobody can wait for a detached thread, nor know when it ends");
    diag(Loc, "keep the thread in an object that joins it",
         DiagnosticIDs::Note);
  }
}

} // namespace threadlint
