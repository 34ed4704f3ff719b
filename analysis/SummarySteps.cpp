//===- SummarySteps.cpp - What a function reaches, step by step -----------===//
// The chains of Summaries: blocking calls, acquisitions and callbacks that a
// function reaches itself or through visible callees, in its own terms.
//===----------------------------------------------------------------------===//
#include "analysis/Callbacks.h"
#include "analysis/CallersChoice.h"
#include "analysis/FunctionIndex.h"
#include "analysis/LockPath.h"
#include "analysis/OwnObject.h"
#include "analysis/Summaries.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace threadlint {

// Steps that are kept of one function: for each category of blocking, and of
// acquisitions and callbacks together.
static constexpr unsigned MaxBlocksPerCategory = 3;
static constexpr unsigned MaxLocks = 12;
static constexpr unsigned MaxCallbacks = 3;

static void addPath(llvm::SmallVectorImpl<const LockPath *> &To,
                    const LockPath *P) {
  if (!llvm::is_contained(To, P))
    To.push_back(P);
}

/// The locks that \p P stands for: those of the guard, where \p P is what a
/// known guard manages. That is a fact of one point, so it is resolved there.
static llvm::SmallVector<const LockPath *, 2> resolve(const LockPath *P,
                                                      const LockState &At) {
  if (P->kind() == LockPath::Kind::Managed)
    for (const GuardState &G : At.Guards)
      if (P->parent() == G.Object && !G.Locks.empty())
        return G.Locks;
  return {P};
}

/// The locks that the event itself acquires for sure. A condition wait gives its
/// lock back and takes it again.
static llvm::SmallVector<const LockPath *, 2> acquiredBy(const Event &E,
                                                         const LockState &At) {
  llvm::SmallVector<const LockPath *, 2> Result;
  if (E.Kind == EventKind::GuardEnd) {
    for (const GuardState &G : At.Guards)
      if (G.Inverted && G.Object->startsWith(E.Object))
        Result.append(G.Locks.begin(), G.Locks.end());
    return Result;
  }
  bool Locks = E.Kind == EventKind::Acquire || E.Kind == EventKind::Block ||
               (E.Kind == EventKind::GuardInit &&
                E.Start == GuardStart::Owns && !E.LocksDeclared);
  if (Locks)
    for (const LockPath *P : E.Locks)
      Result.append(resolve(P, At));
  return Result;
}

/// What every step of the event has in common.
static Step stepOf(StepKind Kind, const Event &E, const LockState &Before,
                   const FunctionDecl &F) {
  Step New;
  New.Kind = Kind;
  New.In = &F;
  New.Where = E.Where;
  New.Loc = E.Loc;
  for (const LockPath *P : Before.Released)
    addPath(New.Released, P);
  if (E.Kind == EventKind::Block) // a condition wait
    for (const LockPath *P : E.Locks)
      for (const LockPath *L : resolve(P, Before))
        addPath(New.Released, L);
  return New;
}

static bool isParameter(const LockPath *P) {
  return P->kind() == LockPath::Kind::Parameter;
}

/// Notes in \p New, an acquisition, which parameters are held already.
static void addUnder(Step &New, const LockState &Before) {
  if (isParameter(New.Object))
    for (const HeldLock &H : Before.Held)
      if (H.Must && isParameter(H.Path) && H.Path != New.Object)
        addPath(New.Under, H.Path);
}

static llvm::SmallVector<Step, 2> ownSteps(StepKind Kind, const Event &E,
                                           const LockState &Before,
                                           const FunctionDecl &F) {
  llvm::SmallVector<Step, 2> Result;
  switch (Kind) {
  case StepKind::Blocks:
    if (E.Kind != EventKind::Block)
      break;
    Result.push_back(stepOf(Kind, E, Before, F));
    Result.back().Blocks = E.Blocks;
    Result.back().Callee = E.Callee;
    Result.back().Object = E.Object;
    break;
  case StepKind::Acquires:
    for (const LockPath *P : acquiredBy(E, Before)) {
      Result.push_back(stepOf(Kind, E, Before, F));
      Result.back().Mode = E.Mode;
      Result.back().Object = P;
      addUnder(Result.back(), Before);
    }
    break;
  case StepKind::CallsBack:
    if (E.Kind != EventKind::CallBack)
      break;
    Result.push_back(stepOf(Kind, E, Before, F));
    Result.back().Object = E.Object;
    break;
  }
  return Result;
}

/// The callable is a part of a local object, which was given it here.
static bool isOwnCode(const Step &S) {
  const VarDecl *V = S.Kind == StepKind::CallsBack && S.Object
                         ? S.Object->root()->variable()
                         : nullptr;
  return V && isMadeOfOwnCode(*V);
}

