//===- NonatomicUpdateCheck.cpp - Atomics updated in two steps ------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/NonatomicUpdateCheck.h"
#include "analysis/AtomicRewrite.h"
#include "analysis/TranslationUnit.h"
#include "analysis/TwoStepUpdates.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo NonatomicUpdateCheck::Info = {
    "threadlint-nonatomic-update",
    "an atomic that is loaded, and stored to as if it had not changed since",
    CheckGroup::Primitives,
    /*OnByDefault=*/true,
    /*HasFix=*/true,
    "0.1",
    "CERT CON40-C, CWE-362"};

void NonatomicUpdateCheck::report(const TwoStepUpdate &U, const FunctionDecl &F,
                                  TranslationUnit &TU) {
  const SourceManager &SM = TU.context().getSourceManager();
  // C's operations are macros of a system header, where nothing is reported.
  SourceLocation Store = SM.getExpansionLoc(U.Store->getExprLoc());
  if (!Reported.insert(Store).second)
    return;
  {
    auto Warning =
        diag(Store,
             "%select{load and store of atomic %1 are two steps|the test of "
             "atomic %1 and this store to it are two steps}0; another thread "
             "may change it in between")
        << U.IsConditional << U.Variable;
    for (const TextEdit &Edit : inOneStep(U, F, TU))
      Warning << FixItHint::CreateReplacement(Edit.Range, Edit.Text);
  }
  diag(SM.getExpansionLoc(U.Load->getExprLoc()), "loaded here",
       DiagnosticIDs::Note);
  diag(Store,
       "%select{use one operation such as 'fetch_add', or a "
       "'compare_exchange' loop|use 'exchange' or 'compare_exchange'}0",
       DiagnosticIDs::Note)
      << U.IsConditional;
}

void NonatomicUpdateCheck::checkUnit(TranslationUnit &TU) {
  FunctionIndex &Index = TU.functions();
  for (const FunctionDecl *F : Index.functions()) {
    const FunctionScan *Scan = Index.scan(F);
    if (!Scan || Scan->AtomicStores.empty())
      continue;
    for (const TwoStepUpdate &U : twoStepUpdates(*F, TU))
      report(U, *F, TU);
  }
}

} // namespace threadlint
