//===- SharedLockWrites.cpp - Writes under a reader's lock ----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/SharedLockWrites.h"
#include "analysis/AccessUses.h"
#include "analysis/Borrowing.h"
#include "analysis/CallInfo.h"
#include "analysis/GuardInference.h"
#include "analysis/LockPath.h"
#include "analysis/Statements.h"
#include "analysis/Writes.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace threadlint {

// Calls between the lock and the write.
static constexpr unsigned MaxCalls = 8;

namespace {

/// The uses of one state while one lock is held, in whatever mode.
struct LockUses {
  unsigned All = 0;
  bool Written = false; ///< by one that holds it exclusively
};

class Finder {
public:
  Finder(LockedAccesses &Accesses, GuardInference &Guards, const Models &M)
      : Accesses(Accesses), Guards(Guards), M(M) {}

  std::vector<SharedLockWrite> run();

private:
  bool concerns(const KnownLock &Lock, const Access &A);
  void countUses();
  const KnownLock *onlyShared(llvm::ArrayRef<KnownLock> Must,
                              llvm::ArrayRef<const LockPath *> May,
                              const Access &A);
  void trace(const CallContext &C, SharedLockWrite &W);
  void addDirect(const FunctionAccesses &F);
  void addIndirect(const FunctionAccesses &F);

  LockedAccesses &Accesses;
  GuardInference &Guards;
  const Models &M;
  bool Counted = false;
  llvm::DenseMap<const ValueDecl *, unsigned> Uses;
  llvm::DenseMap<std::pair<const ValueDecl *, const LockPath *>, LockUses>
      UsesUnder;
  std::vector<SharedLockWrite> Result;
};

} // namespace

/// Adds the locks that are not there yet; of two modes the exclusive one stays.
static void addLocks(llvm::SmallVectorImpl<KnownLock> &To,
                     llvm::ArrayRef<KnownLock> Locks) {
  for (const KnownLock &L : Locks) {
    auto Same = llvm::find_if(
        To, [&](const KnownLock &Known) { return Known.Path == L.Path; });
    if (Same == To.end())
      To.push_back(L);
    else if (L.Mode != LockMode::Shared)
      Same->Mode = L.Mode;
  }
}

void Finder::countUses() {
  if (Counted)
    return;
  Counted = true;
  for (const auto &F : Accesses.functions()) {
    llvm::SmallVector<KnownLock, 2> ByCallers;
    for (const CallContext &C : F->Calls)
      addLocks(ByCallers, C.Must);
    for (const Access &A : F->Body.All) {
      ++Uses[A.Decl];
      llvm::SmallVector<KnownLock, 2> Held = ByCallers;
      if (const LocksAt *At = LockedAccesses::at(*F, A.Where))
        addLocks(Held, At->Must);
      for (const KnownLock &L : Held) {
        LockUses &Under = UsesUnder[{A.Decl, L.Path}];
        ++Under.All;
        Under.Written |= isWrite(A.Kind) && L.Mode != LockMode::Shared;
      }
    }
  }
}

/// The lock is there for the state that is written: of the same object, or one
/// of them belongs to the whole program. A global lock may be there for
/// something else than the members of the object, which may be one thread's,
/// and than state that is used without it.
bool Finder::concerns(const KnownLock &Lock, const Access &A) {
  countUses();
  for (const GuardInference::Place &P : GuardInference::places(A.Path)) {
    RelativeName Name = GuardInference::relativeLock(Lock.Path, P.Object);
    if (Name.empty()) {
      if (!P.Object)
        return true; // an object's lock
      continue;
    }
    if (!P.Object) {
      if (UsesUnder.lookup({A.Decl, Lock.Path}).All * 2 >= Uses.lookup(A.Decl))
        return true;
      continue;
    }
    bool Global = isa_and_nonnull<VarDecl>(Name.front());
    if (!Global || (P.Object->kind() == LockPath::Kind::This &&
                    UsesUnder.lookup({A.Decl, Lock.Path}).Written))
      return true;
  }
  return false;
}

