//===- VolatileSynchronizationCheck.cpp - Volatile flags ------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/VolatileSynchronizationCheck.h"
#include "analysis/SharedVolatiles.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo VolatileSynchronizationCheck::Info = {
    "threadlint-volatile-synchronization",
    "a volatile variable that threads share as if it were atomic",
    CheckGroup::Primitives,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines CP.8, CERT CON02-C, CWE-366"};

/// The word for an access in the notes below.
static unsigned wordOf(AccessKind K) {
  return K == AccessKind::Read ? 0 : K == AccessKind::Write ? 1 : 2;
}

void VolatileSynchronizationCheck::report(TranslationUnit &TU,
                                          const SharedVolatile &Shared) {
  const SourceManager &SM = TU.context().getSourceManager();
  const ValueDecl &D = *Shared.Variable;
  const auto *V = dyn_cast<VarDecl>(&D);
  const VarDecl *Definition = V ? V->getDefinition() : nullptr;
  SourceLocation Loc = SM.getExpansionLoc(Definition ? Definition->getLocation()
                                                     : D.getLocation());
  if (!Reported.insert(Loc).second)
    return;
  diag(Loc, "volatile %0 is shared between threads, but 'volatile' neither "
            "makes its accesses atomic nor orders them")
      << &D;
  diag(SM.getExpansionLoc(Shared.InTask->getExprLoc()),
       "%select{read|written|changed}0 by a task here", DiagnosticIDs::Note)
      << wordOf(Shared.TaskAccess);
  diag(SM.getExpansionLoc(Shared.Other->getExprLoc()),
       "%select{read|written|changed}0 %select{outside of the task|by another "
       "task|by the same task in another thread}1 here",
       DiagnosticIDs::Note)
      << wordOf(Shared.OtherAccess) << static_cast<unsigned>(Shared.OtherSide);
  const ASTContext &Context = TU.context();
  QualType T = Context.getBaseElementType(D.getType()).getUnqualifiedType();
  unsigned Way = !T->isScalarType()                ? 2
                 : Context.getLangOpts().CPlusPlus ? 0
                                                   : 1;
  diag(Loc,
       "%select{use 'std::atomic<%1>'|use '_Atomic %1'|guard it with a lock}0 "
       "instead",
       DiagnosticIDs::Note)
      << Way << T.getAsString(PrintingPolicy(Context.getLangOpts()));
}

void VolatileSynchronizationCheck::checkUnit(TranslationUnit &TU) {
  for (const SharedVolatile &Shared : sharedVolatiles(TU))
    report(TU, Shared);
}

} // namespace threadlint
