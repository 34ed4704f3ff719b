//===- TwoStepUpdates.cpp - Atomics read, then written --------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/TwoStepUpdates.h"
#include "analysis/AtomicOps.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/FlagCondition.h"
#include "analysis/LockedAccesses.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include <memory>

using namespace clang;

namespace threadlint {

namespace {

/// The stores of one function.
class Finder {
public:
  Finder(const FunctionDecl &F, TranslationUnit &TU) : F(F), TU(TU) {}

  void visit(const Expr &Store);
  std::vector<TwoStepUpdate> Found;

private:
  const Expr *loadIn(const Stmt *Root, const LockPath *Atomic);
  const Expr *loadBehind(const Expr *Value, const Expr &Store,
                         const LockPath *Atomic);
  const Expr *loadOfChanged(const VarDecl &V, const Expr &Store,
                            const LockPath *Atomic);
  const Expr *loadThroughLocal(const Stmt *Root, const LockPath *Atomic);
  const Expr *conditionAround(const Expr &Store, const AtomicOp &Op,
                              const LockPath *Atomic);
  bool isShared(const LockPath *Atomic, const ValueDecl *D) const;
  bool isOneWriter(const ValueDecl &D);
  const ValueDecl *declOf(const LockPath &Atomic) const;
  bool isLocked(const Expr &Store);
  bool mayBeLocked(const Expr &Store);
  bool isCalledUnderLocks();
  bool assertsLock();
  const BodyParents &parents();
  void collectChanges();

  const FunctionDecl &F;
  TranslationUnit &TU;
  std::unique_ptr<BodyParents> Parents; ///< made when first needed
  std::optional<bool> CalledUnderLocks, AssertsLock; ///< once asked for
  /// `n |= 1`, `n->next = x`, by the variable; made with Parents.
  llvm::DenseMap<const VarDecl *, llvm::SmallVector<const Expr *, 1>> Changes;
};

} // namespace

const BodyParents &Finder::parents() {
  if (!Parents) {
    Parents = std::make_unique<BodyParents>(F);
    collectChanges();
  }
  return *Parents;
}

static bool isArithmetic(const Expr *E) {
  E = producer(E);
  return isa<BinaryOperator>(E) || isa<UnaryOperator>(E) ||
         isa<ConditionalOperator>(E);
}

/// A load of the atomic with the default order.
const Expr *Finder::loadIn(const Stmt *Root, const LockPath *Atomic) {
  const Expr *Result = nullptr;
  forEachStmt(Root, Lambdas::Outside, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    std::optional<AtomicOp> Op = E ? atomicOp(*E) : std::nullopt;
    if (Op && Op->Kind == AtomicOpKind::Load && !Op->HasOrder &&
        TU.paths().of(Op->Object) == Atomic)
      Result = E;
  });
  return Result;
}

/// Notes what changes local variables by an operator, or a member behind them.
void Finder::collectChanges() {
  auto Add = [&](const Expr *Target, const Expr &Change) {
    const auto *Ref = dyn_cast<DeclRefExpr>(Target->IgnoreParenImpCasts());
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (V && V->hasLocalStorage())
      Changes[V].push_back(&Change);
  };
  for (const Stmt *S : Parents->all()) {
    const auto *Unary = dyn_cast<UnaryOperator>(S);
    if (Unary && Unary->isIncrementDecrementOp())
      Add(Unary->getSubExpr(), *Unary);
    const auto *Binary = dyn_cast<BinaryOperator>(S);
    if (!Binary || !Binary->isAssignmentOp())
      continue;
    const Expr *Target = Binary->getLHS()->IgnoreParenImpCasts();
    const auto *Member = dyn_cast<MemberExpr>(Target);
    if (Binary->isCompoundAssignmentOp())
      Add(Target, *Binary);
    else if (Member && Member->isArrow())
      Add(Member->getBase(), *Binary);
  }
}

/// `int n = a; n |= 4; a = n;`, `node->next = head; head = node;`: what the
/// variable \p V, which is stored, has of the atomic by then.
const Expr *Finder::loadOfChanged(const VarDecl &V, const Expr &Store,
                                  const LockPath *Atomic) {
  parents(); // and the changes
  auto It = Changes.find(&V);
  if (It == Changes.end())
    return nullptr;
  const SourceManager &SM = TU.context().getSourceManager();
  for (const Expr *Change : It->second) {
    if (!SM.isBeforeInTranslationUnit(Change->getBeginLoc(),
                                      Store.getBeginLoc()))
      continue;
    const auto *Binary = dyn_cast<BinaryOperator>(Change);
    bool OfMember = Binary && Binary->getOpcode() == BO_Assign;
    const Expr *From = OfMember ? Binary->getRHS() : V.getInit();
    if (From && (OfMember || V.getType()->isScalarType()))
      if (const Expr *Load = loadIn(From, Atomic))
        return Load;
  }
  return nullptr;
}

