//===- CallbackUnderLockCheck.cpp - Unknown code under a lock -------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/CallbackUnderLockCheck.h"
#include "analysis/CallInfo.h"
#include "analysis/Callbacks.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo CallbackUnderLockCheck::Info = {
    "threadlint-callback-under-lock",
    "a callback, observer or signal of unknown code runs while a lock is held",
    CheckGroup::LockScopes,
    /*OnByDefault=*/false,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines CP.22"};

void CallbackUnderLockCheck::checkUnit(TranslationUnit &TU) {
  forEachEvent(
      TU,
      [&](const FunctionDecl &F) { return TU.functions().mayCallBack(&F); },
      [&](const FunctionDecl &F, const Event &E, const LockState &Before) {
        checkEvent(TU, F, E, Before);
      });
}

/// A lock that is held for sure when the callable runs. Null: none.
static const HeldLock *heldDuring(const Step &Way, const LockState &Before) {
  for (const HeldLock &H : Before.Held) {
    auto Same = [&](const LockPath *P) { return sameObject(P, H.Path); };
    auto MayBeSame = [&](const LockPath *P) {
      return Before.mustHold(P) ? Same(P) : mayBeSameObject(P, H.Path);
    };
    if (H.Must && !llvm::any_of(Way.Required, Same) &&
        !llvm::any_of(Way.Released, MayBeSame))
      return &H;
  }
  return nullptr;
}

/// A log's handlers run wherever something is logged.
static bool isLogging(const Step &Way, const Callback &Called) {
  auto Says = [](const NamedDecl *D) {
    return D->getIdentifier() && namesLogging(D->getName());
  };
  for (const Step *S = &Way; S; S = S->Next)
    if (Says(S->In) && S != &Way)
      return true;
  return Says(Called.From);
}

/// The object whose end is the event. Null: it is another event.
static const VarDecl *endingObject(const Event &E) {
  return !E.Where && E.Object ? E.Object->variable() : nullptr;
}

/// The callable is a parameter, and a function on the way passes one whose body is
/// known: that is its own code.
static bool isWrittenOnTheWay(const Step &Way, const Callback &Called) {
  const auto *P = dyn_cast<ParmVarDecl>(Called.From);
  const Step *Passes = nullptr;
  for (const Step *S = &Way; S->Next; S = S->Next)
    Passes = S;
  if (!P || !Passes || !Passes->Where)
    return false;
  unsigned Index = P->getFunctionScopeIndex();
  const Expr *Passed =
      Index < numArguments(Passes->Where) ? argument(Passes->Where, Index)
                                          : nullptr;
  // std::function is made of the callable.
  while (const auto *Made =
             dyn_cast_or_null<CXXConstructExpr>(Passed ? producer(Passed)
                                                       : nullptr))
    Passed = Made->getNumArgs() > 0 ? Made->getArg(0) : nullptr;
  return Passed && (lambdaOf(Passed) || callableBody(Passed));
}

void CallbackUnderLockCheck::checkEvent(TranslationUnit &TU,
                                        const FunctionDecl &F, const Event &E,
                                        const LockState &Before) {
  if (Before.Held.empty())
    return;
  for (const Step &Way :
       TU.summaries().stepsAt(StepKind::CallsBack, E, Before, F)) {
    const HeldLock *Lock = heldDuring(Way, Before);
    const Step *Last = &Way;
    while (Last->Next)
      Last = Last->Next;
    if (!Lock || Way.CallerDecides || !Last->Where)
      continue;
    std::optional<Callback> Called = callbackAt(*Last->Where, TU.models());
    if (Called && !isLogging(Way, *Called) &&
        !isWrittenOnTheWay(Way, *Called) &&
        !(Called->MayBeAsked && usesResult(*Last->Where, *Last->In))) {
      // An object ends at each exit behind it: once is enough.
      const VarDecl *Ends = endingObject(E);
      if (!Ends || isFirstReport(Ends->getBeginLoc()))
        report(TU, Way, *Called, *Lock);
      return;
    }
  }
}

void CallbackUnderLockCheck::report(TranslationUnit &TU, const Step &Way,
                                    const Callback &Called,
                                    const HeldLock &Lock) {
  SourceLocation Loc =
      TU.context().getSourceManager().getExpansionLoc(Way.Loc);
  if (!isFirstReport(Loc))
    return;
  static constexpr const char *Kinds[] = {"callback", "observer", "signal"};
  std::string What =
      std::string(Kinds[static_cast<unsigned>(Called.Kind)]) + " '" +
      Called.From->getNameAsString() + "'";
  if (Way.Callee)
    diag(Loc, "call to '%0' runs %1 while %2 is held")
        << calleeName(*Way.Callee) << What << lockName(*Lock.Path);
  else
    diag(Loc, "%0 runs while %1 is held") << What << lockName(*Lock.Path);
  noteHeld(TU, Lock);
  noteChain(TU, Way, "runs it");
  diag(Loc,
       "copy what is to be called while the lock is held, and call it after its "
       "release",
       DiagnosticIDs::Note);
}

} // namespace threadlint
