//===- DoubleLockCheck.cpp - A lock that this thread holds already --------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/DoubleLockCheck.h"
#include "analysis/LockExits.h"
#include "analysis/LockLeaks.h"
#include "analysis/LockPath.h"
#include "analysis/Relocking.h"
#include "analysis/StablePath.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo DoubleLockCheck::Info = {
    "threadlint-double-lock",
    "a lock that is not recursive is acquired by the thread that holds it",
    CheckGroup::LockScopes,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CWE-764, CWE-833"};

DoubleLockCheck::DoubleLockCheck(llvm::StringRef Name,
                                 tidy::ClangTidyContext *Context)
    : LockCheckBase(Name, Context) {}

DoubleLockCheck::~DoubleLockCheck() = default;

void DoubleLockCheck::checkUnit(TranslationUnit &TU) {
  Relocking Nature(TU);
  forEachEvent(
      TU, [](const FunctionDecl &) { return true; },
      [&](const FunctionDecl &F, const Event &E, const LockState &Before) {
        checkEvent(TU, Nature, F, E, Before);
      });
  Search.clear();
}

/// The lock of \p Way, as it is held when the way gets there. Null: it is not, or
/// not for sure.
static const HeldLock *heldAlready(const Step &Way, const LockState &Before) {
  for (const HeldLock &H : Before.Held) {
    if (!H.Must || H.Path != Way.Object)
      continue;
    auto MayBeSame = [&](const LockPath *P) {
      return Before.mustHold(P) ? P == H.Path : mayBeSameObject(P, H.Path);
    };
    // A function that requires the lock is where the finding is.
    if (!llvm::any_of(Way.Released, MayBeSame) &&
        !llvm::is_contained(Way.Required, H.Path))
      return &H;
  }
  return nullptr;
}

/// A round of the loop forgets the lock, which missing-unlock reports at \p E.
static bool isLeak(TranslationUnit &TU, const FunctionDecl &F, const Event &E) {
  return llvm::any_of(lockLeaks(TU, F), [&](const LockLeak &Leak) {
    return Leak.What == LockLeak::Lock && Leak.Loc == E.Loc;
  });
}

/// The same on some path only, for a lock that this function acquires by hand.
const HeldLock *DoubleLockCheck::heldOnSomePath(TranslationUnit &TU,
                                                const Step &Way,
                                                const FunctionDecl &F,
                                                const Event &E,
                                                const LockState &Before) {
  const HeldLock *H = Before.findHeld(Way.Object);
  if (!H || H->Must || H->Owner || H->FromCaller || !Way.Released.empty() ||
      !Way.Required.empty())
    return nullptr;
  // A local variable may be another one in the next round of a loop.
  const VarDecl *V = Way.Object->root()->variable();
  if (V && V->hasLocalStorage() && H->Acquired == E.Loc)
    return nullptr;
  const HeldLocks *Flow = TU.summaries().flow(&F);
  if (!Flow || !Search.of(F, TU, F, *Flow).reaches(*H, E) ||
      (H->Acquired == E.Loc && isLeak(TU, F, E)))
    return nullptr;
  return H;
}

void DoubleLockCheck::checkEvent(TranslationUnit &TU, Relocking &Nature,
                                 const FunctionDecl &F, const Event &E,
                                 const LockState &Before) {
  if (Before.Held.empty() && E.Locks.size() < 2)
    return;
  llvm::SmallVector<Step, 2> Acquired =
      TU.summaries().stepsAt(StepKind::Acquires, E, Before, F);
  for (const Step &Way : Acquired) {
    // Whether the callee locks may depend on what it is told.
    if (Way.CallerDecides)
      continue;
    const HeldLock *Held = heldAlready(Way, Before);
    if (!Held)
      Held = heldOnSomePath(TU, Way, F, E, Before);
    if (Held && isStable(*Way.Object, F) && Nature.fails(Way, Held->Mode))
      return report(TU, Way, *Held);
  }
  if (E.Kind != EventKind::Call)
    checkTogether(TU, Nature, F, Acquired);
}

/// `std::scoped_lock lock(a, a)`.
void DoubleLockCheck::checkTogether(TranslationUnit &TU, Relocking &Nature,
                                    const FunctionDecl &F,
                                    llvm::ArrayRef<Step> Acquired) {
  for (const Step &First : Acquired)
    for (const Step &Second : Acquired)
      if (&First < &Second && First.Object == Second.Object &&
          isStable(*First.Object, F) && Nature.fails(Second, First.Mode)) {
        HeldLock Held;
        Held.Path = First.Object;
        Held.Mode = First.Mode;
        Held.Acquired = First.Loc;
        return report(TU, Second, Held);
      }
}

void DoubleLockCheck::report(TranslationUnit &TU, const Step &Way,
                             const HeldLock &Held) {
  SourceLocation Loc =
      TU.context().getSourceManager().getExpansionLoc(Way.Loc);
  if (!isFirstReport(Loc))
    return;
  bool Upgrades =
      Held.Mode == LockMode::Shared && Way.Mode == LockMode::Exclusive;
  std::string Lock = lockName(*Held.Path);
  if (Way.Callee)
    diag(Loc, "call to '%0' acquires %1 %select{again|exclusively}2 while this "
              "thread %select{may hold|holds}3 it%select{| as a reader}2")
        << calleeName(*Way.Callee) << Lock << Upgrades << Held.Must;
  else
    diag(Loc, "%0 is acquired %select{again|exclusively}1 while this thread "
              "%select{may hold|holds}2 it%select{| as a reader}1")
        << Lock << Upgrades << Held.Must;
  noteHeld(TU, Held);
  noteChain(TU, Way, "acquires it");
  diag(Loc,
       Upgrades ? "release the lock first and check again what was read, or "
                  "acquire it exclusively from the start"
       : Way.Callee ? "release the lock before the call, or call a function "
                      "that expects it to be held"
                    : "release the lock first, or acquire it only once",
       DiagnosticIDs::Note);
}

} // namespace threadlint
