//===- MissingUnlockCheck.cpp - Locks left behind at an exit --------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/MissingUnlockCheck.h"
#include "analysis/CallInfo.h"
#include "analysis/GuardRewrite.h"
#include "analysis/LockLeaks.h"
#include "analysis/LockPath.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo MissingUnlockCheck::Info = {
    "threadlint-missing-unlock",
    "a lock or semaphore permit that is taken by hand and not given back at "
    "some exits of the function",
    CheckGroup::LockScopes,
    /*OnByDefault=*/true,
    /*HasFix=*/true,
    "0.1",
    "CWE-667, CERT CON01-C, Core Guidelines CP.20"};

// Notes for one warning; who mends these finds the others.
static constexpr unsigned MaxExits = 4;

void MissingUnlockCheck::checkUnit(TranslationUnit &TU) {
  Reported.clear();
  FunctionIndex &Index = TU.functions();
  for (const FunctionDecl *F : Index.functions())
    if (Index.mayLockByHand(F))
      for (const LockLeak &Leak : lockLeaks(TU, *F))
        report(TU, *F, Leak);
}

static std::string named(const LockLeak &Leak) {
  bool IsPermit = Leak.What == LockLeak::Permit;
  std::string Name = Leak.Path->str();
  if (Name.empty())
    return IsPermit ? "a permit" : "a lock";
  return (IsPermit ? "the permit of '" : "lock '") + Name + "'";
}

void MissingUnlockCheck::report(TranslationUnit &TU, const FunctionDecl &F,
                                const LockLeak &Leak) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(Leak.Loc);
  if (!Reported.insert(Loc).second)
    return;
  switch (Leak.What) {
  case LockLeak::Lock: {
    auto Warning =
        diag(Loc, "%0 is not released on every path out of the function")
        << named(Leak);
    for (const TextEdit &Edit : guardInsteadOf(TU, F, *Leak.Where))
      Warning << FixItHint::CreateReplacement(Edit.Range, Edit.Text);
    break;
  }
  case LockLeak::Permit:
    diag(Loc, "%0 is not given back on every path out of the function")
        << named(Leak);
    break;
  case LockLeak::Disowned:
    diag(Loc, "'release' lets the guard forget %0 without unlocking it, and "
              "nobody else unlocks it")
        << named(Leak);
    break;
  }
  for (unsigned I = 0; I < Leak.Exits.size() && I < MaxExits; ++I)
    noteExit(TU, Leak, Leak.Exits[I]);
  if (Leak.What == LockLeak::Disowned)
    diag(Loc, "call 'unlock' to release the lock now, or leave that to the "
              "guard's destructor",
         DiagnosticIDs::Note);
  else if (Leak.What == LockLeak::Permit || !TU.context().getLangOpts().CPlusPlus)
    diag(Loc, "give it back before each of these exits, or leave through one "
              "place that does",
         DiagnosticIDs::Note);
  else
    diag(Loc, "let a guard such as std::lock_guard own the lock: it releases "
              "on every path",
         DiagnosticIDs::Note);
}

void MissingUnlockCheck::noteExit(TranslationUnit &TU, const LockLeak &Leak,
                                  const FunctionExit &Exit) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(Exit.Loc);
  const char *Still = Leak.What == LockLeak::Permit ? "taken" : "held";
  switch (Exit.How) {
  case FunctionExit::Return:
    diag(Loc, "still %0 at this return", DiagnosticIDs::Note) << Still;
    return;
  case FunctionExit::End:
    diag(Loc, "still %0 where the function ends", DiagnosticIDs::Note) << Still;
    return;
  case FunctionExit::Exception:
    const auto *Call = dyn_cast<Expr>(Exit.Thrower);
    const FunctionDecl *Callee = Call ? namedCallee(Call) : nullptr;
    if (Callee)
      diag(Loc, "still %0 when '%1' throws here", DiagnosticIDs::Note)
          << Still << Callee->getNameAsString();
    else
      diag(Loc, "still %0 when this exception leaves the function",
           DiagnosticIDs::Note)
          << Still;
    return;
  }
}

} // namespace threadlint
