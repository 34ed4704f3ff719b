//===- LooseReleases.cpp - Releases of locks that nobody holds ------------===//
// See the header. Small searches over the events around one release; any doubt on
// the way ends them without a finding.
//===----------------------------------------------------------------------===//
#include "analysis/LooseReleases.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/LockTransfer.h"
#include "analysis/NameWords.h"
#include "analysis/SourceOnly.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

// Wrappers around wrappers of an unlock function.
static constexpr unsigned MaxDepth = 4;

namespace {
/// Where an event stands.
struct Place {
  unsigned Block;
  unsigned Index;
};

class ReleaseFinder {
public:
  /// \p Depth: how many callers are being looked at.
  ReleaseFinder(TranslationUnit &TU, const FunctionDecl &F,
                const HeldLocks &Flow, unsigned Depth = 0)
      : TU(TU), F(F), Flow(Flow), Graph(Flow.graph()), Depth(Depth) {}

  llvm::SmallVector<LooseRelease, 1> find();

private:
  void look(const Event &E, const LockState &Before, Place At);
  void lookAtCall(const Event &E, const LockState &Before, Place At);
  void lookAtGuard(const Event &E, const LockState &Before, Place At);
  void lookAtLock(const Event &E, const LockState &Before, Place At,
                  const LockPath *Lock);
  bool isReleasedBefore(Place At, const LockPath *Lock, SourceLocation &Where,
                        bool &Failed);
  bool isReleasedByGuardLater(Place At, const LockPath *Lock,
                              const LockPath *Guard);
  LockState stateAt(Place At);
  bool isHeldAt(Place At, const LockPath *Lock);
  bool isReleasedByGuardAt(Place At, const LockPath *Lock);
  bool alwaysReleases(const LockPath *Lock);
  const LockPath *releasedByCallee(const Event &E, const LockPath *Lock);
  bool calleeReleases(const Event &E, const LockPath *Theirs);
  bool isOwnVariable(const LockPath *Lock);
  bool isLockedByHand(const LockPath *Lock);
  const HeldLock *mixedUpWith(const Event &E, const LockState &Before,
                              const LockPath *Lock);
  bool mayAcquire(const Event &E, const LockPath *Lock);
  bool isUsedInLambda(const LockPath *Object);
  bool isOfOtherMode(const Event &E, const HeldLock &Held);
  void add(LooseRelease::Kind What, const Event &E, const LockPath *Lock,
           const LockPath *Other, SourceLocation Earlier);

  TranslationUnit &TU;
  const FunctionDecl &F;
  const HeldLocks &Flow;
  const EventGraph &Graph;
  const unsigned Depth;
  llvm::SmallVector<LooseRelease, 1> Result;
};
} // namespace

static bool mayConcern(llvm::ArrayRef<const LockPath *> Locks,
                       const LockPath *Lock) {
  return llvm::any_of(
      Locks, [&](const LockPath *P) { return mayBeSameObject(P, Lock); });
}

/// A call whose result tells whether the lock has been acquired.
static bool isAttempt(const Event &E) {
  return (E.Kind == EventKind::TryAcquire || E.Kind == EventKind::Acquire) &&
         E.Success != SuccessWhen::Always && E.Locks.size() == 1;
}

static bool isAdoption(const Event &E, const Event *Next) {
  return E.Kind == EventKind::Assume && Next &&
         Next->Kind == EventKind::GuardInit && Next->LocksDeclared &&
         Next->Where == E.Where;
}

//===----------------------------------------------------------------------===//
// Searches
//===----------------------------------------------------------------------===//

