//===- LockTransfer.cpp - What one event does to the held locks -----------===//
// See the header. Doubt about a release always ends must-held: silence over a
// false alarm.
//===----------------------------------------------------------------------===//
#include "analysis/LockTransfer.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/Summaries.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

static constexpr uint8_t MaxCount = 4;

//===----------------------------------------------------------------------===//
// Translation between callee and caller
//===----------------------------------------------------------------------===//

static bool encloses(const FunctionDecl &Outer, const FunctionDecl &Inner) {
  for (const DeclContext *DC = &Inner; DC; DC = DC->getParent())
    if (const auto *F = dyn_cast<FunctionDecl>(DC))
      if (F->getCanonicalDecl() == Outer.getCanonicalDecl())
        return true;
  return false;
}

static bool isLambdaBody(const FunctionDecl &F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  return Method && Method->getParent()->isLambda();
}

const LockPath *translate(const LockPath *Path, const Event &E,
                          const FunctionDecl &Caller, LockPaths &Paths) {
  const FunctionDecl &Callee = *E.Callee;
  auto Replace = [&](const LockPath *Root) -> const LockPath * {
    switch (Root->kind()) {
    case LockPath::Kind::This:
      // `this` in a lambda is the enclosing function's.
      if (isLambdaBody(Callee))
        return encloses(Caller, Callee) ? Root : nullptr;
      return E.Object;
    case LockPath::Kind::Parameter: {
      if (Root->decl() != Callee.getCanonicalDecl())
        return Root; // of a function around the lambda
      if (!E.Where || E.Value)
        return nullptr; // a destructor, or called from elsewhere
      const Expr *Arg = argument(E.Where, Root->number());
      return Arg ? Paths.of(Arg) : nullptr;
    }
    case LockPath::Kind::Variable: {
      const VarDecl *V = Root->variable();
      if (!V->hasLocalStorage())
        return Root;
      // Locals of the callee are gone; those around a lambda are ours.
      const auto *Home = dyn_cast<FunctionDecl>(V->getDeclContext());
      return Home && Home->getCanonicalDecl() != Callee.getCanonicalDecl() &&
                     isLambdaBody(Callee)
                 ? Root
                 : nullptr;
    }
    case LockPath::Kind::Result:
      return Root;
    case LockPath::Kind::Unknown:
      return Root;
    case LockPath::Kind::Temporary:
    case LockPath::Kind::Expression:
    default:
      return nullptr;
    }
  };
  return Paths.replaceRoot(Path, Replace);
}
void LockTransfer::acquire(LockState &S, const LockPath *Lock, const Event &E,
                       bool Must, const LockPath *Owner) {
  if (HeldLock *H = S.findHeld(Lock)) {
    if (H->Must && Must && H->Count < MaxCount)
      ++H->Count;
    if (Must && E.Mode == LockMode::Exclusive)
      H->Mode = E.Mode; // whoever gets past an upgrade may write
    if (Must && !H->Must) {
      H->Must = true;
      H->Acquired = E.Loc;
      H->Owner = Owner;
    }
    return;
  }
  HeldLock New;
  New.Path = Lock;
  New.Mode = E.Mode;
  New.Must = Must;
  New.Acquired = E.Loc;
  New.Owner = Owner;
  auto *Again = llvm::find(S.Released, Lock);
  if (Again != S.Released.end()) {
    New.FromCaller = true; // gives back what it took from its caller
    if (Must)
      S.Released.erase(Again);
  }
  S.Held.push_back(New);
}

void LockTransfer::noteReleased(LockState &S, const LockPath *Lock) {
  // The caller knows nothing of our locals; it does of those that a lambda
  // captured.
  if (const VarDecl *V = Lock->root()->variable())
    if (V->hasLocalStorage() && V->getParentFunctionOrMethod() == &F)
      return;
  if (!llvm::is_contained(S.Released, Lock))
    S.Released.push_back(Lock);
}

