//===- UnlockWithoutLockCheck.cpp - Releases of free locks ----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/UnlockWithoutLockCheck.h"
#include "analysis/LockPath.h"
#include "analysis/LooseReleases.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo UnlockWithoutLockCheck::Info = {
    "threadlint-unlock-without-lock",
    "a lock is released, or adopted by a guard, that is held on no path to there",
    CheckGroup::LockScopes,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CWE-832, Core Guidelines CP.20"};

void UnlockWithoutLockCheck::checkUnit(TranslationUnit &TU) {
  Reported.clear();
  FunctionIndex &Index = TU.functions();
  for (const FunctionDecl *F : Index.functions())
    if (Index.mayLockByHand(F))
      for (const LooseRelease &Release : looseReleases(TU, *F))
        report(TU, Release);
}

namespace {
/// What is said about one kind of loose release.
struct Wording {
  const char *Warning; ///< %0: unlocks or adopts; %1: the lock; %2: the other one
  const char *Earlier; ///< the note on what happened before
  const char *WayOut;
};
} // namespace

static Wording wordingOf(LooseRelease::Kind What) {
  switch (What) {
  case LooseRelease::Twice:
    return {"this %0 %1, which is released already on every path to here",
            "released here",
            "remove one of the two releases"};
  case LooseRelease::WrongLock:
    return {"this %0 %1, which this function never locks; it locks %2 and never "
            "unlocks it",
            "%2 acquired here", "release the lock that was acquired"};
  case LooseRelease::UnderGuard:
    return {"this %0 %1, and guard %2 will unlock it again",
            "acquired by the guard here",
            "call 'unlock' of a std::unique_lock, which remembers it, or end the "
            "guard's scope"};
  case LooseRelease::EmptyGuard:
    return {"guard %2 owns no lock here, so that unlocking it is an error",
            "the guard is left without a lock here",
            "unlock only what 'owns_lock' says is owned"};
  case LooseRelease::NeverHeld:
    return {"this %0 %1, which is not locked yet on any path to here", "",
            "acquire the lock before"};
  case LooseRelease::Failed:
    return {"this %0 %1, which could not be acquired on any path to here",
            "the attempt to acquire it has failed", "release the lock only where it "
            "has been acquired"};
  case LooseRelease::AsReader:
    return {"this %0 %1 as a reader, which is held exclusively",
            "acquired exclusively here", "release it as it was acquired"};
  case LooseRelease::AsWriter:
    return {"this %0 %1 as a writer, which is only held shared",
            "acquired as a reader here", "release it as it was acquired"};
  }
  return {"", "", ""};
}

static std::string quoted(const LockPath *Path) {
  std::string Name = Path ? Path->str() : "";
  return Name.empty() ? "a lock" : "'" + Name + "'";
}

void UnlockWithoutLockCheck::report(TranslationUnit &TU,
                                    const LooseRelease &Release) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(Release.Loc);
  if (!Reported.insert(Loc).second)
    return;
  Wording Words = wordingOf(Release.What);
  diag(Loc, Words.Warning) << (Release.Adopts ? "adopts" : "unlocks")
                           << quoted(Release.Lock) << quoted(Release.Other);
  if (Release.Earlier.isValid())
    diag(SM.getExpansionLoc(Release.Earlier), Words.Earlier,
         DiagnosticIDs::Note)
        << "" << "" << quoted(Release.Other);
  diag(Loc, Words.WayOut, DiagnosticIDs::Note);
}

} // namespace threadlint