/// `int n = a; a = n + 1;`. A value that is put back unchanged is no update.
const Expr *Finder::loadBehind(const Expr *Value, const Expr &Store,
                               const LockPath *Atomic) {
  if (const Expr *Direct = loadIn(Value, Atomic))
    return Direct;
  if (isArithmetic(Value))
    return loadThroughLocal(Value, Atomic);
  const auto *Ref = dyn_cast<DeclRefExpr>(producer(Value));
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return V && V->hasLocalStorage() ? loadOfChanged(*V, Store, Atomic) : nullptr;
}

/// The load whose result a local variable in \p Root was initialised with.
const Expr *Finder::loadThroughLocal(const Stmt *Root, const LockPath *Atomic) {
  const Expr *Result = nullptr;
  forEachStmt(Root, Lambdas::Outside, [&](const Stmt *S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (V && V->isLocalVarDecl() && V->hasInit() && !Result &&
        V->getType()->isScalarType())
      Result = loadIn(V->getInit(), Atomic);
  });
  return Result;
}

/// The statement that \p S is, expressions around it included.
static const Stmt *wholeStatement(const Stmt *S, const BodyParents &Parents) {
  while (const Stmt *Parent = Parents.parent(S)) {
    if (!isa<Expr>(Parent))
      return S;
    S = Parent;
  }
  return S;
}

/// `if (a == x) a = y`: the store is the first thing that the branch does.
/// Later in the branch it may be the end of a handshake. Setting a flag that is
/// not set yet does no harm by itself; with other work in the branch, two
/// threads do that.
const Expr *Finder::conditionAround(const Expr &Store, const AtomicOp &Op,
                                    const LockPath *Atomic) {
  const BodyParents &P = parents();
  const Stmt *S = wholeStatement(&Store, P);
  const Stmt *Around = P.parent(S);
  bool MoreWork = false;
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(Around)) {
    if (Block->body_front() != S)
      return nullptr;
    MoreWork = Block->size() > 1;
    S = Block;
    Around = P.parent(Block);
  }
  const auto *If = dyn_cast_or_null<IfStmt>(Around);
  if (!If || If->getThen() != S)
    return nullptr;
  const Expr *Load = loadIn(If->getCond(), Atomic);
  if (!Load)
    Load = loadThroughLocal(If->getCond(), Atomic);
  if (!Load)
    return nullptr;
  const bool IsFlag = Load->getType()->isBooleanType();
  Expr::EvalResult Value;
  bool Sets = Op.Value && !Op.Value->isValueDependent() &&
              Op.Value->EvaluateAsRValue(Value, TU.context()) &&
              Value.Val.isInt() && Value.Val.getInt() != 0;
  // Whoever takes a flag down is the only one who does, as a rule.
  if (IsFlag && !(Sets && MoreWork))
    return nullptr;
  // `start()` marks the thread that it creates as running; its owner calls it.
  if (IsFlag && TU.functions().maySpawn(&F))
    return nullptr;
  return Load;
}

/// Whether anybody else can see the atomic.
bool Finder::isShared(const LockPath *Atomic, const ValueDecl *D) const {
  if (Atomic->root()->isUnknown())
    return false;
  if (Atomic->root()->kind() == LockPath::Kind::This &&
      (isa<CXXConstructorDecl>(F) || isa<CXXDestructorDecl>(F)))
    return false;
  const VarDecl *V = Atomic->root()->variable();
  if (!V)
    return true;
  if (V->getTLSKind() != VarDecl::TLS_None)
    return false;
  if (V->hasGlobalStorage() || V->getType()->isReferenceType() ||
      V->getType()->isPointerType())
    return true;
  // A local one is shared with the lambdas that refer to it.
  return D == V && V->getDeclContext() != &F;
}

static bool holds(llvm::ArrayRef<KnownLock> Locks, const void *Name) {
  return llvm::any_of(
      Locks, [&](const KnownLock &L) { return commonName(L.Path) == Name; });
}

/// One lock is held by all who write, or all of them are one thread.
bool Finder::isOneWriter(const ValueDecl &D) {
  LockedAccesses &All = TU.accesses();
  const FunctionAccesses *Here = All.of(&F);
  if (!Here)
    return false; // nobody locks anything
  llvm::SmallVector<const void *, 2> Common;
  bool First = true, OneThread = !Here->Thread.None && !Here->Thread.Many;
  for (const auto &G : All.functions())
    for (const Access &A : G->Body.All) {
      if (A.Decl != &D || A.Kind == AccessKind::Read ||
          isa<CXXConstructorDecl>(G->F))
        continue;
      OneThread &= !G->Thread.Many && G->Thread.Entry == Here->Thread.Entry;
      const LocksAt *Held = LockedAccesses::at(*G, A.Where);
      if (!Held || G->Vague)
        return true; // unknown
      llvm::SmallVector<KnownLock, 2> Locks(Held->Must);
      llvm::append_range(Locks, heldByAllCallers(*G));
      if (First)
        for (const KnownLock &L : Locks)
          Common.push_back(commonName(L.Path));
      else
        llvm::erase_if(Common,
                       [&](const void *Name) { return !holds(Locks, Name); });
      First = false;
    }
  return OneThread || !Common.empty();
}

