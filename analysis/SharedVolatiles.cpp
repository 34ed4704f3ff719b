//===- SharedVolatiles.cpp - Volatile variables between threads -----------===//
// See the header. `volatile` says that its author had somebody else in mind;
// the rest is to rule out that this somebody is a device, a signal or a
// debugger.
//===----------------------------------------------------------------------===//
#include "analysis/SharedVolatiles.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/FlagCondition.h"
#include "analysis/LockPath.h"
#include "analysis/LockedAccesses.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "analysis/ThreadSides.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/MapVector.h"
#include <optional>

using namespace clang;

namespace threadlint {
namespace {

struct VolatileAccess {
  const FunctionDecl *In;
  const Expr *Where;
  AccessKind Kind;
};

struct Uses {
  std::vector<VolatileAccess> All;
  bool Silent = false; ///< somebody took care, or it may be a register
};

class Finder {
public:
  explicit Finder(TranslationUnit &TU) : TU(TU), Sides(TU) {}

  std::vector<SharedVolatile> run();

private:
  void collect(const FunctionDecl &F, const FunctionScan &Scan);
  void collectAddresses(const FunctionDecl &F);
  bool isCallback(const FunctionDecl &F) const;
  const ValueDecl *variable(const Expr &E, const FunctionDecl &F);
  const ValueDecl *argumentOf(const ParmVarDecl &P, const FunctionDecl &F);
  bool isCandidate(const ValueDecl &D) const;
  bool isSignalFlag(const ValueDecl &D, const Uses &U) const;
  std::optional<SharedVolatile> judge(const ValueDecl &D, const Uses &U);
  std::optional<SharedVolatile> judge(const ValueDecl &D, const Uses &U,
                                      const TaskSide &Side);
  std::optional<SharedVolatile::Side>
  sideOf(const ValueDecl &D, const VolatileAccess &A, const TaskSide &Side);
  bool areGuarded(const VolatileAccess &A, const VolatileAccess &B);
  bool locksAt(const VolatileAccess &A,
               llvm::SmallVectorImpl<const LockPath *> &Locks);

  TranslationUnit &TU;
  ThreadSides Sides;
  llvm::MapVector<const ValueDecl *, Uses> Found;
  llvm::DenseSet<const FunctionDecl *> AddressTaken;
};

} // namespace

//===----------------------------------------------------------------------===//
// One access
//===----------------------------------------------------------------------===//

/// A part of a volatile object is as volatile: `s.flag`, `a[i]`.
static const Expr *wholeUse(const Expr *E, const BodyParents &Parents) {
  while (const Stmt *S = Parents.parent(E)) {
    const auto *Member = dyn_cast<MemberExpr>(S);
    const auto *Subscript = dyn_cast<ArraySubscriptExpr>(S);
    const auto *Cast = dyn_cast<CastExpr>(S);
    bool SameObject = isa<ParenExpr>(S) || (Member && !Member->isArrow()) ||
                      (Subscript && Subscript->getIdx() != E) ||
                      (Cast && (Cast->getCastKind() == CK_NoOp ||
                                Cast->getCastKind() == CK_ArrayToPointerDecay));
    if (!SameObject)
      break;
    E = cast<Expr>(S);
  }
  return E;
}

/// What happens to the object that \p E names. Address: nobody knows.
static AccessKind kindOf(const Expr *E, const BodyParents &Parents) {
  E = wholeUse(E, Parents);
  const Stmt *S = Parents.parent(E);
  if (const auto *Cast = dyn_cast_or_null<CastExpr>(S))
    return Cast->getCastKind() == CK_LValueToRValue ? AccessKind::Read
                                                    : AccessKind::Address;
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(S))
    return Unary->isIncrementDecrementOp() ? AccessKind::ReadWrite
                                           : AccessKind::Address;
  const auto *Binary = dyn_cast_or_null<BinaryOperator>(S);
  if (Binary && Binary->isAssignmentOp() && Binary->getLHS() == E)
    return Binary->getOpcode() == BO_Assign ? AccessKind::Write
                                            : AccessKind::ReadWrite;
  return AccessKind::Address;
}

static bool pointsToVolatile(QualType T) {
  return T->isPointerType() && T->getPointeeType().isVolatileQualified();
}

