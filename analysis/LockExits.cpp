//===- LockExits.cpp - The exits behind one acquisition -------------------===//
// See the header. A path ends as soon as anything about it is in doubt.
//===----------------------------------------------------------------------===//
#include "analysis/LockExits.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

// Points that one search visits, and steps of all searches in a function; more
// would be a function nobody can read.
static constexpr size_t MaxPoints = 4000;
static constexpr size_t MaxSteps = 100000;

Event asLockEvent(const Event &E) {
  Event Result = E;
  if (E.Kind == EventKind::Take)
    Result.Kind = E.Start == GuardStart::Try ? EventKind::TryAcquire
                                             : EventKind::Acquire;
  else if (E.Kind == EventKind::Give)
    Result.Kind = EventKind::Release;
  return Result;
}

ExitSearch::ExitSearch(TranslationUnit &TU, const FunctionDecl &F,
                       const HeldLocks &Flow)
    : TU(TU), F(F), Flow(Flow), Callees{TU.summaries()}, Graph(Flow.graph()),
      Transfer(F, TU.paths(), Callees, TU.context()),
      Rank(Graph.Blocks.size()), Dispatches(Graph.Blocks.size()),
      Known(Graph.Blocks.size()), Reached(Graph.Blocks.size()),
      Budget(MaxSteps + 20 * Graph.Blocks.size()) {
  for (unsigned I = 0; I < Graph.Order.size(); ++I)
    Rank[Graph.Order[I]] = I;
  for (const EventBlock &B : Graph.Blocks)
    for (const ThrowPoint &T : B.Throws)
      if (T.Handler >= 0)
        Dispatches[T.Handler] = true;
  computeFacts();
}

void ExitSearch::learn(PathFacts &Facts, const Event &E) const {
  if (E.Kind == EventKind::Assign)
    if (const VarDecl *V = E.Object->variable())
      Facts.assign(*V, E.Value, TU.context());
}

/// What every path to a block has decided. One round over a loop is enough to lose
/// what its body changes; two are made, so that inner loops count.
void ExitSearch::computeFacts() {
  for (unsigned Round = 0; Round < 3; ++Round)
    for (unsigned Block : Graph.Order) {
      const EventBlock &B = Graph.Blocks[Block];
      PathFacts Facts = Known[Block];
      for (const Event &E : B.Events)
        learn(Facts, E);
      auto Flow = [&](int To, const PathFacts &Out) {
        if (To < 0)
          return;
        if (Reached[To])
          Known[To].meet(Out);
        else
          Known[To] = Out;
        Reached[To] = true;
      };
      for (unsigned Edge = 0; Edge < B.Successors.size(); ++Edge) {
        PathFacts Out = Facts;
        if (B.TwoWay)
          Out.decide(*B.Test, Edge == 0);
        Flow(B.Successors[Edge], Out);
      }
      for (const ThrowPoint &T : B.Throws)
        Flow(T.Handler, PathFacts());
    }
}

const PathFacts &ExitSearch::factsBehind(unsigned Block, unsigned Index) {
  if (Last.Block != Block || Last.Next > Index + 1 || !Last.Next)
    Last = {Block, 0, Known[Block]};
  for (; Last.Next <= Index; ++Last.Next)
    learn(Last.Facts, Graph.Blocks[Block].Events[Last.Next]);
  return Last.Facts;
}

void ExitSearch::collectTests() {
  Tests.resize(Graph.Blocks.size());
  for (unsigned Block : Graph.Order) {
    const EventBlock &B = Graph.Blocks[Block];
    if (B.Test)
      Tests[Block] = testedDecls(*B.Test);
    for (const Event &E : B.Events)
      if (E.Kind == EventKind::Assign && E.Value && E.Object->variable())
        Assigned.emplace_back(
            cast<ValueDecl>(E.Object->variable()->getCanonicalDecl()),
            testedDecls(*E.Value));
  }
}