/// The shared lock that is all there is. Null: none, or perhaps more.
const KnownLock *Finder::onlyShared(llvm::ArrayRef<KnownLock> Must,
                                    llvm::ArrayRef<const LockPath *> May,
                                    const Access &A) {
  if (!May.empty())
    return nullptr;
  const KnownLock *Found = nullptr;
  for (const KnownLock &L : Must) {
    if (L.Mode != LockMode::Shared)
      return nullptr;
    if (concerns(L, A))
      Found = &L;
  }
  return Found;
}

/// `std::call_once(flag, …)`: whoever is first writes alone.
static bool runsOnce(const CallSite &Site) {
  const FunctionDecl *F = namedCallee(Site.Where);
  return Site.RunsCallable && F && F->getIdentifier() &&
         F->getName() == "call_once";
}

/// From the call \p C up to where the lock was acquired.
void Finder::trace(const CallContext &C, SharedLockWrite &W) {
  W.Calls.insert(W.Calls.begin(), &C);
  const FunctionAccesses *Caller = Accesses.of(C.Caller);
  if (!Caller || W.Calls.size() >= MaxCalls)
    return;
  const LocksAt *At = LockedAccesses::at(*Caller, C.Site->Where);
  if (At && llvm::any_of(At->Must, [&](const KnownLock &L) {
        return L.Acquired == W.Lock.Acquired;
      }))
    return;
  for (const CallContext &Above : Caller->Calls)
    for (const KnownLock &L : Above.Must)
      if (L.Acquired == W.Lock.Acquired)
        return trace(Above, W);
}

//===----------------------------------------------------------------------===//
// Through local iterators, pointers and references
//===----------------------------------------------------------------------===//

/// The variable itself is written, not what it points to.
static bool isPointerVariable(const Expr &E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E.IgnoreParenImpCasts());
  return Ref && isa<VarDecl>(Ref->getDecl()) &&
         !Ref->getDecl()->getType()->isReferenceType();
}

/// What the statement assigns to or increments. Null: nothing, or a variable.
static const Expr *writtenBy(const Stmt &S) {
  const Expr *Written = nullptr;
  if (const auto *Binary = dyn_cast<BinaryOperator>(&S)) {
    if (Binary->isAssignmentOp())
      Written = Binary->getLHS();
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(&S)) {
    if (Unary->isIncrementDecrementOp())
      Written = Unary->getSubExpr();
  } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(&S)) {
    if (Op->isAssignmentOp())
      Written = Op->getArg(0);
  }
  return Written && !isPointerVariable(*Written) ? Written : nullptr;
}

/// The locks where a name in \p E is evaluated. Null: not known.
static const LocksAt *locksAt(const FunctionAccesses &F, const Expr &E) {
  const LocksAt *Found = nullptr;
  forEachStmt(&E, Lambdas::Outside, [&](const Stmt *S) {
    if (!Found && (isa<DeclRefExpr>(S) || isa<MemberExpr>(S)))
      Found = LockedAccesses::at(F, cast<Expr>(S));
  });
  return Found;
}

/// `auto it = items_.find(key); it->second = 3;`
void Finder::addIndirect(const FunctionAccesses &F) {
  bool Reads = llvm::any_of(F.Locks, [](const LocksAt &At) {
    return llvm::any_of(
        At.Must, [](const KnownLock &L) { return L.Mode == LockMode::Shared; });
  });
  if (!Reads)
    return;
  Borrowing Search(F, Accesses, M);
  forEachStmt(F.F->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const Expr *Written = writtenBy(*S);
    const LocksAt *At = Written ? locksAt(F, *Written) : nullptr;
    if (!At || !Guards.needsLock(Written->getType()) ||
        Accesses.isBeforeOrAfterSharing(F, Written))
      return;
    Search.forget();
    Borrow Into = Search.refersTo(Written);
    // What a collection's elements own has rules of its own. Without a local or
    // a unique_ptr on the way, or in a loop over all elements, the access
    // itself says that it is a write.
    bool Owned = Into && Into.How == Reach::Owned;
    if (!Into || (Owned && !isSmartPointer(Into.Storage->Decl->getType())) ||
        (!Owned && Search.locals().empty()) || isWrite(Into.Storage->Kind) ||
        !Guards.isSharedState(*Into.In, *Into.Storage))
      return;
    if (const KnownLock *L = onlyShared(At->Must, At->May, *Into.Storage))
      Result.push_back({&F, Into.Storage, *L, {}, Written});
  });
}