/// Someone else's code at \p E may lock \p Lock: it gets the object around the
/// lock, or has a name that says so, or nobody knows what it is.
bool ReleaseFinder::mayAcquire(const Event &E, const LockPath *Lock) {
  if (E.Object == Lock && E.Where && isa<CXXConstructExpr>(E.Where))
    return false; // the lock itself is made
  switch (E.Kind) {
  case EventKind::Acquire:
  case EventKind::TryAcquire:
  case EventKind::Assume:
  case EventKind::GuardInit:
    return mayConcern(E.Locks, Lock) && E.Start != GuardStart::Inverted;
  case EventKind::Assign: // the path names something else from here on
    return Lock->root() == E.Object ||
           Lock->kind() == LockPath::Kind::Element;
  case EventKind::Call:
    if (const Summary *S = TU.summaries().known(E.Callee)) {
      for (const HeldLock &H : S->Acquires)
        if (mayBeSameObject(translate(H.Path, E, F, TU.paths()), Lock))
          return true;
      return false;
    }
    break;
  case EventKind::MayRelease:
    break;
  default:
    return false;
  }
  const FunctionDecl *Callee = E.Where ? namedCallee(E.Where) : nullptr;
  if (!Callee || mayConcern(E.Locks, Lock) ||
      (E.Object && Lock->startsWith(E.Object)))
    return true;
  for (unsigned I = 0, N = numArguments(E.Where); I < N; ++I)
    if (Lock->startsWith(TU.paths().of(argument(E.Where, I))))
      return true;
  return Callee->getIdentifier() &&
         llvm::any_of(nameWords(Callee->getName()), [](const std::string &W) {
           return W == "lock" || W == "relock" || W == "acquire" ||
                  W == "enter" || W == "begin" || W == "wait";
         });
}

/// What holds just before the event at \p At.
LockState ReleaseFinder::stateAt(Place At) {
  Summaries &All = TU.summaries();
  auto Callees = [&](const FunctionDecl *Callee) { return All.known(Callee); };
  LockTransfer Transfer(F, TU.paths(), Callees, TU.context());
  LockState S = Flow.atStartOf(At.Block);
  for (unsigned I = 0; I < At.Index; ++I)
    Transfer.apply(Graph.Blocks[At.Block].Events[I], S);
  return S;
}

/// \p Lock may be held just before the event at \p At.
bool ReleaseFinder::isHeldAt(Place At, const LockPath *Lock) {
  return llvm::any_of(stateAt(At).Held, [&](const HeldLock &H) {
    return mayBeSameObject(H.Path, Lock);
  });
}

/// The type of a lock says that no thread locks it twice.
static bool isOnceOnly(const LockPath &Lock, const Models &M) {
  QualType T = Lock.declaredType();
  const TypeModel *Type = T.isNull() ? nullptr : M.type(T);
  return Type && Type->Kind == TypeKind::Lock && !Type->Recursive;
}

/// A guard that owns \p Lock for sure unlocks it at \p At: it ends, or is told
/// to. The caller of the function cannot hold the lock as well.
bool ReleaseFinder::isReleasedByGuardAt(Place At, const LockPath *Lock) {
  const Event &E = Graph.Blocks[At.Block].Events[At.Index];
  bool Tells = E.Kind == EventKind::Release && E.Object;
  if ((!Tells && E.Kind != EventKind::GuardEnd) ||
      !isOnceOnly(*Lock, TU.models()))
    return false;
  LockState S = stateAt(At);
  const HeldLock *H = S.Reachable ? S.findHeld(Lock) : nullptr;
  const GuardState *G = H && H->Owner ? S.findGuard(H->Owner) : nullptr;
  return G && H->Must && !H->FromCaller && G->Owns == GuardState::Yes &&
         !G->Inverted &&
         (Tells ? G->Object == E.Object : G->Object->startsWith(E.Object));
}

