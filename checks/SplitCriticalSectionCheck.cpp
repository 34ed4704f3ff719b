//===- SplitCriticalSectionCheck.cpp - Tested, unlocked, used -------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/SplitCriticalSectionCheck.h"
#include "analysis/LockPath.h"
#include "analysis/SplitSections.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo SplitCriticalSectionCheck::Info = {
    "threadlint-split-critical-section",
    "a test and the act that depends on it in two critical sections of one "
    "lock",
    CheckGroup::LockScopes,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CWE-367, CWE-362"};

void SplitCriticalSectionCheck::checkUnit(TranslationUnit &TU) {
  for (const SplitSection &S : splitSections(TU))
    report(TU, S);
}

void SplitCriticalSectionCheck::report(TranslationUnit &TU,
                                       const SplitSection &S) {
  const SourceManager &SM = TU.context().getSourceManager();
  auto PlaceOf = [&](const Expr *E) {
    return SM.getExpansionLoc(E->getExprLoc());
  };
  SourceLocation Loc = PlaceOf(S.Act.Where);
  if (!Reported.insert(Loc).second)
    return;
  std::string State = S.State->str(), Name = S.Lock->str();
  std::string Lock = Name.empty() ? "the lock" : "lock '" + Name + "'";
  if (S.Act.In)
    diag(Loc,
         "'%0' relies on a test of '%1', which may have changed since: %2 was "
         "released in between")
        << nameOf(*S.Act.In) << State << Lock;
  else
    diag(Loc, "'%0' may have changed since it was tested: %1 was released in "
              "between")
        << State << Lock;
  if (S.Test.In)
    diag(PlaceOf(S.Test.Where),
         "tested by '%0' here, which releases the lock when it returns",
         DiagnosticIDs::Note)
        << nameOf(*S.Test.In);
  else
    diag(PlaceOf(S.Test.Where), "tested here", DiagnosticIDs::Note);
  if (S.Released.isValid())
    diag(S.Released, "%0 released here", DiagnosticIDs::Note) << Lock;
  diag(SM.getExpansionLoc(S.Act.Acquired), "%0 acquired again here",
       DiagnosticIDs::Note)
      << Lock;
  diag(
      Loc,
      "%select{hold the lock from the test to the act, or test again under the "
      "second lock|make one function of both that holds the lock throughout}0",
      DiagnosticIDs::Note)
      << bool(S.Act.In && S.Test.In);
}

} // namespace threadlint