void LockTransfer::erase(LockState &S, HeldLock &H) {
  const LockPath *Path = H.Path;
  if (H.FromCaller)
    noteReleased(S, Path);
  S.Held.erase(&H);
  llvm::erase_if(S.Tried, [&](const TriedLock &T) {
    return llvm::is_contained(T.Locks, Path);
  });
}

void LockTransfer::release(LockState &S, const LockPath *Lock) {
  HeldLock *H = S.findHeld(Lock);
  if (!H)
    H = llvm::find_if(S.Held, [&](const HeldLock &Candidate) {
      return sameObject(Candidate.Path, Lock);
    });
  if (H && H != S.Held.end()) {
    if (H->Count > 1)
      --H->Count;
    else
      erase(S, *H);
    return;
  }
  // A guard whose body is not visible releases what it owns.
  size_t Before = S.Held.size();
  for (size_t I = S.Held.size(); I > 0; --I)
    if (S.Held[I - 1].Owner == Lock)
      erase(S, S.Held[I - 1]);
  if (S.Held.size() != Before)
    return;
  for (HeldLock &Candidate : S.Held)
    if (mayBeSameObject(Candidate.Path, Lock))
      Candidate.Must = false;
  noteReleased(S, Lock);
}

void LockTransfer::demote(LockState &S, const LockPath *Lock) {
  for (HeldLock &H : S.Held)
    if (sameObject(H.Path, Lock))
      H.Must = false;
}

/// The guard if the lock is what a known guard manages, else null.
static GuardState *managingGuard(LockState &S, const LockPath *Lock) {
  return Lock->kind() == LockPath::Kind::Managed
             ? S.findGuard(Lock->parent())
             : nullptr;
}

void LockTransfer::acquireAll(LockState &S, const Event &E, bool Must) {
  TriedLock Result{E.Where, E.Success, nullptr, {}};
  for (const LockPath *Lock : E.Locks) {
    if (GuardState *G = managingGuard(S, Lock)) {
      G->Owns = Must ? GuardState::Yes : GuardState::Maybe;
      Result.Guard = G->Object;
      for (const LockPath *L : G->Locks) {
        acquire(S, L, E, Must, G->Object);
        Result.Locks.push_back(L);
      }
      continue;
    }
    acquire(S, Lock, E, Must, nullptr);
    Result.Locks.push_back(Lock);
  }
  if (E.Success != SuccessWhen::Always)
    S.Tried.push_back(Result);
}

void LockTransfer::releaseAll(LockState &S, const Event &E) {
  for (const LockPath *Lock : E.Locks) {
    if (GuardState *G = managingGuard(S, Lock)) {
      G->Owns = GuardState::No;
      llvm::SmallVector<const LockPath *, 2> Locks = G->Locks;
      for (const LockPath *L : Locks)
        release(S, L);
    } else {
      release(S, Lock);
    }
  }
}

void LockTransfer::mayRelease(LockState &S, const Event &E) {
  if (E.WithoutGuards) {
    for (HeldLock &H : S.Held)
      H.Must &= H.Owner || llvm::none_of(E.Locks, [&](const LockPath *Object) {
                  return H.Path->startsWith(Object);
                });
    return;
  }
  for (const LockPath *Lock : E.Locks) {
    if (GuardState *G = managingGuard(S, Lock)) {
      G->Owns = GuardState::Maybe;
      for (const LockPath *L : G->Locks)
        demote(S, L);
    }
    demote(S, Lock);
  }
  if (!E.Object)
    return;
  if (GuardState *G = S.findGuard(E.Object))
    G->Owns = GuardState::Maybe; // perhaps locked, too
  for (HeldLock &H : S.Held)
    if (H.Owner && H.Owner == E.Object)
      H.Must = false;
}

