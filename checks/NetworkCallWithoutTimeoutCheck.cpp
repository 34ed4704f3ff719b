//===- NetworkCallWithoutTimeoutCheck.cpp - Calls without end -------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/NetworkCallWithoutTimeoutCheck.h"
#include "analysis/CallInfo.h"
#include "analysis/Deadlines.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo NetworkCallWithoutTimeoutCheck::Info = {
    "threadlint-network-call-without-timeout",
    "a network call without the time-out that its library offers",
    CheckGroup::Tasks,
    /*OnByDefault=*/false,
    /*HasFix=*/false,
    "0.1",
    "CWE-1088, CWE-400"};

void NetworkCallWithoutTimeoutCheck::report(TranslationUnit &TU,
                                            const MissingDeadline &Missing) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(Missing.Call->getExprLoc());
  const FunctionDecl *Callee = namedCallee(Missing.Call);
  if (!Callee || !Reported.insert(Loc).second)
    return;
  diag(Loc, "network call to '%0' has no time-out") << nameOf(*Callee);
  if (Missing.Inner)
    if (const FunctionDecl *Inner = namedCallee(Missing.Inner))
      diag(SM.getExpansionLoc(Missing.Inner->getExprLoc()),
           "it calls '%0' here", DiagnosticIDs::Note)
          << nameOf(*Inner);
  if (Missing.Handle)
    diag(SM.getExpansionLoc(Missing.Handle->getLocation()),
         "no use of %0 gives it a time-out", DiagnosticIDs::Note)
        << Missing.Handle;
  diag(
      Loc,
      "%select{set one with '%1' first|pass a '%1'|pass a time-out that is not "
      "negative|use '%1' instead}0",
      DiagnosticIDs::Note)
      << static_cast<unsigned>(Missing.Why) << Missing.Model->DeadlineWith;
}

void NetworkCallWithoutTimeoutCheck::checkUnit(TranslationUnit &TU) {
  Deadlines Calls(TU);
  for (const FunctionDecl *F : TU.functions().functions())
    for (const MissingDeadline &Missing : Calls.in(*F))
      report(TU, Missing);
}

} // namespace threadlint