//===----------------------------------------------------------------------===//
// Subscripts of keys that are there
//===----------------------------------------------------------------------===//

static bool looksUp(const FunctionDecl *F) {
  return F && F->getIdentifier() &&
         (F->getName() == "find" || F->getName() == "count" ||
          F->getName() == "contains");
}

/// \p Written is \p Element or a part of it.
static bool isWithin(const Expr *Written, const Expr *Element) {
  while (Written) {
    Written = Written->IgnoreParenCasts();
    if (Written == Element)
      return true;
    const auto *Member = dyn_cast<MemberExpr>(Written);
    Written = Member ? Member->getBase() : nullptr;
  }
  return false;
}

/// `if (map.find(key) == map.end()) return; use(map[key]);` inserts nothing:
/// the function has looked for the key of the subscript that \p A belongs to.
static bool isLookedUp(const FunctionAccesses &F, const Access &A) {
  const CXXOperatorCallExpr *Subscript = nullptr;
  llvm::SmallVector<const Expr *, 4> Written;
  llvm::SmallVector<const CXXMemberCallExpr *, 4> LookUps;
  forEachStmt(F.F->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const Expr *E = writtenBy(*S))
      Written.push_back(E);
    const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
    if (Call && Call->getNumArgs() > 0 && looksUp(Call->getMethodDecl()))
      LookUps.push_back(Call);
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
    if (Op && Op->getOperator() == OO_Subscript && Op->getNumArgs() == 2 &&
        Op->getArg(0)->IgnoreParenImpCasts() == A.Where->IgnoreParenImpCasts())
      Subscript = Op;
  });
  if (!Subscript || llvm::any_of(Written, [&](const Expr *E) {
        return isWithin(E, Subscript);
      }))
    return false;
  DeclSet Key = mentionedDecls(Subscript->getArg(1));
  return !Key.empty() &&
         llvm::any_of(LookUps, [&](const CXXMemberCallExpr *Call) {
           return Call->getBeginLoc() < Subscript->getBeginLoc() &&
                  namedDecl(Call->getImplicitObjectArgument()) == A.Decl &&
                  mentionedDecls(Call->getArg(0)) == Key;
         });
}

void Finder::addDirect(const FunctionAccesses &F) {
  for (const Access &A : F.Body.All) {
    if (!isWrite(A.Kind) || !Guards.isSharedState(F, A) ||
        Accesses.isBeforeOrAfterSharing(F, A.Where))
      continue;
    const LocksAt *At = LockedAccesses::at(F, A.Where);
    if (!At)
      continue;
    if (const KnownLock *L = onlyShared(At->Must, At->May, A)) {
      if (!isLookedUp(F, A))
        Result.push_back({&F, &A, *L, {}, nullptr});
      continue;
    }
    if (!At->Must.empty() || !At->May.empty())
      continue;
    for (const CallContext &C : F.Calls) {
      const KnownLock *L = onlyShared(C.Must, C.May, A);
      if (!L || runsOnce(*C.Site) || isLookedUp(F, A))
        continue;
      Result.push_back({&F, &A, *L, {}, nullptr});
      trace(C, Result.back());
    }
  }
}

std::vector<SharedLockWrite> Finder::run() {
  for (const auto &F : Accesses.functions()) {
    if (isa<CXXConstructorDecl>(F->F) || isa<CXXDestructorDecl>(F->F))
      continue;
    addDirect(*F);
    addIndirect(*F);
  }
  return std::move(Result);
}

std::vector<SharedLockWrite> sharedLockWrites(LockedAccesses &Accesses,
                                              GuardInference &Guards,
                                              const Models &M) {
  return Finder(Accesses, Guards, M).run();
}

} // namespace threadlint
