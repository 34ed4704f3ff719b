//===- LostWakeups.cpp - State that changes behind a waiter's back --------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/LostWakeups.h"
#include "analysis/CallInfo.h"
#include "analysis/ConditionUses.h"
#include "analysis/FlagCondition.h"
#include "analysis/LockedAccesses.h"
#include "analysis/TranslationUnit.h"
#include "analysis/WaitTests.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace threadlint {

/// Locks, conditions and threads are not what one waits for.
static bool isState(const ValueDecl &D, const Models &M) {
  const TypeModel *Type = M.type(D.getType());
  return !D.getType().isConstQualified() &&
         (!Type || Type->Kind == TypeKind::Container ||
          Type->Kind == TypeKind::Callback);
}

static bool changes(const Access &A) {
  return isWrite(A.Kind) || A.Kind == AccessKind::Atomic;
}

DeclSet writtenByNotifiers(const LockPath *Condition, TranslationUnit &TU) {
  DeclSet Result;
  for (const ConditionNotification &N : TU.conditions().notifications()) {
    if (!sameCondition(N.Condition, Condition))
      continue;
    const FunctionAccesses *F = TU.accesses().of(N.In);
    if (!F || isa<CXXDestructorDecl>(N.In))
      continue;
    for (const Access &A : F->Body.All)
      if (changes(A) && isState(*A.Decl, TU.models()))
        Result.insert(A.Decl);
  }
  return Result;
}

namespace {

/// Finds the writes for one wait.
class Finder {
public:
  Finder(TranslationUnit &TU, const ConditionWait &W,
         llvm::DenseSet<const Expr *> &Seen, std::vector<LostWakeup> &Out)
      : TU(TU), W(W), Seen(Seen), Out(Out),
        SM(TU.context().getSourceManager()) {}

  void run();

private:
  void addTested(const Stmt *Root, unsigned Depth);
  void visitNotification(const FunctionAccesses &F, const Expr &Where);
  void visitCallee(const FunctionAccesses &F, const CallSite &Site,
                   const Expr &Where);
  bool mayBeLocked(const FunctionAccesses &F, const Expr &E) const;
  bool locksBetween(const FunctionAccesses &F, const Expr &A,
                    const Expr &B) const;
  bool isWaitsLock(const LockPath *Lock) const;
  bool isBefore(const Expr &A, const Expr &B) const {
    return SM.isBeforeInTranslationUnit(SM.getExpansionLoc(A.getBeginLoc()),
                                        SM.getExpansionLoc(B.getBeginLoc()));
  }

  TranslationUnit &TU;
  const ConditionWait &W;
  llvm::DenseSet<const Expr *> &Seen;
  std::vector<LostWakeup> &Out;
  const SourceManager &SM;
  DeclSet Tested;
};

} // namespace

/// What a predicate or condition looks at, a visible function that it calls
/// included.
void Finder::addTested(const Stmt *Root, unsigned Depth) {
  for (const ValueDecl *D : mentionedDecls(Root)) {
    const auto *V = dyn_cast<VarDecl>(D);
    const auto *Function = dyn_cast<FunctionDecl>(D);
    const FunctionDecl *Definition = nullptr;
    if (isa<FieldDecl>(D) || (V && V->hasGlobalStorage())) {
      if (isState(*D, TU.models()))
        Tested.insert(D);
    } else if (Function && Depth < 2 && Function->hasBody(Definition) &&
               TU.functions().isUserCode(Definition->getLocation())) {
      addTested(Definition->getBody(), Depth + 1);
    }
  }
}

bool Finder::isWaitsLock(const LockPath *Lock) const {
  const void *Name = commonName(W.Lock);
  return Lock->isUnknown() || !commonName(Lock) || commonName(Lock) == Name;
}

/// By the function, or by somebody who calls it. Unknown: yes.
bool Finder::mayBeLocked(const FunctionAccesses &F, const Expr &E) const {
  const LocksAt *Held = LockedAccesses::at(F, &E);
  if (!Held || F.Vague || !F.Expects.empty())
    return true;
  // Another lock guards it: what is waited for is something else, or unknown.
  if (!Held->Must.empty() || !Held->May.empty())
    return true;
  auto MayBe = [&](const LocksAt &At) {
    return llvm::any_of(
               At.Must,
               [&](const KnownLock &L) { return isWaitsLock(L.Path); }) ||
           llvm::any_of(At.May,
                        [&](const LockPath *P) { return isWaitsLock(P); });
  };
  return llvm::any_of(F.Calls, [&](const CallContext &C) {
    return C.Vague || MayBe({C.Must, C.May});
  });
}

