//===- IneffectiveLockCheck.cpp - Locks that protect nothing --------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/IneffectiveLockCheck.h"
#include "analysis/IdleLocks.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo IneffectiveLockCheck::Info = {
    "threadlint-ineffective-lock",
    "a guard or lock that protects nothing: an unnamed temporary, a guard that "
    "never locks, a lock that each call has for itself",
    CheckGroup::LockScopes,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CWE-667, Core Guidelines CP.44"};

void IneffectiveLockCheck::checkUnit(TranslationUnit &TU) {
  Reported.clear();
  FunctionIndex &Index = TU.functions();
  for (const FunctionDecl *F : Index.functions())
    if (Index.mayLock(F))
      for (const IdleLock &Idle : idleLocks(TU, *F))
        report(TU, Idle);
}

/// The warning and the way out.
static std::pair<const char *, const char *> wordingOf(IdleLock::Kind What) {
  switch (What) {
  case IdleLock::Temporary:
    return {"this '%0' is a temporary: it unlocks at the end of the statement",
            "give the guard a name, so that it lives until the end of the block"};
  case IdleLock::NoLock:
    return {"guard '%0' is given no lock", "pass the locks that it shall hold"};
  case IdleLock::NeverLocked:
    return {"guard '%0' never locks anything",
            "call 'lock' on it, or let its constructor lock"};
  case IdleLock::LocalLock:
    return {"lock '%0' is a local variable: each call has its own, which no "
            "other thread can wait for",
            "make the lock a member of what it protects, or static"};
  case IdleLock::ThreadLock:
    return {"lock '%0' is thread_local: each thread has its own, which no other "
            "thread can wait for",
            "let all threads use one lock"};
  case IdleLock::IgnoredTry:
    return {"nobody asks whether '%0' has taken the lock",
            "go on only if it has, or wait for the lock"};
  case IdleLock::EmptySection:
    return {"'%0' is unlocked at once: the section under the lock is empty",
            "hold the lock until the work that needs it is done; say so in a "
            "comment if this waits for the lock's owner"};
  }
  return {"", ""};
}

void IneffectiveLockCheck::report(TranslationUnit &TU, const IdleLock &Idle) {
  SourceLocation Loc =
      TU.context().getSourceManager().getExpansionLoc(Idle.Loc);
  if (!Reported.insert(Loc).second)
    return;
  auto [Warning, WayOut] = wordingOf(Idle.What);
  diag(Loc, Warning) << Idle.Name;
  diag(Loc, WayOut, DiagnosticIDs::Note);
}

} // namespace threadlint
