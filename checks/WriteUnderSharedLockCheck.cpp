//===- WriteUnderSharedLockCheck.cpp - Readers that write -----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/WriteUnderSharedLockCheck.h"
#include "analysis/GuardInference.h"
#include "analysis/LockPath.h"
#include "analysis/SharedLockWrites.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo WriteUnderSharedLockCheck::Info = {
    "threadlint-write-under-shared-lock",
    "state that is modified while only a shared (reader) lock is held",
    CheckGroup::LockScopes,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CWE-667, CERT CON43-C, Core Guidelines CP.2"};

void WriteUnderSharedLockCheck::checkUnit(TranslationUnit &TU) {
  for (const SharedLockWrite &Write :
       sharedLockWrites(TU.accesses(), TU.guards(), TU.models()))
    report(TU, Write);
}

void WriteUnderSharedLockCheck::report(TranslationUnit &TU,
                                       const SharedLockWrite &Write) {
  const SourceManager &SM = TU.context().getSourceManager();
  auto PlaceOf = [&](const Expr *E) {
    return SM.getExpansionLoc(E->getExprLoc());
  };
  const Expr *Where = Write.Indirect       ? Write.Indirect
                      : Write.Calls.empty() ? Write.What->Where
                                            : Write.Calls.front()->Site->Where;
  SourceLocation Loc = PlaceOf(Where);
  if (!Reported.insert(Loc).second)
    return;
  std::string Field = Write.What->Decl->getNameAsString();
  std::string Lock = Write.Lock.Path->str();
  std::string Held = Lock.empty() ? "a lock" : "lock '" + Lock + "'";
  if (Write.Calls.empty())
    diag(Loc, "'%0' is modified while %1 is only held shared") << Field << Held;
  else
    diag(Loc, "call to '%0' modifies '%1' while %2 is only held shared")
        << nameOf(*Write.Calls.front()->Site->Callee) << Field << Held;
  diag(SM.getExpansionLoc(Write.Lock.Acquired), "%0 acquired as a reader here",
       DiagnosticIDs::Note)
      << Held;
  for (size_t I = 1; I < Write.Calls.size(); ++I)
    diag(PlaceOf(Write.Calls[I]->Site->Where), "'%0' calls '%1' here",
         DiagnosticIDs::Note)
        << nameOf(*Write.Calls[I]->Caller)
        << nameOf(*Write.Calls[I]->Site->Callee);
  if (!Write.Calls.empty())
    diag(PlaceOf(Write.What->Where), "'%0' modifies '%1' here",
         DiagnosticIDs::Note)
        << nameOf(*Write.In->F) << Field;
  diag(Loc,
       "other readers run at the same time; hold the lock exclusively to modify",
       DiagnosticIDs::Note);
}

} // namespace threadlint
