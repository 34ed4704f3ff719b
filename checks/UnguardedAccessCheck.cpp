//===- UnguardedAccessCheck.cpp - A guarded field without its lock --------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/UnguardedAccessCheck.h"
#include "analysis/GuardInference.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/DiagnosticSema.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo UnguardedAccessCheck::Info = {
    "threadlint-unguarded-access",
    "state that a lock guards nearly everywhere is read or written without it",
    CheckGroup::LockScopes,
    /*OnByDefault=*/false,
    /*HasFix=*/false,
    "0.1",
    "CWE-667, CERT CON43-C, Core Guidelines CP.2"};

UnguardedAccessCheck::UnguardedAccessCheck(llvm::StringRef Name,
                                           tidy::ClangTidyContext *Context)
    : Check(Name, Context), GuardedPercent(numberOption("GuardedPercent", 75)) {
}

void UnguardedAccessCheck::storeOptions(
    tidy::ClangTidyOptions::OptionMap &Opts) {
  Check::storeOptions(Opts);
  Options.store(Opts, "GuardedPercent", std::to_string(GuardedPercent));
}

void UnguardedAccessCheck::checkUnit(TranslationUnit &TU) {
  for (const GuardedField &Field : TU.guards().violations(GuardedPercent))
    for (const Unguarded &Access : Field.Bad)
      report(TU, Field, Access);
}

/// -Wthread-safety, where it is on, reports declared guards at the same place.
bool UnguardedAccessCheck::compilerSaysSo(TranslationUnit &TU,
                                          const GuardedField &Field,
                                          SourceLocation Loc) const {
  return Field.Declared && !TU.context().getDiagnostics().isIgnored(
                               diag::warn_variable_requires_lock, Loc);
}

void UnguardedAccessCheck::report(TranslationUnit &TU,
                                  const GuardedField &Field,
                                  const Unguarded &Access) {
  const SourceManager &SM = TU.context().getSourceManager();
  const Expr *Where =
      Access.Through ? Access.Through->Site->Where : Access.What->Where;
  SourceLocation Loc = SM.getExpansionLoc(Where->getExprLoc());
  if (compilerSaysSo(TU, Field, Loc) || !Reported.insert(Loc).second)
    return;
  bool Writes = isWrite(Access.What->Kind);
  if (Access.Through)
    diag(Loc, "'%0' is called without lock '%1', but %select{reads|writes}2 "
              "'%3', which the lock guards")
        << Access.In->F->getNameAsString() << Field.LockName << Writes
        << Field.FieldName;
  else
    diag(Loc, "'%0' is %select{read|written}1 without lock '%2', which guards it")
        << Field.FieldName << Writes << Field.LockName;
  if (Access.Through)
    diag(SM.getExpansionLoc(Access.What->Where->getExprLoc()),
         "'%0' is %select{read|written}1 here", DiagnosticIDs::Note)
        << Field.FieldName << Writes;
  if (Field.Example && Field.Example != Access.What)
    diag(SM.getExpansionLoc(Field.Example->Where->getExprLoc()),
         "%0 of %1 accesses hold the lock, such as this one",
         DiagnosticIDs::Note)
        << Field.Held << Field.Total;
  if (Field.Declared)
    diag(SM.getExpansionLoc(Field.Field->getLocation()),
         "declared to be guarded by '%0' here", DiagnosticIDs::Note)
        << Field.LockName;
  diag(Loc,
       "hold '%0' here, or make '%1' atomic if each access stands alone",
       DiagnosticIDs::Note)
      << Field.LockName << Field.FieldName;
}

} // namespace threadlint