/// The acquisition may depend on each test before it, in ways that facts of single
/// paths do not tell: `if (a || b)`, `bool need = mode > 3; if (need)`.
void ExitSearch::findTestedBefore() {
  if (Tests.empty())
    collectTests();
  TestedBefore.emplace();
  BoundBefore.clear();
  for (unsigned Block : Graph.Order)
    if (Rank[Block] < Rank[Start] && Graph.Blocks[Block].Test) {
      auto &Before =
          isBound(*Graph.Blocks[Block].Test) ? BoundBefore : *TestedBefore;
      Before.insert(Tests[Block].begin(), Tests[Block].end());
    }
  for (const auto &[V, Of] : Assigned) {
    if (TestedBefore->count(V))
      TestedBefore->insert(Of.begin(), Of.end());
    if (BoundBefore.count(V))
      BoundBefore.insert(Of.begin(), Of.end());
  }
  Budget -= std::min(Budget, Graph.Blocks.size() + Assigned.size());
}

/// The branch of \p Block may be decided by what decided about the acquisition.
bool ExitSearch::isRelated(unsigned Block) {
  if (!TestedBefore)
    findTestedBefore();
  const Expr *Test = Graph.Blocks[Block].Test;
  if (!Test) // a switch
    return !TestedBefore->empty() || !BoundBefore.empty();
  auto IsIn = [](llvm::ArrayRef<const ValueDecl *> Decls, const auto &Before) {
    return llvm::any_of(
        Decls, [&](const ValueDecl *D) { return Before.count(D) != 0; });
  };
  return IsIn(Tests[Block], *TestedBefore) ||
         (!BoundBefore.empty() &&
          IsIn(testedOutsideElements(*Test), BoundBefore));
}

static bool hasWord(const FunctionDecl *F, llvm::ArrayRef<const char *> Words) {
  return F && F->getIdentifier() &&
         llvm::any_of(nameWords(F->getName()), [&](const std::string &Word) {
           return llvm::is_contained(Words, Word);
         });
}

/// The callee \p F, which cannot be seen, may give the lock back if it is given the
/// object around it: its name speaks of an end.
static bool namesEnd(const FunctionDecl *F) {
  return hasWord(F, {"cleanup", "clean", "finish", "finalize", "done", "end",
                     "close", "destroy", "free", "put", "cancel", "drop",
                     "return", "complete"});
}

/// The callee gives back some lock, or may not come back itself.
static bool namesUnlockOrExit(const FunctionDecl *F) {
  return hasWord(F, {"unlock", "release", "leave", "abort", "exit", "die",
                     "fatal", "panic", "fail", "quit", "terminate"});
}

/// After \p E nobody can tell whether the lock is held.
bool ExitSearch::isDoubt(const Event &E) const {
  auto MayBeOurs = [&](const LockPath *P) {
    return P != Lock && mayBeSameObject(P, Lock);
  };
  if (E.Kind == EventKind::Assume) // adopted, under another name
    return llvm::any_of(E.Locks, MayBeOurs);
  if (E.Kind != EventKind::MayRelease)
    return false;
  if (llvm::any_of(E.Locks, MayBeOurs))
    return true;
  const FunctionDecl *Callee = E.Where ? namedCallee(E.Where) : nullptr;
  if (namesUnlockOrExit(Callee))
    return true;
  bool Given = E.Object && Lock->startsWith(E.Object);
  for (unsigned I = 0, N = E.Where ? numArguments(E.Where) : 0; I < N; ++I)
    Given |= Lock->startsWith(TU.paths().of(argument(E.Where, I)));
  return Given && namesEnd(Callee);
}