void LockTransfer::guardInit(LockState &S, const Event &E) {
  llvm::erase_if(S.Guards, [&](const GuardState &G) {
    return G.Object == E.Object;
  });
  GuardState New;
  New.Object = E.Object;
  New.Mode = E.Mode;
  for (const LockPath *Lock : E.Locks) {
    if (GuardState *Other = managingGuard(S, Lock))
      New.Locks.append(Other->Locks.begin(), Other->Locks.end());
    else
      New.Locks.push_back(Lock);
  }
  switch (E.Start) {
  case GuardStart::Owns:
    for (const LockPath *Lock : New.Locks) {
      if (E.LocksDeclared) { // adopted
        if (HeldLock *H = S.findHeld(Lock))
          H->Owner = E.Object;
      } else {
        acquire(S, Lock, E, true, E.Object);
      }
    }
    break;
  case GuardStart::Deferred:
    New.Owns = GuardState::No;
    break;
  case GuardStart::Try:
  case GuardStart::Unknown:
    New.Owns = GuardState::Maybe;
    for (const LockPath *Lock : New.Locks)
      acquire(S, Lock, E, false, E.Object);
    break;
  case GuardStart::Inverted:
    New.Inverted = true;
    for (const LockPath *Lock : New.Locks)
      release(S, Lock);
    break;
  }
  S.Guards.push_back(New);
}

void LockTransfer::guardEnd(LockState &S, const Event &E) {
  for (size_t I = 0; I < S.Guards.size();) {
    if (!S.Guards[I].Object->startsWith(E.Object)) {
      ++I;
      continue;
    }
    GuardState G = S.Guards[I];
    S.Guards.erase(S.Guards.begin() + I);
    if (G.Inverted) {
      for (const LockPath *Lock : G.Locks)
        acquire(S, Lock, E, G.Owns == GuardState::Yes, nullptr);
      continue;
    }
    if (G.Owns == GuardState::No)
      continue;
    for (const LockPath *Lock : G.Locks)
      if (HeldLock *H = S.findHeld(Lock)) {
        if (H->Count > 1)
          --H->Count;
        else
          erase(S, *H);
      }
  }
  for (size_t I = S.Held.size(); I > 0; --I) {
    HeldLock &H = S.Held[I - 1];
    if (H.Owner && H.Owner->startsWith(E.Object))
      erase(S, H);
  }
}

void LockTransfer::guardMove(LockState &S, const LockPath *To,
                         const LockPath *From) {
  if (To == From)
    return;
  GuardState New;
  if (GuardState *Old = S.findGuard(From)) {
    New = *Old;
    Old->Owns = GuardState::No;
    Old->Locks.clear();
  } else {
    New.Locks.push_back(Paths.managed(From));
    New.Owns = GuardState::Maybe;
  }
  New.Object = To;
  for (HeldLock &H : S.Held)
    if (H.Owner == From)
      H.Owner = To;
  llvm::erase_if(S.Guards,
                 [&](const GuardState &G) { return G.Object == To; });
  S.Guards.push_back(New);
}

static SuccessWhen opposite(SuccessWhen S) {
  return S == SuccessWhen::True ? SuccessWhen::Zero : SuccessWhen::True;
}

const TriedLock *findTried(const LockState &S, const Expr *Tested,
                           LockPaths &Paths) {
  if (!Tested)
    return nullptr;
  const void *Key = Tested;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Tested)) {
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    if (!V)
      return nullptr;
    Key = Paths.variable(V);
  }
  // The newest entry counts: a loop tries again.
  for (size_t I = S.Tried.size(); I > 0; --I)
    if (S.Tried[I - 1].Key == Key)
      return &S.Tried[I - 1];
  return nullptr;
}

