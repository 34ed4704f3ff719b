//===- LooseReleases.cpp - Releases of locks that nobody holds ------------===//
// See the header. Small searches over the events around one release; any doubt on
// the way ends them without a finding.
//===----------------------------------------------------------------------===//
#include "analysis/LooseReleases.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/LockTransfer.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

namespace {
/// Where an event stands.
struct Place {
  unsigned Block;
  unsigned Index;
};

class ReleaseFinder {
public:
  ReleaseFinder(TranslationUnit &TU, const FunctionDecl &F,
                const HeldLocks &Flow)
      : TU(TU), F(F), Flow(Flow), Graph(Flow.graph()) {}

  llvm::SmallVector<LooseRelease, 1> find();

private:
  void look(const Event &E, const LockState &Before, Place At);
  void lookAtGuard(const Event &E, const LockState &Before, Place At);
  void lookAtLock(const Event &E, const LockState &Before, Place At,
                  const LockPath *Lock);
  bool isReleasedBefore(Place At, const LockPath *Lock, SourceLocation &Where);
  bool isReleasedByGuardLater(Place At, const LockPath *Lock,
                              const LockPath *Guard);
  bool isOwnVariable(const LockPath *Lock);
  const HeldLock *mixedUpWith(const Event &E, const LockState &Before,
                              const LockPath *Lock);
  bool mayAcquire(const Event &E, const LockPath *Lock);
  bool isUsedInLambda(const LockPath *Object);
  void add(LooseRelease::Kind What, const Event &E, const LockPath *Lock,
           const LockPath *Other, SourceLocation Earlier);

  TranslationUnit &TU;
  const FunctionDecl &F;
  const HeldLocks &Flow;
  const EventGraph &Graph;
  llvm::SmallVector<LooseRelease, 1> Result;
};
} // namespace

static bool mayConcern(llvm::ArrayRef<const LockPath *> Locks,
                       const LockPath *Lock) {
  return llvm::any_of(
      Locks, [&](const LockPath *P) { return mayBeSameObject(P, Lock); });
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

/// True if every path to \p At has a release of \p Lock behind which nothing may
/// lock it again.
bool ReleaseFinder::isReleasedBefore(Place At, const LockPath *Lock,
                                     SourceLocation &Where) {
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
  llvm::SmallVector<Place, 8> Work{{At.Block, At.Index + 1}};
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

/// What kind of lock a call locks or unlocks: its class, or in C the type of its
/// argument.
static const void *kindOfLock(const Expr *Call) {
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
      if (Other.Kind != EventKind::Release && mayAcquire(Other, Lock))
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

void ReleaseFinder::lookAtLock(const Event &E, const LockState &Before,
                               Place At, const LockPath *Lock) {
  if (Lock->root()->isUnknown() || Lock->kind() == LockPath::Kind::Temporary)
    return;
  const HeldLock *Held = Before.findHeld(Lock);
  if (Held) {
    if (E.Kind == EventKind::Release && Held->Owner && Held->Must &&
        Held->Count == 1 && !isUsedInLambda(Held->Owner) &&
        isReleasedByGuardLater(At, Lock, Held->Owner))
      add(LooseRelease::UnderGuard, E, Lock, Held->Owner, Held->Acquired);
    return;
  }
  for (const HeldLock &H : Before.Held)
    if (mayBeSameObject(H.Path, Lock))
      return;
  SourceLocation Earlier;
  if (isReleasedBefore(At, Lock, Earlier))
    return add(LooseRelease::Twice, E, Lock, nullptr, Earlier);
  if (isOwnVariable(Lock))
    return add(LooseRelease::NeverHeld, E, Lock, nullptr, SourceLocation());
  if (E.Kind != EventKind::Release)
    return;
  if (const HeldLock *Other = mixedUpWith(E, Before, Lock))
    add(LooseRelease::WrongLock, E, Lock, Other->Path, Other->Acquired);
}

void ReleaseFinder::look(const Event &E, const LockState &Before, Place At) {
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