/// \returns false if the path ends here.
bool ExitSearch::step(Point &P, const Event &E) {
  if (E.Kind == EventKind::Return) {
    P.LastReturn.How = FunctionExit::Return;
    P.LastReturn.Loc = E.Loc;
    P.LastReturn.Value = E.Value;
  }
  if (P.Holds && isDoubt(E))
    return false;
  IsReached |= &E == Wanted && P.Holds && P.Certain && !P.Doubtful &&
               P.Around == Again;
  learn(P.Facts, E);
  Transfer.apply(asLockEvent(E), P.State);
  if (!P.State.Reachable)
    return false;
  const HeldLock *H = P.State.findHeld(Lock);
  if (!P.Holds)
    return true;
  if (H && !H->Owner) {
    if (P.Certain && !H->Must)
      return false; // perhaps released
    if (P.Around && H->Count > 1)
      return false; // the next acquisition of the loop
    P.Certain |= H->Must;
    return true;
  }
  if (!H && E.Kind == EventKind::Assign)
    return false; // its name means something else now
  if (P.Certain && !P.Around)
    Result.FreedInRound = true;
  P.Holds = false; // released, or a guard's from now on
  P.Facts.clear();
  P.Doubtful = false;
  if (P.Certain) { // where that leads is asked later, if at all
    Released.push_back(P);
    ++Released.back().Next;
  }
  return false;
}

/// The exceptions that leave just before event number \p Event.
void ExitSearch::throwsHere(const Point &P, const EventBlock &B, unsigned Event) {
  const auto *Throw = llvm::partition_point(
      B.Throws, [Event](const ThrowPoint &T) { return T.Event < Event; });
  for (; Throw != B.Throws.end() && Throw->Event == Event; ++Throw) {
    const ThrowPoint &T = *Throw;
    if (TU.exceptions().thrownBy(*T.Thrower, F).empty())
      continue;
    if (T.Handler < 0) {
      if (isNothrow(F))
        continue; // it ends the process
      FunctionExit Exit;
      Exit.How = FunctionExit::Exception;
      Exit.Loc = T.Thrower->getBeginLoc();
      Exit.Thrower = T.Thrower;
      leave(P, Exit);
      continue;
    }
    Point Caught = P;
    Caught.Block = T.Handler;
    Caught.Next = 0;
    Caught.State = Transfer.unwind(P.State, Graph.Blocks[T.Handler]);
    add(std::move(Caught));
  }
}

/// The state in which all paths leave \p Block has the lock, so that no test can
/// speak against it.
bool ExitSearch::heldByAllPathsAtEndOf(unsigned Block) {
  LockState S = Flow.atStartOf(Block);
  for (const Event &E : Graph.Blocks[Block].Events)
    Transfer.apply(E, S);
  const HeldLock *H = S.findHeld(Lock);
  return H && H->Must && !H->Owner && !H->FromCaller;
}

void ExitSearch::leave(const Point &P, FunctionExit Exit) {
  if (!P.Certain)
    return;
  auto Same = [&](const FunctionExit &Other) { return Other.Loc == Exit.Loc; };
  const LockState &S = P.State;
  if (!P.Holds) {
    bool Again = llvm::any_of(S.Held, [&](const HeldLock &H) {
      return H.Path == Lock && !H.Owner;
    });
    if (!Again && llvm::none_of(Result.Free, Same))
      Result.Free.push_back(Exit);
    return;
  }
  if (P.Doubtful && !heldByAllPathsAtEndOf(P.Block))
    return;
  Leaving.push_back({Exit, P.Around});
}

/// A test that speaks of the lock itself: whoever wrote it knows more than we do.
static bool namesLocking(const Expr &Test) {
  static const char *const Words[] = {"lock", "locked", "unlock", "unlocked",
                                      "held", "hold",   "owned",  "own",
                                      "keep", "mutex",  "release", "released"};
  return llvm::any_of(testedDecls(Test), [&](const ValueDecl *D) {
    return D->getIdentifier() &&
           llvm::any_of(nameWords(D->getName()), [&](const std::string &Word) {
             return llvm::is_contained(Words, Word);
           });
  });
}