/// True if every path to \p At, where \p Lock is not held, has a release of it, or
/// an attempt to lock it that has failed, behind which nothing may lock it again.
bool ReleaseFinder::isReleasedBefore(Place At, const LockPath *Lock,
                                     SourceLocation &Where, bool &Failed) {
  std::vector<llvm::SmallVector<unsigned, 2>> Predecessors(Graph.Blocks.size());
  std::vector<bool> Handles(Graph.Blocks.size());
  for (unsigned Block : Graph.Order) {
    for (int To : Graph.Blocks[Block].Successors)
      if (To >= 0)
        Predecessors[To].push_back(Block);
    for (const ThrowPoint &T : Graph.Blocks[Block].Throws)
      if (T.Handler >= 0)
        Handles[T.Handler] = true;
  }
  llvm::SmallVector<Place, 8> Work{At};
  std::vector<bool> Seen(Graph.Blocks.size());
  while (!Work.empty()) {
    Place P = Work.pop_back_val();
    bool Released = false;
    for (unsigned I = P.Index; I > 0 && !Released; --I) {
      const Event &E = Graph.Blocks[P.Block].Events[I - 1];
      if (E.Kind == EventKind::Release && llvm::is_contained(E.Locks, Lock)) {
        Released = true;
        Where = E.Loc;
        Failed = false;
      } else if (const LockPath *Theirs = releasedByCallee(E, Lock)) {
        if (!calleeReleases(E, Theirs))
          return false;
        Released = true;
        Where = E.Loc;
        Failed = false;
      } else if (isReleasedByGuardAt({P.Block, I - 1}, Lock)) {
        Released = true;
        Where = E.Loc;
        Failed = false;
      } else if (isAttempt(E) && llvm::is_contained(E.Locks, Lock)) {
        if (isHeldAt({P.Block, I - 1}, Lock))
          return false;
        Released = true; // it would be held otherwise
        if (Where.isInvalid()) {
          Where = E.Loc;
          Failed = true;
        }
      } else if (E.Kind == EventKind::NoReturn) {
        Released = true; // no path
      } else if (mayAcquire(E, Lock)) {
        return false;
      }
    }
    if (Released)
      continue;
    if (P.Block == Graph.Entry || Handles[P.Block])
      return false;
    for (unsigned Before : Predecessors[P.Block]) {
      if (Seen[Before])
        continue;
      Seen[Before] = true;
      Work.push_back(
          {Before, static_cast<unsigned>(Graph.Blocks[Before].Events.size())});
    }
  }
  return Where.isValid();
}

/// True if \p Guard releases \p Lock on some path on which nothing may have locked
/// it again.
bool ReleaseFinder::isReleasedByGuardLater(Place At, const LockPath *Lock,
                                           const LockPath *Guard) {
  bool Adopts = Graph.Blocks[At.Block].Events[At.Index].Kind ==
                EventKind::Assume; // the adopting guard's own event follows
  llvm::SmallVector<Place, 8> Work{{At.Block, At.Index + (Adopts ? 2 : 1)}};
  std::vector<bool> Seen(Graph.Blocks.size());
  while (!Work.empty()) {
    Place P = Work.pop_back_val();
    const EventBlock &B = Graph.Blocks[P.Block];
    bool Stopped = false;
    for (unsigned I = P.Index; I < B.Events.size() && !Stopped; ++I) {
      const Event &E = B.Events[I];
      if ((E.Kind == EventKind::GuardEnd && Guard->startsWith(E.Object)) ||
          (E.Kind == EventKind::Release && E.Object == Guard))
        return true;
      bool Forgets =
          (E.Kind == EventKind::Disown && E.Object == Guard) ||
          (E.Kind == EventKind::GuardMove && E.From == Guard) ||
          (E.Kind == EventKind::MayRelease && E.Object == Guard);
      Stopped = Forgets || E.Kind == EventKind::NoReturn || mayAcquire(E, Lock);
    }
    if (Stopped)
      continue;
    for (int To : B.Successors)
      if (To >= 0 && !Seen[To]) {
        Seen[To] = true;
        Work.push_back({static_cast<unsigned>(To), 0});
      }
  }
  return false;
}

/// What the callee at \p E calls \p Lock, which it releases on some path. Null: it
/// does not.
const LockPath *ReleaseFinder::releasedByCallee(const Event &E,
                                                const LockPath *Lock) {
  const Summary *S = E.Kind == EventKind::Call && !E.LocksDeclared && !E.Value
                         ? TU.summaries().known(E.Callee)
                         : nullptr;
  if (!S)
    return nullptr;
  for (const LockPath *Theirs : S->Releases)
    if (translate(Theirs, E, F, TU.paths()) == Lock)
      return Theirs;
  return nullptr;
}

/// The callee at \p E releases the lock on every path.
bool ReleaseFinder::calleeReleases(const Event &E, const LockPath *Theirs) {
  const HeldLocks *Inner = TU.summaries().flow(E.Callee);
  return Inner && Depth < MaxDepth &&
         ReleaseFinder(TU, *E.Callee, *Inner, Depth + 1).alwaysReleases(Theirs);
}

