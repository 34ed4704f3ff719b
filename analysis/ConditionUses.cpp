//===- ConditionUses.cpp - Who waits on which condition variable? ---------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/ConditionUses.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/FunctionIndex.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "analysis/Summaries.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

bool sameCondition(const LockPath *A, const LockPath *B) {
  if (A->isUnknown() || B->isUnknown())
    return false;
  const void *Name = commonName(A);
  // A local variable is the same one in the lambdas that capture it.
  return Name ? Name == commonName(B) : A == B && A->variable();
}

/// `pred` in `cv.wait(lock, pred)`, `cv.wait(lock, token, pred)`.
static const Expr *predicateOf(const Expr &Call, const FunctionModel &Model) {
  for (unsigned I = 0, N = writtenArgs(&Call); I < N; ++I)
    if (static_cast<int>(I) != Model.Object &&
        static_cast<int>(I) != Model.Lock &&
        isCallableType(argument(&Call, I)->getType()))
      return argument(&Call, I);
  return nullptr;
}

/// A class that keeps a flag beside its condition variable remembers that it
/// was notified, so that nothing is lost and no wait ends early.
static bool remembers(const Expr &Object) {
  QualType T = Object.getType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R && R->hasDefinition() &&
         llvm::any_of(R->getDefinition()->fields(), [](const FieldDecl *F) {
           return F->getType()->isBooleanType();
         });
}

/// What a guard manages is known where it is used.
static const LockPath *lockBehind(const LockPath *Lock, const LockState &Now) {
  for (const GuardState &G : Now.Guards)
    if (Lock->kind() == LockPath::Kind::Managed && Lock->parent() == G.Object &&
        G.Locks.size() == 1)
      return G.Locks.front();
  return Lock;
}

/// The wait's event says which lock it releases, and the state before it who
/// acquired that one.
void ConditionUses::addWait(const FunctionDecl &F, ConditionWait W) {
  const HeldLocks *Flow = All.flow(&F);
  if (!Flow)
    return;
  bool Reached = false;
  Flow->forEachEvent([this](const FunctionDecl *C) { return All.known(C); },
                     [&](const Event &E, const LockState &Before) {
                       if (E.Where != W.Call || E.Kind != EventKind::Block)
                         return;
                       Reached = true;
                       if (E.Locks.size() == 1)
                         W.Lock = lockBehind(E.Locks.front(), Before);
                       const HeldLock *Held = Before.mustHold(W.Lock);
                       W.LocksHere =
                           Held && !Held->FromCaller && Before.Released.empty();
                     });
  // How long a timed wait takes may be unknown; then there is no event.
  if (Reached || W.Timed)
    Waits.push_back(W);
}

void ConditionUses::collectIn(const FunctionDecl &F) {
  const FunctionScan *Scan = Index.scan(&F);
  if (!Scan || Scan->OverBudget || Scan->Conditions.empty())
    return;
  // Asking for the flow scans other functions, which may move the scans.
  llvm::SmallVector<const Expr *, 4> Calls(Scan->Conditions.begin(),
                                           Scan->Conditions.end());
  llvm::sort(Calls, [](const Expr *A, const Expr *B) {
    return A->getBeginLoc() < B->getBeginLoc();
  });
  for (const Expr *Call : Calls) {
    const FunctionModel *Model =
        M.function(namedCallee(Call), writtenArgs(Call));
    const Expr *Object = argumentAt(*Call, Model->Object);
    if (Object && remembers(*Object))
      continue;
    const LockPath *Condition = Object ? Paths.of(Object) : Paths.unknown();
    if (Model->Does == Effect::ConditionNotify) {
      Notifications.push_back({&F, Call, Condition});
      continue;
    }
    if (Model->Lock == ArgThis)
      continue; // its argument is a condition
    ConditionWait W{&F, Call, Condition, Paths.unknown()};
    W.Predicate = predicateOf(*Call, *Model);
    W.Timed = Model->Timeout != ArgNone;
    addWait(F, W);
  }
}

void ConditionUses::collect() {
  if (Collected)
    return;
  Collected = true;
  // All functions at once, for the reason above.
  llvm::ArrayRef<const FunctionDecl *> Functions = Index.functions();
  for (const FunctionDecl *F : Functions)
    collectIn(*F);
}

const std::vector<ConditionWait> &ConditionUses::waits() {
  collect();
  return Waits;
}

const std::vector<ConditionNotification> &ConditionUses::notifications() {
  collect();
  return Notifications;
}

} // namespace threadlint