void ExitSearch::branch(const Point &P, const EventBlock &B, unsigned Edge) {
  int To = B.Successors[Edge];
  if (To < 0 || (Again && !Loop[To]))
    return;
  Point Next = P;
  Transfer.assume(B, Edge, Next.State);
  forgetExpressions(B, Next.State);
  if (P.Holds) {
    const HeldLock *H = Next.State.findHeld(Lock);
    if (!H)
      return; // the acquisition has failed
    Next.Certain |= H->Must;
    if (B.Successors.size() > 1 && !Next.Doubtful) {
      PathFacts::Verdict Said = B.Test
                                    ? Next.Facts.decide(*B.Test, Edge == 0)
                                    : PathFacts::Verdict::News;
      const TriedLock *Tried = findTried(P.State, B.Branch.Tested, TU.paths());
      bool OfResult = (H->Must && !P.State.findHeld(Lock)->Must) ||
                      (Tried && llvm::is_contained(Tried->Locks, Lock));
      if (!OfResult && Said == PathFacts::Verdict::News) {
        if (B.Test && namesLocking(*B.Test))
          return;
        if (!P.Around && isRelated(P.Block)) // a loop asks again
          Said = PathFacts::Verdict::Related;
      }
      if (Said == PathFacts::Verdict::Contradicts ||
          Said == PathFacts::Verdict::Related) {
        if (static_cast<unsigned>(To) == Graph.Exit)
          return; // decided here, not on the way
        Next.Doubtful = true;
        Next.Facts.clear();
      }
    }
    if (Next.Facts.isFull()) {
      Next.Doubtful = true;
      Next.Facts.clear();
    }
    if (Rank[To] <= Rank[P.Block]) { // around a loop
      Next.Around |= Rank[To] <= Rank[Start];
      Next.Facts.forgetCalls();
    }
  }
  if (static_cast<unsigned>(To) == Graph.Exit) {
    if (Dispatches[P.Block])
      return; // no handler fits; taken as caught
    FunctionExit Exit = P.LastReturn;
    if (Exit.Loc.isInvalid())
      Exit.Loc = F.getBody()->getEndLoc();
    leave(Next, Exit);
    return;
  }
  Next.Block = To;
  Next.Next = 0;
  add(std::move(Next));
}

void ExitSearch::add(Point P) {
  if (Seen.size() < MaxPoints &&
      Seen.insert({P.Block, P.Holds, P.Certain, P.Doubtful, P.Around,
                   P.Facts.digest()})
          .second)
    Work.push_back(std::move(P));
}

void ExitSearch::follow(Point P) {
  const EventBlock &B = Graph.Blocks[P.Block];
  for (; P.Next < B.Events.size(); ++P.Next) {
    if (!Budget)
      return;
    --Budget;
    throwsHere(P, B, P.Next);
    if (!step(P, B.Events[P.Next]))
      return;
  }
  // Each branch copies what is known.
  size_t Cost = 8 * B.Successors.size();
  if (Budget < Cost)
    return;
  Budget -= Cost;
  throwsHere(P, B, P.Next);
  for (unsigned Edge = 0; Edge < B.Successors.size(); ++Edge)
    branch(P, B, Edge);
}

/// Calls \p Visit for each edge behind block \p First, and goes on where it says so.
static void walk(unsigned First, const EventGraph &Graph,
                 llvm::function_ref<bool(unsigned From, unsigned To)> Visit) {
  llvm::SmallVector<unsigned, 8> Next{First};
  std::vector<bool> Passed(Graph.Blocks.size());
  while (!Next.empty()) {
    unsigned From = Next.pop_back_val();
    for (int To : Graph.Blocks[From].Successors)
      if (To >= 0 && Visit(From, To) && !Passed[To]) {
        Passed[To] = true;
        Next.push_back(To);
      }
  }
}