bool ReleaseFinder::alwaysReleases(const LockPath *Lock) {
  SourceLocation Where;
  bool Failed = false;
  return isReleasedBefore({Graph.Exit, 0}, Lock, Where, Failed) && !Failed;
}

bool ReleaseFinder::isUsedInLambda(const LockPath *Object) {
  const VarDecl *V = Object->root()->variable();
  bool Found = false;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      Found |= !V || mentionedDecls(Lambda->getBody())
                         .count(cast<ValueDecl>(V->getCanonicalDecl()));
  });
  return Found;
}

/// A lock variable of this function that only operations of locks and guards use:
/// nobody else can have locked it.
bool ReleaseFinder::isOwnVariable(const LockPath *Lock) {
  const VarDecl *V = Lock->variable();
  if (!V || !V->isLocalVarDecl() || V->getType()->isReferenceType() ||
      V->getType()->isPointerType() ||
      V->getParentFunctionOrMethod() != &F || isUsedInLambda(Lock))
    return false;
  for (unsigned Block : Graph.Order)
    for (const Event &E : Graph.Blocks[Block].Events)
      if ((E.Kind == EventKind::MayRelease || E.Kind == EventKind::Call) &&
          mayAcquire(E, Lock))
        return false;
  return true;
}

/// Some function of this source locks what may be \p Lock without a guard, or lets
/// a guard forget it: its caller or callee may adopt it.
bool ReleaseFinder::isLockedByHand(const LockPath *Lock) {
  for (const FunctionDecl *G : TU.functions().functions()) {
    const HeldLocks *Other =
        TU.functions().mayLockByHand(G) ? TU.summaries().flow(G) : nullptr;
    if (!Other)
      continue;
    for (const EventBlock &B : Other->graph().Blocks)
      for (const Event &E : B.Events)
        if (E.Kind == EventKind::Disown ||
            (!E.Object && mayConcern(E.Locks, Lock) &&
             (E.Kind == EventKind::Acquire || E.Kind == EventKind::TryAcquire ||
              E.Kind == EventKind::MayRelease)))
          return true;
  }
  return false;
}

/// `finishLocked`: the caller has the lock.
static bool namesHolder(const FunctionDecl &F) {
  return F.getIdentifier() &&
         llvm::any_of(nameWords(F.getName()), [](const std::string &Word) {
           return Word.find("lock") != std::string::npos ||
                  Word.find("adopt") != std::string::npos ||
                  Word.find("held") != std::string::npos;
         });
}

/// What kind of lock a call locks, unlocks or adopts: its class, or in C the type of
/// its argument.
static const void *kindOfLock(const Expr *Call) {
  if (const auto *Guard = dyn_cast_or_null<CXXConstructExpr>(Call)) {
    QualType T =
        Guard->getNumArgs() > 0 ? Guard->getArg(0)->getType() : QualType();
    return T.isNull() ? nullptr : T->getAsCXXRecordDecl();
  }
  const FunctionDecl *Named = Call ? namedCallee(Call) : nullptr;
  if (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Named))
    return Method->getParent()->getCanonicalDecl();
  return Named && Named->getNumParams() > 0
             ? Named->getParamDecl(0)->getType().getCanonicalType()
                   .getAsOpaquePtr()
             : nullptr;
}

/// The lock of the same kind that this function locks by hand, holds here and never
/// releases, while it never locks the one that \p E releases. Null: there is none.
const HeldLock *ReleaseFinder::mixedUpWith(const Event &E,
                                           const LockState &Before,
                                           const LockPath *Lock) {
  const HeldLock *Candidate = nullptr;
  for (const HeldLock &H : Before.Held)
    if (H.Must && !H.Owner && !H.FromCaller) {
      if (Candidate)
        return nullptr;
      Candidate = &H;
    }
  if (!Candidate || Candidate->Path->root()->isUnknown())
    return nullptr;
  bool SameKind = false;
  for (unsigned Block : Graph.Order)
    for (const Event &Other : Graph.Blocks[Block].Events) {
      if (Other.Where != E.Where && Other.Kind != EventKind::Release &&
          mayAcquire(Other, Lock))
        return nullptr;
      if (Other.Kind == EventKind::Release &&
          mayConcern(Other.Locks, Candidate->Path))
        return nullptr;
      if (Other.Kind == EventKind::Call &&
          !TU.summaries().of(Other.Callee).Releases.empty())
        return nullptr;
      SameKind |= Other.Kind == EventKind::Acquire &&
                  Other.Loc == Candidate->Acquired &&
                  kindOfLock(Other.Where) == kindOfLock(E.Where);
    }
  return SameKind ? Candidate : nullptr;
}