llvm::SmallVector<Step, 2> Summaries::stepsAt(StepKind Kind, const Event &E,
                                              const LockState &Before,
                                              const FunctionDecl &F) {
  if (E.Kind != EventKind::Call)
    return ownSteps(Kind, E, Before, F);
  llvm::SmallVector<Step, 2> Result;
  const Summary *Callee = known(E.Callee);
  // Of locks, attributes have said all that the call does. Who reports a failure
  // and ends the process keeps nobody waiting.
  if (!Callee || (Kind == StepKind::Acquires && E.LocksDeclared) ||
      E.Callee->isNoReturn())
    return Result;
  auto Translate = [&](const LockPath *P) {
    P = translate(P, E, F, Paths);
    llvm::SmallVector<const LockPath *, 2> Locks = resolve(P, Before);
    return Locks.size() == 1 ? Locks.front() : P;
  };
  for (const Step *Inner : Callee->steps(Kind)) {
    Step Outer = stepOf(Kind, E, Before, F);
    Outer.Callee = E.Callee;
    Outer.Blocks = Inner->Blocks;
    Outer.Mode = Inner->Mode;
    Outer.CallerDecides = Inner->CallerDecides;
    Outer.Next = Inner;
    Outer.Depth = Inner->Depth + 1;
    for (const LockPath *P : Inner->Released)
      addPath(Outer.Released, Translate(P));
    for (const LockPath *P : Inner->Required)
      addPath(Outer.Required, Translate(P));
    if (Inner->Object)
      Outer.Object = Kind == StepKind::Acquires
                         ? Translate(Inner->Object)
                         : translate(Inner->Object, E, F, Paths);
    for (const LockPath *P : Inner->Under)
      addPath(Outer.Under, Translate(P));
    if (Kind == StepKind::Acquires)
      addUnder(Outer, Before);
    if (!isOwnCode(Outer))
      Result.push_back(Outer);
  }
  return Result;
}

static bool isSimilar(const Step &A, const Step &B) {
  return A.Kind == B.Kind && A.Blocks.Why == B.Blocks.Why &&
         A.Blocks.OnDescriptor == B.Blocks.OnDescriptor &&
         A.Blocks.BoundMs == B.Blocks.BoundMs && A.Mode == B.Mode &&
         A.CallerDecides == B.CallerDecides && A.Released == B.Released &&
         A.Required == B.Required && A.Under == B.Under && A.Object == B.Object;
}

/// A lock that no caller of \p F can mean: it has no name, or it is in an object
/// that each call of F has for itself.
static bool isPrivate(const Step &S, const FunctionDecl &F, LockPaths &Paths,
                      const Models &M) {
  if (S.Kind != StepKind::Acquires)
    return false;
  const VarDecl *Owner = ownerOf(*S.Object, Paths, M);
  return S.Object->isUnknown() || (Owner && Owner->getDeclContext() == &F);
}

void Summaries::summarizeSteps(const FunctionDecl &F, const HeldLocks &Flow,
                               Summary &S) {
  llvm::SmallVector<StepKind, 3> Kinds;
  if (Index.mayBlock(&F))
    Kinds.push_back(StepKind::Blocks);
  if (Index.mayLock(&F))
    Kinds.push_back(StepKind::Acquires);
  if (Index.mayCallBack(&F))
    Kinds.push_back(StepKind::CallsBack);
  if (Kinds.empty())
    return;
  llvm::SmallVector<Step, 4> Found;
  auto Add = [&](Step New) {
    auto Twin = llvm::find_if(
        Found, [&](const Step &Known) { return isSimilar(Known, New); });
    if (Twin == Found.end())
      Found.push_back(std::move(New));
    else if (New.Depth < Twin->Depth)
      *Twin = std::move(New);
  };
  const llvm::DenseSet<const Event *> Choices =
      leftToCaller(Flow.graph());
  auto Callees = [this](const FunctionDecl *Callee) { return known(Callee); };
  Flow.forEachEvent(Callees, [&](const Event &E, const LockState &Before) {
    // Awaiting suspends a coroutine, not its caller.
    if (E.Kind == EventKind::Block && !E.Callee)
      return;
    for (StepKind Kind : Kinds)
      for (Step &New : stepsAt(Kind, E, Before, F)) {
        if (isPrivate(New, F, Paths, M))
          continue;
        New.CallerDecides |=
            Kind != StepKind::Blocks && Choices.count(&E) != 0;
        for (const HeldLock &H : Before.Held)
          if (H.FromCaller && H.Must)
            addPath(New.Required, H.Path);
        Add(std::move(New));
      }
  });
  keepShortest(Found, S);
}

void Summaries::keepShortest(llvm::MutableArrayRef<Step> Found, Summary &S) {
  llvm::stable_sort(
      Found, [](const Step &A, const Step &B) { return A.Depth < B.Depth; });
  llvm::SmallDenseMap<unsigned, unsigned, 8> Blocking;
  for (Step &New : Found) {
    llvm::SmallVectorImpl<const Step *> *To = &S.Blocks;
    bool Full = false;
    switch (New.Kind) {
    case StepKind::Blocks:
      Full = ++Blocking[static_cast<unsigned>(New.Blocks.Why)] >
             MaxBlocksPerCategory;
      break;
    case StepKind::Acquires:
      To = &S.Locks;
      Full = S.Locks.size() == MaxLocks;
      break;
    case StepKind::CallsBack:
      To = &S.Callbacks;
      Full = S.Callbacks.size() == MaxCallbacks;
      break;
    }
    if (Full)
      continue;
    Steps.push_back(std::move(New));
    To->push_back(&Steps.back());
  }
}

} // namespace threadlint