/// `__sync_add_and_fetch(&n, 1)`, `InterlockedIncrement(&n)`: made for volatile
/// objects, and atomic.
static bool isAtomicArgument(const Expr *E, const BodyParents &Parents) {
  for (const Stmt *S = Parents.parent(E); S && isa<Expr>(S);
       S = Parents.parent(S)) {
    if (isa<AtomicExpr>(S))
      return true;
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call)
      continue;
    const FunctionDecl *F = Call->getDirectCallee();
    if (!F || F->hasBody())
      return false;
    return F->getBuiltinID() != 0 ||
           llvm::any_of(F->parameters(), [](const ParmVarDecl *P) {
             return pointsToVolatile(P->getType());
           });
  }
  return false;
}

/// `asm volatile("" ::: "memory")`; what Microsoft's assembly does is unknown.
static bool clobbersMemory(const AsmStmt &S) {
  const auto *Asm = dyn_cast<GCCAsmStmt>(&S);
  if (!Asm)
    return true;
  for (unsigned I = 0; I < Asm->getNumClobbers(); ++I)
    if (Asm->getClobber(I) == "memory")
      return true;
  return false;
}

/// `smp_wmb()`, `atomic_thread_fence(…)` and the like.
static bool hasFence(const BodyParents &Parents) {
  return llvm::any_of(Parents.all(), [](const Stmt *S) {
    if (const auto *Asm = dyn_cast<AsmStmt>(S))
      return clobbersMemory(*Asm);
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
    return F && F->getIdentifier() && namesFence(F->getName());
  });
}

/// `((struct uart *)0x40001000)->status`.
static bool isAtFixedAddress(const Expr *E) {
  for (unsigned Steps = 0; Steps < 32; ++Steps) {
    E = E->IgnoreParens();
    if (const auto *Cast = dyn_cast<CastExpr>(E)) {
      if (Cast->getCastKind() == CK_IntegralToPointer)
        return true;
      E = Cast->getSubExpr();
    } else if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      E = Member->getBase();
    } else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
      E = Subscript->getBase();
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(E);
               Unary && Unary->getOpcode() == UO_Deref) {
      E = Unary->getSubExpr();
    } else {
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      if (!V || !V->hasInit() || !V->getType()->isPointerType())
        return false;
      E = V->getInit();
    }
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

static bool isTypedefNamed(QualType T, llvm::StringRef Name) {
  while (const auto *Typedef = T->getAs<TypedefType>()) {
    if (Typedef->getDecl()->getName() == Name)
      return true;
    T = Typedef->getDecl()->getUnderlyingType();
  }
  return false;
}

/// A device's registers: a structure of nothing but volatile fields.
static bool isRegisterBlock(const RecordDecl &R) {
  unsigned Fields = 0;
  for (const FieldDecl *Field : R.fields()) {
    QualType T = R.getASTContext().getBaseElementType(Field->getType());
    if (!T.isVolatileQualified())
      return false;
    ++Fields;
  }
  return Fields >= 3;
}

bool Finder::isCandidate(const ValueDecl &D) const {
  QualType T = TU.context().getBaseElementType(D.getType());
  if (!T.isVolatileQualified() || T.isConstQualified() || isAtomic(T) ||
      T->isAtomicType() || T->isDependentType() || D.isInvalidDecl() ||
      !TU.functions().isUserCode(D.getLocation()))
    return false;
  if (const RecordDecl *Class = T->getAsRecordDecl();
      Class && Class->getName().lower().find("atomic") != std::string::npos)
    return false;
  if (const auto *V = dyn_cast<VarDecl>(&D))
    return V->getTLSKind() == VarDecl::TLS_None && !isa<ParmVarDecl>(V);
  const auto *Field = dyn_cast<FieldDecl>(&D);
  return Field && !isRegisterBlock(*Field->getParent());
}

/// A lambda's copy of the variable is another one.
static bool isCopy(const FunctionDecl &F, const ValueDecl *D) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (!Method || !Method->getParent()->isLambda())
    return false;
  for (const LambdaCapture &Capture : Method->getParent()->captures())
    if (Capture.capturesVariable() && Capture.getCapturedVar() == D)
      return Capture.getCaptureKind() == LCK_ByCopy;
  return false;
}

/// The variable of the spawner that the entry of a task gets as this parameter,
/// if it is given only one that is volatile.
const ValueDecl *Finder::argumentOf(const ParmVarDecl &P,
                                    const FunctionDecl &F) {
  auto MayTake = [](const ParmVarDecl *Other) {
    QualType T = Other->getType();
    if (T->isVoidPointerType())
      return true;
    return (T->isPointerType() || T->isReferenceType()) &&
           T->getPointeeType().isVolatileQualified();
  };
  if (llvm::count_if(F.parameters(), MayTake) != 1 || !MayTake(&P))
    return nullptr;
  const ValueDecl *Only = nullptr;
  for (const TaskSide &Side : Sides.tasks()) {
    if (Side.Entry != &F)
      continue;
    for (const Task *T : Side.Spawns)
      for (const Capture &C : T->Captures) {
        if (!C.Var || C.Kind == CaptureKind::Value ||
            !C.Var->getType().isVolatileQualified())
          continue;
        if (Only && Only != C.Var)
          return nullptr;
        Only = C.Var;
      }
  }
  return Only;
}