/// An empty critical section between the write and the notification makes the
/// waiter either see the write or wait already.
bool Finder::locksBetween(const FunctionAccesses &F, const Expr &A,
                          const Expr &B) const {
  const HeldLocks *Flow =
      TU.functions().mayLock(F.F) ? TU.summaries().flow(F.F) : nullptr;
  if (!Flow)
    return false;
  bool Found = false;
  SourceLocation From = SM.getExpansionLoc(A.getBeginLoc());
  SourceLocation To = SM.getExpansionLoc(B.getEndLoc());
  for (const EventBlock &Block : Flow->graph().Blocks)
    for (const Event &E : Block.Events) {
      SourceLocation Loc = SM.getExpansionLoc(E.Loc);
      bool Locks =
          E.Kind == EventKind::Acquire || E.Kind == EventKind::GuardInit ||
          E.Kind == EventKind::TryAcquire ||
          (E.Kind == EventKind::Call && TU.functions().mayLock(E.Callee));
      Found |= Locks && Loc.isValid() &&
               SM.isBeforeInTranslationUnit(From, Loc) &&
               (Loc == To || SM.isBeforeInTranslationUnit(Loc, To));
    }
  return Found;
}

void Finder::visitNotification(const FunctionAccesses &F, const Expr &Where) {
  if (isa<CXXConstructorDecl>(F.F))
    return; // nobody waits yet
  for (const CallSite &Site : F.Body.Calls)
    visitCallee(F, Site, Where);
  for (const Access &A : F.Body.All) {
    if (isSignalFlag(A.Decl->getType()))
      continue; // a signal handler must not lock
    if (!changes(A) || !Tested.count(A.Decl) || !isBefore(*A.Where, Where) ||
        mayBeLocked(F, *A.Where) || locksBetween(F, *A.Where, Where))
      continue;
    // Nobody waits before the first thread starts. Whoever notifies knows that
    // the object is shared, whatever the function is called.
    if (F.FirstSpawn.isValid() &&
        SM.getExpansionLoc(A.Where->getBeginLoc()) < F.FirstSpawn)
      continue;
    if (Seen.insert(A.Where).second)
      Out.push_back({A.Where, A.Decl, &W, &Where});
  }
}

/// `decrement(); cv_.notify_all();`: the write is in a function of the same
/// object that has nothing to do with locks.
void Finder::visitCallee(const FunctionAccesses &F, const CallSite &Site,
                         const Expr &Where) {
  const FunctionAccesses *Callee = TU.accesses().of(Site.Callee);
  bool IsOwn = !Site.Object || Site.Object->kind() == LockPath::Kind::This;
  if (!Callee || !IsOwn || Site.RunsCallable || !isBefore(*Site.Where, Where) ||
      isa<CXXConstructorDecl>(Site.Callee) ||
      TU.functions().mayLock(Site.Callee) ||
      (F.FirstSpawn.isValid() &&
       SM.getExpansionLoc(Site.Where->getBeginLoc()) < F.FirstSpawn))
    return;
  for (const Access &A : Callee->Body.All)
    if (changes(A) && Tested.count(A.Decl) &&
        !isSignalFlag(A.Decl->getType()) && !mayBeLocked(*Callee, *A.Where) &&
        !mayBeLocked(F, *Site.Where) && !locksBetween(F, *Site.Where, Where) &&
        Seen.insert(A.Where).second)
      Out.push_back({A.Where, A.Decl, &W, &Where});
}

void Finder::run() {
  if (W.Predicate) {
    const FunctionDecl *Body = callableBody(W.Predicate);
    const FunctionDecl *Definition = nullptr;
    if (!Body || !Body->hasBody(Definition))
      return;
    addTested(Definition->getBody(), 0);
  } else {
    for (const Expr *Condition : loopTests(W, TU.context()))
      addTested(Condition, 0);
  }
  if (Tested.empty())
    return;
  llvm::SmallPtrSet<const FunctionDecl *, 4> Notifiers;
  for (const ConditionNotification &N : TU.conditions().notifications()) {
    if (!sameCondition(N.Condition, W.Condition))
      continue;
    Notifiers.insert(N.In);
    if (const FunctionAccesses *F = TU.accesses().of(N.In))
      visitNotification(*F, *N.Call);
  }
  // `ready_ = true; wake();`
  for (const auto &F : TU.accesses().functions())
    for (const CallSite &Site : F->Body.Calls)
      if (Notifiers.count(Site.Callee) && !Site.RunsCallable)
        visitNotification(*F, *Site.Where);
}

std::vector<LostWakeup> lostWakeups(TranslationUnit &TU) {
  std::vector<LostWakeup> Result;
  llvm::DenseSet<const Expr *> Seen;
  if (TU.conditions().notifications().empty())
    return Result;
  for (const ConditionWait &W : TU.conditions().waits())
    if (!W.Timed && commonName(W.Lock))
      Finder(TU, W, Seen, Result).run();
  return Result;
}

} // namespace threadlint