/// The class releases readers and writers by functions of their own:
/// `unlock_shared()` and `unlock()`, not `pthread_rwlock_unlock()`.
static bool hasReleaseOf(LockMode Mode, const CXXRecordDecl &R, const Models &M) {
  return llvm::any_of(R.methods(), [&](const CXXMethodDecl *Method) {
    const FunctionModel *Model = M.function(Method, Method->getNumParams());
    return Model && Model->Does == Effect::Release && Model->Mode == Mode;
  });
}

/// \p E releases in one mode what this function acquires in the other one only.
bool ReleaseFinder::isOfOtherMode(const Event &E, const HeldLock &Held) {
  const auto *Named =
      dyn_cast_or_null<CXXMethodDecl>(E.Where ? namedCallee(E.Where) : nullptr);
  const FunctionModel *Model =
      Named ? TU.models().function(Named, writtenArgs(E.Where)) : nullptr;
  if (!Model || Model->Does != Effect::Release || Model->Mode == Held.Mode ||
      !Held.Must || Held.Owner || Held.FromCaller || Held.Count != 1)
    return false;
  for (unsigned Block : Graph.Order)
    for (const Event &Other : Graph.Blocks[Block].Events) {
      bool Acquires = Other.Kind == EventKind::Acquire ||
                      Other.Kind == EventKind::TryAcquire;
      if (!Acquires && mayAcquire(Other, Held.Path))
        return false;
      if (Acquires && Other.Mode == Model->Mode &&
          mayConcern(Other.Locks, Held.Path))
        return false;
    }
  return hasReleaseOf(Held.Mode, *Named->getParent(), TU.models());
}

//===----------------------------------------------------------------------===//
// One release
//===----------------------------------------------------------------------===//

void ReleaseFinder::add(LooseRelease::Kind What, const Event &E,
                        const LockPath *Lock, const LockPath *Other,
                        SourceLocation Earlier) {
  LooseRelease R;
  R.What = What;
  R.Adopts = E.Kind == EventKind::Assume;
  R.Lock = Lock;
  R.Other = Other;
  R.Loc = E.Loc;
  R.Earlier = Earlier;
  Result.push_back(R);
}

/// `leave(); leave();` with a function that unlocks.
void ReleaseFinder::lookAtCall(const Event &E, const LockState &Before,
                               Place At) {
  const Summary *S = TU.summaries().known(E.Callee);
  if (!S || !S->Acquires.empty() || !Before.Held.empty())
    return;
  for (const LockPath *Theirs : S->Releases) {
    const LockPath *Lock = translate(Theirs, E, F, TU.paths());
    SourceLocation Earlier;
    bool Failed = false;
    if (!Lock->root()->isUnknown() && releasedByCallee(E, Lock) == Theirs &&
        isReleasedBefore(At, Lock, Earlier, Failed) && !Failed &&
        calleeReleases(E, Theirs))
      add(LooseRelease::Twice, E, Lock, nullptr, Earlier);
  }
}

/// `lk.unlock()`
void ReleaseFinder::lookAtGuard(const Event &E, const LockState &Before,
                                Place At) {
  const GuardState *G = Before.findGuard(E.Object);
  if (!G || G->Owns != GuardState::No || G->Inverted ||
      isUsedInLambda(E.Object))
    return;
  SourceLocation Earlier; // in this block, where most of them are
  for (unsigned I = At.Index; I > 0 && Earlier.isInvalid(); --I) {
    const Event &Past = Graph.Blocks[At.Block].Events[I - 1];
    bool Takes = Past.Object == E.Object &&
                 (Past.Kind == EventKind::Release ||
                  Past.Kind == EventKind::Disown ||
                  Past.Kind == EventKind::GuardInit);
    if (Takes || (Past.Kind == EventKind::GuardMove && Past.From == E.Object))
      Earlier = Past.Loc;
  }
  add(LooseRelease::EmptyGuard, E, E.Locks.front(), E.Object, Earlier);
}