void LockTransfer::assign(LockState &S, const Event &E) {
  const LockPath *V = E.Object;
  std::optional<TriedLock> Result;
  if (E.Value) {
    Condition C = conditionOf(E.Value, Context);
    if (const TriedLock *T = findTried(S, C.Tested, Paths)) {
      Result = *T;
      Result->Key = V;
      if (T->Success == SuccessWhen::MinusOne) {
        // `bool ok = std::try_lock(a, b) == -1`, or the number itself.
        bool Compared = producer(E.Value) != C.Tested;
        if (C.AgainstMinusOne)
          Result->Success =
              C.TrueMeansNonZero ? SuccessWhen::True : SuccessWhen::Zero;
        else if (Compared)
          Result.reset();
      } else if (!C.TrueMeansNonZero) {
        Result->Success = opposite(T->Success);
      }
    }
  }
  llvm::erase_if(S.Tried, [&](const TriedLock &T) { return T.Key == V; });
  if (Result)
    S.Tried.push_back(*Result);
  // Paths through the variable named something else until now.
  for (HeldLock &H : S.Held)
    if (H.Path->root() == V)
      H.Path = Paths.replaceRoot(
          H.Path, [](const LockPath *) -> const LockPath * { return nullptr; });
}

void LockTransfer::call(LockState &S, const Event &E) {
  const Summary *Callee = Callees(E.Callee);
  if (!Callee) {
    mayRelease(S, E);
    return;
  }
  if (Callee->NeverReturns) {
    S.Reachable = false;
    return;
  }
  if (!E.LocksDeclared)
    applySummary(S, E, *Callee);
}

/// A callable that the callee runs: once, several times, or not at all.
void LockTransfer::runNow(LockState &S, const Event &E) {
  LockState Ran = S;
  call(Ran, E);
  S.join(Ran);
}

/// A guard that is given nothing but its lock locks it, also where its
/// constructor could be told not to (a null pointer, a time-out).
bool LockTransfer::isGuardConstruction(const Event &E) const {
  const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(E.Where);
  if (!Construct || writtenArgs(Construct) != 1 ||
      isa<AbstractConditionalOperator>(producer(Construct->getArg(0))))
    return false; // `cond ? &mutex : nullptr`
  const CXXDestructorDecl *End =
      Construct->getConstructor()->getParent()->getDestructor();
  const Summary *S = End ? Callees(End) : nullptr;
  return S && !S->Releases.empty();
}

void LockTransfer::applySummary(LockState &S, const Event &E,
                            const Summary &Callee) {
  auto InCaller = [&](const LockPath *P) {
    if (P == returnedValue(Paths))
      return E.From;
    if (P->root() == returnedValue(Paths) && E.From) // a member of it
      return Paths.replaceRoot(P, [&](const LockPath *) { return E.From; });
    return translate(P, E, F, Paths);
  };
  for (const LockPath *Lock : Callee.Releases) {
    const LockPath *Here = InCaller(Lock);
    if (GuardState *G = managingGuard(S, Here)) {
      G->Owns = GuardState::Maybe;
      for (const LockPath *L : G->Locks)
        demote(S, L);
    } else {
      release(S, Here);
    }
  }
  // The object under construction owns what its constructor locks; so does a
  // returned object, until its end releases it.
  const LockPath *Owner = E.Where && isa<CXXConstructExpr>(E.Where)
                              ? E.Object
                              : E.From;
  for (const HeldLock &Lock : Callee.Acquires) {
    Event At = E;
    At.Mode = Lock.Mode;
    const LockPath *Here = InCaller(Lock.Path);
    if (GuardState *G = managingGuard(S, Here)) {
      G->Owns = Lock.Must ? GuardState::Yes : GuardState::Maybe;
      for (const LockPath *L : G->Locks)
        acquire(S, L, At, Lock.Must, G->Object);
      continue;
    }
    acquire(S, Here, At, Lock.Must || isGuardConstruction(E), Owner);
  }
  for (const GuardState &G : Callee.Guards) {
    const LockPath *Object = InCaller(G.Object);
    if (!Object || Object->isUnknown())
      continue;
    GuardState Here = G;
    Here.Object = Object;
    for (const LockPath *&Lock : Here.Locks)
      Lock = InCaller(Lock);
    for (const LockPath *Lock : Here.Locks)
      if (HeldLock *H = S.findHeld(Lock))
        H->Owner = Object;
    llvm::erase_if(S.Guards,
                   [&](const GuardState &Old) { return Old.Object == Object; });
    S.Guards.push_back(Here);
  }
  for (const TriedLock &T : Callee.Tries) {
    TriedLock Here = T;
    Here.Key = E.Where;
    Here.Guard = nullptr;
    for (const LockPath *&Lock : Here.Locks)
      Lock = InCaller(Lock);
    S.Tried.push_back(Here);
  }
}