/// The volatile variable or field that \p E names or points to. Null: none
/// whose declaration is known.
const ValueDecl *Finder::variable(const Expr &E, const FunctionDecl &F) {
  if (const auto *Member = dyn_cast<MemberExpr>(&E))
    return Member->getMemberDecl();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(&E)) {
    const ValueDecl *D = Ref->getDecl();
    if (!D->getType()->isReferenceType())
      return isCopy(F, D) ? nullptr : D;
  }
  const LockPath *P = TU.paths().of(&E);
  if (P->kind() == LockPath::Kind::Variable)
    return P->variable();
  if (P->kind() == LockPath::Kind::Field)
    return P->field();
  if (P->kind() == LockPath::Kind::Parameter &&
      P->number() < F.getNumParams() && P->decl() == F.getCanonicalDecl())
    return argumentOf(*F.getParamDecl(P->number()), F);
  return nullptr;
}

void Finder::collect(const FunctionDecl &F, const FunctionScan &Scan) {
  BodyParents Parents(F);
  bool Fence = hasFence(Parents);
  for (const Expr *E : Scan.Volatiles) {
    const ValueDecl *D = variable(*E, F);
    if (!D || !isCandidate(*D) || Parents.isUnevaluated(E))
      continue;
    Uses &U = Found[cast<ValueDecl>(D->getCanonicalDecl())];
    AccessKind Kind = kindOf(E, Parents);
    U.Silent |= Fence || isAtFixedAddress(E) ||
                (Kind == AccessKind::Address && isAtomicArgument(E, Parents));
    if (Kind != AccessKind::Address)
      U.All.push_back({&F, E, Kind});
  }
}

void Finder::collectAddresses(const FunctionDecl &F) {
  llvm::SmallPtrSet<const Expr *, 16> Callees;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Call = dyn_cast<CallExpr>(S))
      Callees.insert(Call->getCallee()->IgnoreParenImpCasts());
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    if (Ref && isa<FunctionDecl>(Ref->getDecl()) && !Callees.count(Ref))
      AddressTaken.insert(
          cast<FunctionDecl>(Ref->getDecl()->getCanonicalDecl()));
  });
}

/// Somebody was told to call it, a signal or an event loop: the thread is
/// unknown.
bool Finder::isCallback(const FunctionDecl &F) const {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (Method && Method->getParent()->isLambda())
    return !Sides.runsOutside(&F) &&
           llvm::none_of(Sides.tasks(), [&](const TaskSide &Side) {
             return Side.Runs.count(&F) != 0;
           });
  return AddressTaken.count(F.getCanonicalDecl()) &&
         llvm::none_of(Sides.tasks(),
                       [&](const TaskSide &Side) { return Side.Entry == &F; });
}

/// `volatile sig_atomic_t` is right for what signal handlers set. It is for one
/// if other files may see it, or a function whose address is taken writes it.
bool Finder::isSignalFlag(const ValueDecl &D, const Uses &U) const {
  if (!isTypedefNamed(TU.context().getBaseElementType(D.getType()),
                      "sig_atomic_t"))
    return false;
  const auto *V = dyn_cast<VarDecl>(&D);
  return !V || V->isExternallyVisible() ||
         llvm::any_of(U.All, [&](const VolatileAccess &A) {
           return A.Kind != AccessKind::Read && isCallback(*A.In);
         });
}

//===----------------------------------------------------------------------===//
// Two accesses
//===----------------------------------------------------------------------===//

/// False: unknown.
bool Finder::locksAt(const VolatileAccess &A,
                     llvm::SmallVectorImpl<const LockPath *> &Locks) {
  const FunctionAccesses *F = TU.accesses().of(A.In);
  if (!F)
    return true; // nobody locks
  if (F->Vague && !F->IsTask)
    return false;
  if (const LocksAt *At = LockedAccesses::at(*F, A.Where)) {
    for (const KnownLock &L : At->Must)
      Locks.push_back(L.Path);
    Locks.append(At->May.begin(), At->May.end());
  } else if (!F->Acquires.empty() || !F->Expects.empty()) {
    return false;
  }
  for (const KnownLock &L : heldByAllCallers(*F))
    Locks.push_back(L.Path);
  return true;
}