/// The lock itself where \p Lock is what a known guard manages.
static const LockPath *behindGuard(const LockPath *Lock, const LockState &At) {
  const GuardState *G = Lock->kind() == LockPath::Kind::Managed
                            ? At.findGuard(Lock->parent())
                            : nullptr;
  return G && G->Locks.size() == 1 ? G->Locks.front() : Lock;
}

void ReleaseFinder::lookAtLock(const Event &E, const LockState &Before,
                               Place At, const LockPath *Lock) {
  if (Lock->root()->isUnknown() || Lock->kind() == LockPath::Kind::Temporary)
    return;
  const HeldLock *Held = Before.findHeld(Lock);
  if (Held) {
    if (Held->Owner && Held->Must && Held->Count == 1 &&
        !isUsedInLambda(Held->Owner) &&
        isReleasedByGuardLater(At, Lock, Held->Owner))
      add(LooseRelease::UnderGuard, E, Lock, Held->Owner, Held->Acquired);
    else if (E.Kind == EventKind::Release && isOfOtherMode(E, *Held))
      add(Held->Mode == LockMode::Shared ? LooseRelease::AsWriter
                                         : LooseRelease::AsReader,
          E, Lock, nullptr, Held->Acquired);
    return;
  }
  for (const HeldLock &H : Before.Held)
    if (mayBeSameObject(H.Path, Lock))
      return;
  SourceLocation Earlier;
  bool Failed = false;
  if (isReleasedBefore(At, Lock, Earlier, Failed))
    return add(Failed ? LooseRelease::Failed : LooseRelease::Twice, E,
               behindGuard(Lock, Before), nullptr, Earlier);
  if (isOwnVariable(Lock))
    return add(LooseRelease::NeverHeld, E, Lock, nullptr, SourceLocation());
  if (E.Kind == EventKind::Assume && Before.Held.empty() && !namesHolder(F) &&
      isUsedHereOnly(*Lock) && !isLockedByHand(Lock))
    return add(LooseRelease::NeverHeld, E, Lock, nullptr, SourceLocation());
  if (const HeldLock *Other = mixedUpWith(E, Before, Lock))
    add(LooseRelease::WrongLock, E, Lock, Other->Path, Other->Acquired);
}

void ReleaseFinder::look(const Event &E, const LockState &Before, Place At) {
  if (E.Kind == EventKind::Call && E.Where && !isa<CXXConstructExpr>(E.Where))
    return lookAtCall(E, Before, At);
  const std::vector<Event> &Events = Graph.Blocks[At.Block].Events;
  const Event *Next =
      At.Index + 1 < Events.size() ? &Events[At.Index + 1] : nullptr;
  if (E.Kind == EventKind::Release ? !E.Where : !isAdoption(E, Next))
    return;
  if (E.Kind == EventKind::Release && E.Object)
    return lookAtGuard(E, Before, At);
  for (const LockPath *Lock : E.Locks)
    lookAtLock(E, Before, At, Lock);
}

llvm::SmallVector<LooseRelease, 1> ReleaseFinder::find() {
  Summaries &All = TU.summaries();
  auto Callees = [&](const FunctionDecl *Callee) { return All.known(Callee); };
  LockTransfer Transfer(F, TU.paths(), Callees, TU.context());
  for (unsigned Block : Graph.Order) {
    LockState S = Flow.atStartOf(Block);
    const std::vector<Event> &Events = Graph.Blocks[Block].Events;
    for (unsigned I = 0; I < Events.size() && S.Reachable; ++I) {
      look(Events[I], S, {Block, I});
      Transfer.apply(Events[I], S);
    }
  }
  return std::move(Result);
}

llvm::SmallVector<LooseRelease, 1> looseReleases(TranslationUnit &TU,
                                                 const FunctionDecl &F) {
  const HeldLocks *Flow = TU.summaries().flow(&F);
  if (!Flow)
    return {};
  return ReleaseFinder(TU, F, *Flow).find();
}

} // namespace threadlint