/// The field, variable or parameter; of an element, the array.
const ValueDecl *Finder::declOf(const LockPath &Atomic) const {
  const LockPath *P = &Atomic;
  while (P->kind() == LockPath::Kind::Element)
    P = P->parent();
  if (const FieldDecl *Field = P->field())
    return Field;
  if (P->kind() != LockPath::Kind::Parameter)
    return P->variable();
  const auto *Home = static_cast<const FunctionDecl *>(P->decl());
  return Home->getCanonicalDecl() == F.getCanonicalDecl() &&
                 P->number() < F.getNumParams()
             ? F.getParamDecl(P->number())
             : nullptr;
}

/// The store's own function, or all its callers, hold some lock.
bool Finder::isLocked(const Expr &Store) {
  const FunctionAccesses *Here = TU.accesses().of(&F);
  if (!Here)
    return false;
  const LocksAt *Held = LockedAccesses::at(*Here, &Store);
  return !Held || !Held->Must.empty() || !Held->May.empty() ||
         !heldByAllCallers(*Here).empty();
}

/// `if (!set) mu.lock(); … if (!set) { flag = true; mu.unlock(); }`: whether the
/// lock is held depends on what was tested.
bool Finder::mayBeLocked(const Expr &Store) {
  const FunctionAccesses *Here = TU.accesses().of(&F);
  const LocksAt *Held = Here ? LockedAccesses::at(*Here, &Store) : nullptr;
  return Held && Held->Must.empty() && !Held->May.empty();
}

/// All visible callers hold some lock, perhaps one that has no name here: that of
/// the object around this one.
bool Finder::isCalledUnderLocks() {
  if (CalledUnderLocks)
    return *CalledUnderLocks;
  CalledUnderLocks = false; // till all callers have been looked at
  bool Called = false;
  for (const auto &Caller : TU.accesses().functions())
    for (const CallSite &Site : Caller->Body.Calls) {
      if (Site.Callee != &F)
        continue;
      const LocksAt *Held = LockedAccesses::at(*Caller, Site.Where);
      if (!Held || (Held->Must.empty() && Held->May.empty()))
        return false;
      Called = true;
    }
  CalledUnderLocks = Called;
  return Called;
}

/// `mutex_.AssertHeld();`: the caller has a lock.
bool Finder::assertsLock() {
  if (AssertsLock)
    return *AssertsLock;
  bool Found = false;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Named = Call ? namedCallee(Call) : nullptr;
    Found |= Named && Named->getIdentifier() &&
             namesLockAssertion(Named->getName());
  });
  AssertsLock = Found;
  return Found;
}

void Finder::visit(const Expr &Store) {
  std::optional<AtomicOp> Op = atomicOp(Store);
  if (!Op || Op->HasOrder || !Op->Value)
    return;
  const LockPath *Atomic = TU.paths().of(Op->Object);
  const ValueDecl *D = declOf(*Atomic);
  if (!D || !isShared(Atomic, D))
    return;
  const Expr *Load = loadBehind(Op->Value, Store, Atomic);
  bool IsConditional = !Load;
  if (!Load)
    Load = conditionAround(Store, *Op, Atomic);
  if (!Load || isOneWriter(*cast<ValueDecl>(D->getCanonicalDecl())) ||
      isCalledUnderLocks() || assertsLock())
    return;
  // Of a parameter, the other writers are not known.
  if ((isa<ParmVarDecl>(D) && isLocked(Store)) || mayBeLocked(Store))
    return;
  Found.push_back({&Store, Load, D, IsConditional});
}

std::vector<TwoStepUpdate> twoStepUpdates(const FunctionDecl &F,
                                          TranslationUnit &TU) {
  Finder Here(F, TU);
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (!Scan || Scan->OverBudget)
    return {};
  // A copy: other questions may move the scan.
  llvm::SmallVector<const Expr *, 4> Stores(Scan->AtomicStores.begin(),
                                            Scan->AtomicStores.end());
  llvm::sort(Stores, [](const Expr *A, const Expr *B) {
    return A->getBeginLoc() < B->getBeginLoc();
  });
  for (const Expr *Store : Stores)
    Here.visit(*Store);
  return std::move(Here.Found);
}

} // namespace threadlint
