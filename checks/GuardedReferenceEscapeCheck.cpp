//===- GuardedReferenceEscapeCheck.cpp - Guarded state handed out ---------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/GuardedReferenceEscapeCheck.h"
#include "analysis/EscapedReferences.h"
#include "analysis/LockPath.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo GuardedReferenceEscapeCheck::Info = {
    "threadlint-guarded-reference-escape",
    "a reference, pointer, iterator or view of guarded state that outlives the "
    "lock",
    CheckGroup::LockScopes,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CWE-667, CERT CON43-C, Core Guidelines CP.50"};

void GuardedReferenceEscapeCheck::checkUnit(TranslationUnit &TU) {
  for (const EscapedReference &E : escapedReferences(TU))
    report(TU, E);
}

void GuardedReferenceEscapeCheck::report(TranslationUnit &TU,
                                         const EscapedReference &E) {
  const SourceManager &SM = TU.context().getSourceManager();
  auto PlaceOf = [&](SourceLocation Loc) { return SM.getExpansionLoc(Loc); };
  SourceLocation Loc = PlaceOf(E.Where->getExprLoc());
  if (!Reported.insert(Loc).second)
    return;
  std::string Name = E.Lock.Path->str();
  std::string Lock = Name.empty() ? "the lock" : "lock '" + Name + "'";
  std::string Way = E.Parameter
                        ? "stored in '" + E.Parameter->getNameAsString() + "'"
                        : "returned";
  diag(Loc,
       "%select{reference to|pointer into|iterator of|view of}0 '%1' is %2 "
       "and used without %3, which guards it")
      << int(E.What) << E.State << Way << Lock;
  diag(PlaceOf(E.Lock.Acquired), "%0 acquired here, and released on return",
       DiagnosticIDs::Note)
      << Lock;
  if (E.Through)
    diag(PlaceOf(E.Names->getExprLoc()), "'%0' hands it out here",
         DiagnosticIDs::Note)
        << nameOf(*E.Through);
  diag(PlaceOf(E.Change->getExprLoc()), "'%0' is changed under the lock here",
       DiagnosticIDs::Note)
      << E.State;
  diag(
      Loc,
      "%select{copy it into memory of the caller's, or let the caller hold the "
      "lock|return a copy or a 'shared_ptr', or run the caller's code under "
      "the "
      "lock}0",
      DiagnosticIDs::Note)
      << TU.context().getLangOpts().CPlusPlus;
}

} // namespace threadlint
