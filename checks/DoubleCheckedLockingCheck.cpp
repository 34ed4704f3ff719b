//===- DoubleCheckedLockingCheck.cpp - Tested before the lock -------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/DoubleCheckedLockingCheck.h"
#include "analysis/DoubleChecks.h"
#include "analysis/LockedAccesses.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace threadlint {

const CheckInfo DoubleCheckedLockingCheck::Info = {
    "threadlint-double-checked-locking",
    "a plain variable that is tested without the lock, and again under it",
    CheckGroup::Primitives,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines CP.111, CWE-609"};

void DoubleCheckedLockingCheck::report(const DoubleCheck &D, bool IsCPlusPlus) {
  if (!Reported.insert(D.Unlocked->getExprLoc()).second)
    return;
  std::string Lock = D.Lock->str();
  diag(D.Unlocked->getExprLoc(),
       "%0 is not atomic and is tested without%1, which guards its change")
      << D.Variable << (Lock.empty() ? " the lock" : " '" + Lock + "'");
  diag(D.Locked->getExprLoc(), "tested again under the lock here",
       DiagnosticIDs::Note);
  diag(D.Write->getExprLoc(), "changed under the lock here",
       DiagnosticIDs::Note);
  diag(D.Unlocked->getExprLoc(),
       "%select{make it atomic, use 'pthread_once' or 'call_once', or test it "
       "under the lock only|make it atomic, use a static local variable or "
       "'std::call_once', or test it under the lock only}0",
       DiagnosticIDs::Note)
      << IsCPlusPlus;
}

void DoubleCheckedLockingCheck::checkUnit(TranslationUnit &TU) {
  for (const auto &F : TU.accesses().functions())
    for (const DoubleCheck &D : doubleChecks(*F, TU.accesses(), TU.context()))
      report(D, TU.context().getLangOpts().CPlusPlus);
}

} // namespace threadlint
