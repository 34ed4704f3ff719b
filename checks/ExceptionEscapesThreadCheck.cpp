//===- ExceptionEscapesThreadCheck.cpp - Exceptions end a thread ----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/ExceptionEscapesThreadCheck.h"
#include "analysis/CallInfo.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo ExceptionEscapesThreadCheck::Info = {
    "threadlint-exception-escapes-thread",
    "an exception can leave the function of a thread, which ends the process",
    CheckGroup::Threads,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CERT ERR50-CPP, CERT ERR51-CPP"};

/// A std::packaged_task, or a reference to one: its future takes the exception.
static bool keepsOutcome(const Expr *Callable, const Models &M) {
  for (unsigned Steps = 0; Callable && Steps < 4; ++Steps) {
    const TypeModel *Type = M.type(Callable->getType());
    if (Type && Type->Kind == TypeKind::Promise)
      return true;
    Callable = producer(Callable);
    const Expr *Same = handedOn(Callable);
    if (!Same)
      break;
    Callable = Same;
  }
  return false;
}

void ExceptionEscapesThreadCheck::checkUnit(TranslationUnit &TU) {
  if (!TU.context().getLangOpts().CXXExceptions)
    return;
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->OverBudget || Scan->Spawns.empty())
      continue;
    for (const Task &T : TU.tasks().of(F))
      checkTask(TU, T);
  }
  for (const Task &T : TU.tasks().outside())
    checkTask(TU, T);
}

void ExceptionEscapesThreadCheck::checkTask(TranslationUnit &TU, const Task &T) {
  if (!T.Entry || T.Model->KeepsExceptions ||
      keepsOutcome(T.Callable, TU.models()))
    return;
  const Exceptions::Escapes &Leaving = TU.exceptions().leaving(*T.Entry);
  if (!Leaving.empty())
    report(TU, T, *Leaving.front());
}

/// The exception, as the message names it.
static std::string describe(const Escape &Origin) {
  if (Origin.Type.isNull())
    return "";
  const CXXRecordDecl *R = Origin.Type->getAsCXXRecordDecl();
  if (!R)
    return Origin.Type.getAsString();
  std::string Name = modelName(R);
  return Name.empty() ? R->getNameAsString() : Name;
}

void ExceptionEscapesThreadCheck::report(TranslationUnit &TU, const Task &T,
                                         const Escape &E) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(T.Spawn->getExprLoc());
  if (!Reported.insert(Loc).second)
    return;
  auto Note = [&](SourceLocation Where, llvm::StringRef Text) {
    return diag(SM.getExpansionLoc(Where), Text, DiagnosticIDs::Note);
  };
  const Escape &Origin = E.origin();
  std::string Type = describe(Origin);
  diag(Loc, "an exception%select{| of type '%1'}0 can leave the thread's "
            "function, which ends the process")
      << !Type.empty() << Type;
  for (const Escape *Step = &E; Step->Next; Step = Step->Next)
    Note(Step->Where->getExprLoc(), "'%0' is called here")
        << nameOf(*Step->Callee);
  SourceLocation Thrown = Origin.Where->getExprLoc();
  if (!Origin.Model)
    Note(Thrown, "thrown here");
  else if (const FunctionDecl *Named = namedCallee(Origin.Where))
    Note(Thrown, "'%0' may throw") << nameOf(*Named);
  Note(T.Entry->getLocation(),
       "catch it in the thread's function, or run the function by 'std::async' "
       "or 'std::packaged_task', whose future carries the exception");
}

} // namespace threadlint