/// One lock is or may be held at both.
bool Finder::areGuarded(const VolatileAccess &A, const VolatileAccess &B) {
  llvm::SmallVector<const LockPath *, 4> OfA, OfB;
  bool KnownA = locksAt(A, OfA), KnownB = locksAt(B, OfB);
  if (!KnownA || !KnownB)
    return (!KnownA && !KnownB) || !OfA.empty() || !OfB.empty();
  return llvm::any_of(OfA, [&](const LockPath *L) {
    return llvm::any_of(
        OfB, [&](const LockPath *R) { return mayBeSameObject(L, R); });
  });
}

static bool isLocal(const ValueDecl &D) {
  const auto *V = dyn_cast<VarDecl>(&D);
  return V && V->hasLocalStorage();
}

/// Where \p A runs, seen from a task. None: unknown, or never beside it.
std::optional<SharedVolatile::Side> Finder::sideOf(const ValueDecl &D,
                                                   const VolatileAccess &A,
                                                   const TaskSide &Side) {
  bool Beside = isLocal(D) ? A.In == D.getDeclContext()
                           : Sides.runsOutside(A.In) && !isCallback(*A.In);
  if (Beside && Sides.isBesideTasks(*A.In, A.Where))
    return SharedVolatile::Side::Outside;
  for (const TaskSide &Other : Sides.tasks())
    if (&Other != &Side && Other.Runs.count(A.In))
      return SharedVolatile::Side::OtherTask;
  // Each object may have a thread of its own.
  const auto *V = dyn_cast<VarDecl>(&D);
  if (Side.Many && V && V->hasGlobalStorage() && Side.Runs.count(A.In))
    return SharedVolatile::Side::SameTask;
  return std::nullopt;
}

static bool conflict(AccessKind A, AccessKind B) {
  bool Reads = A != AccessKind::Write || B != AccessKind::Write;
  return Reads && (isWrite(A) || isWrite(B));
}

std::optional<SharedVolatile> Finder::judge(const ValueDecl &D, const Uses &U,
                                            const TaskSide &Side) {
  std::optional<SharedVolatile> Best;
  for (const VolatileAccess &A : U.All) {
    if (!Side.Runs.count(A.In) || (isLocal(D) && A.In == D.getDeclContext()))
      continue;
    for (const VolatileAccess &B : U.All) {
      if (!conflict(A.Kind, B.Kind) ||
          (A.Where == B.Where && A.Kind != AccessKind::ReadWrite))
        continue;
      std::optional<SharedVolatile::Side> Other = sideOf(D, B, Side);
      if (!Other || (Best && Best->OtherSide <= *Other) || areGuarded(A, B))
        continue;
      Best = SharedVolatile{&D, A.Where, A.Kind, B.Where, B.Kind, *Other};
    }
  }
  return Best;
}

std::optional<SharedVolatile> Finder::judge(const ValueDecl &D, const Uses &U) {
  std::optional<SharedVolatile> Best;
  if (U.Silent || isSignalFlag(D, U))
    return Best;
  for (const TaskSide &Side : Sides.tasks())
    if (auto Next = judge(D, U, Side))
      if (!Best || Next->OtherSide < Best->OtherSide)
        Best = Next;
  return Best;
}

std::vector<SharedVolatile> Finder::run() {
  std::vector<SharedVolatile> Result;
  if (Sides.tasks().empty())
    return Result;
  FunctionIndex &Index = TU.functions();
  for (const FunctionDecl *F : Index.functions()) {
    const FunctionScan *Scan = Index.scan(F);
    if (!Scan || Scan->OverBudget)
      continue;
    collectAddresses(*F);
    if (!Scan->Volatiles.empty())
      collect(*F, *Scan);
  }
  for (const auto &[D, U] : Found)
    if (auto Shared = judge(*D, U))
      Result.push_back(*Shared);
  return Result;
}

std::vector<SharedVolatile> sharedVolatiles(TranslationUnit &TU) {
  FunctionIndex &Index = TU.functions();
  bool Volatile = llvm::any_of(Index.functions(), [&](const FunctionDecl *F) {
    const FunctionScan *Scan = Index.scan(F);
    return Scan && !Scan->Volatiles.empty();
  });
  return Volatile ? Finder(TU).run() : std::vector<SharedVolatile>();
}

} // namespace threadlint