void LockTransfer::apply(const Event &E, LockState &S) {
  switch (E.Kind) {
  case EventKind::Acquire:
    return acquireAll(S, E, true);
  case EventKind::TryAcquire:
    return acquireAll(S, E, false);
  case EventKind::Release:
    return releaseAll(S, E);
  case EventKind::MayRelease:
    return mayRelease(S, E);
  case EventKind::Assume:
    for (const LockPath *Lock : E.Locks)
      if (!S.mustHold(Lock)) {
        acquire(S, Lock, E, true, nullptr);
        S.findHeld(Lock)->FromCaller = true;
      }
    return;
  case EventKind::GuardInit:
    return guardInit(S, E);
  case EventKind::GuardEnd:
    return guardEnd(S, E);
  case EventKind::GuardMove:
    return guardMove(S, E.Object, E.From);
  case EventKind::Disown:
    if (GuardState *G = S.findGuard(E.Object))
      G->Owns = GuardState::No;
    for (HeldLock &H : S.Held)
      if (H.Owner == E.Object)
        H.Owner = nullptr;
    return;
  case EventKind::OwnsLock:
    if (GuardState *G = S.findGuard(E.Object))
      S.Tried.push_back(
          {E.Where, SuccessWhen::True, G->Object,
           {G->Locks.begin(), G->Locks.end()}});
    return;
  case EventKind::Assign:
    return assign(S, E);
  case EventKind::Call:
    return E.Value ? runNow(S, E) : call(S, E);
  case EventKind::NoReturn:
    S.Reachable = false;
    return;
  case EventKind::Take: // permits are no locks
  case EventKind::Give:
  case EventKind::Block:
  case EventKind::CallBack:
  case EventKind::Return:
    return;
  }
}

/// The tested result turned out to be zero or not.
void LockTransfer::settle(LockState &S, const TriedLock &Tried, bool NonZero) {
  TriedLock T = Tried; // S.Tried changes below
  bool Held = NonZero == (T.Success != SuccessWhen::Zero);
  if (GuardState *G = T.Guard ? S.findGuard(T.Guard) : nullptr)
    G->Owns = Held ? GuardState::Yes : GuardState::No;
  for (const LockPath *Lock : T.Locks) {
    HeldLock *H = S.findHeld(Lock);
    if (H && Held)
      H->Must = true;
    else if (H)
      S.Held.erase(H); // not released: the result still tells, if asked again
  }
}

LockState LockTransfer::unwind(LockState S, const EventBlock &Dispatch) {
  if (S.Guards.empty() &&
      llvm::none_of(S.Held, [](const HeldLock &H) { return H.Owner; }))
    return S;
  Event End{};
  End.Kind = EventKind::GuardEnd;
  for (const LockPath *Variable : llvm::reverse(Dispatch.Unwinds)) {
    End.Object = Variable;
    guardEnd(S, End);
  }
  return S;
}

void LockTransfer::assume(const EventBlock &B, unsigned Edge, LockState &S) {
  if (B.Successors.size() == 2)
    if (const TriedLock *T = findTried(S, B.Branch.Tested, Paths))
      if (T->Success != SuccessWhen::MinusOne || B.Branch.AgainstMinusOne)
        settle(S, *T, (Edge == 0) == B.Branch.TrueMeansNonZero);
}

} // namespace threadlint