/// Fills Loop with the blocks of the innermost loop around the start. False: there
/// is none, or it has a round that leaves the start out.
bool ExitSearch::isInEveryRound() {
  int Head = -1;
  walk(Start, Graph, [&](unsigned From, unsigned To) {
    bool Back = Rank[To] <= Rank[From] && Rank[To] <= Rank[Start];
    if (Back && (Head < 0 || Rank[To] > Rank[Head]))
      Head = To;
    return true;
  });
  if (Head < 0)
    return false;
  std::vector<llvm::SmallVector<unsigned, 2>> Before(Graph.Blocks.size());
  for (unsigned Block : Graph.Order)
    for (int To : Graph.Blocks[Block].Successors)
      if (To >= 0 && Rank[Block] >= Rank[Head])
        Before[To].push_back(Block);
  Loop.assign(Graph.Blocks.size(), false);
  llvm::SmallVector<unsigned, 8> Work{Start};
  while (!Work.empty()) {
    unsigned Block = Work.pop_back_val();
    if (Loop[Block])
      continue;
    Loop[Block] = true;
    Work.append(Before[Block].begin(), Before[Block].end());
  }
  bool LeftOut = false;
  if (static_cast<unsigned>(Head) != Start)
    walk(Head, Graph, [&](unsigned, unsigned To) {
      LeftOut |= To == static_cast<unsigned>(Head);
      return Loop[To] && To != Start;
    });
  return !LeftOut;
}

void ExitSearch::findAcquisitions() {
  for (unsigned Block : Graph.Order) {
    const std::vector<Event> &Events = Graph.Blocks[Block].Events;
    for (unsigned I = 0; I < Events.size(); ++I)
      if (Events[I].Kind == EventKind::Acquire ||
          Events[I].Kind == EventKind::Call)
        Acquisitions[Events[I].Loc].push_back({Block, I});
  }
}

bool ExitSearch::reaches(const HeldLock &Held, const Event &Later) {
  if (Acquisitions.empty())
    findAcquisitions();
  Wanted = &Later;
  IsReached = false;
  for (auto [Block, Index] : Acquisitions.lookup(Held.Acquired)) {
    LockState S = Flow.atStartOf(Block);
    const std::vector<Event> &Events = Graph.Blocks[Block].Events;
    for (unsigned I = 0; I <= Index && S.Reachable; ++I)
      Transfer.apply(asLockEvent(Events[I]), S);
    const HeldLock *H = S.Reachable ? S.findHeld(Held.Path) : nullptr;
    Start = Block;
    Again = &Events[Index] == Wanted;
    if (H && !H->Owner && (!Again || isInEveryRound()))
      from(Block, Index, S, Held.Path);
  }
  Wanted = nullptr;
  Again = false;
  return IsReached;
}

void ExitSearch::followAll() {
  while (!Work.empty()) {
    Point Next = std::move(Work.back());
    Work.pop_back();
    follow(std::move(Next));
  }
}

/// A loop that locks many objects leaves each of them locked.
void ExitSearch::keepHeldExits() {
  for (auto &[Exit, Around] : Leaving)
    if ((!Around || Result.FreedInRound) &&
        llvm::none_of(Result.Held, [Loc = Exit.Loc](const FunctionExit &Other) {
          return Other.Loc == Loc;
        }))
      Result.Held.push_back(Exit);
}

ExitsOfLock ExitSearch::from(unsigned Block, unsigned Index, LockState After,
                             const LockPath *Path) {
  Lock = Path;
  Start = Block;
  TestedBefore.reset();
  Released.clear();
  Seen.clear();
  Leaving.clear();
  Result = {};
  Point P{Block, Index + 1, std::move(After), factsBehind(Block, Index), {}};
  P.Certain = P.State.findHeld(Lock)->Must;
  P.Doubtful = P.Facts.isFull();
  Work.push_back(std::move(P));
  followAll();
  keepHeldExits();
  if (Result.Held.empty())
    return Result;
  Work.swap(Released);
  followAll();
  return Result;
}

} // namespace threadlint
