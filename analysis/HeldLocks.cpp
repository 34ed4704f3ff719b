//===- HeldLocks.cpp - Which locks are held where -------------------------===//
// Joins and the fixed point; see the header. What an event does is
// LockTransfer's.
//===----------------------------------------------------------------------===//
#include "analysis/HeldLocks.h"
#include "analysis/LockPath.h"
#include "analysis/LockTransfer.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace threadlint {

// The lattice is finite and low; a function that needs more rounds than this is
// beyond what a linter should spend.
static constexpr unsigned MaxRounds = 40;

//===----------------------------------------------------------------------===//
// LockState
//===----------------------------------------------------------------------===//

const HeldLock *LockState::mustHold(const LockPath *Lock) const {
  for (const HeldLock &H : Held)
    if (H.Must && sameObject(H.Path, Lock))
      return &H;
  return nullptr;
}

HeldLock *LockState::findHeld(const LockPath *Lock) {
  for (HeldLock &H : Held)
    if (H.Path == Lock)
      return &H;
  return nullptr;
}

GuardState *LockState::findGuard(const LockPath *Object) {
  for (GuardState &G : Guards)
    if (G.Object == Object)
      return &G;
  return nullptr;
}

const HeldLock *LockState::findHeld(const LockPath *Lock) const {
  return const_cast<LockState *>(this)->findHeld(Lock);
}

const GuardState *LockState::findGuard(const LockPath *Object) const {
  return const_cast<LockState *>(this)->findGuard(Object);
}

static bool joinHeld(LockState &Into, const LockState &Other) {
  bool Changed = false;
  for (HeldLock &H : Into.Held) {
    const HeldLock *Twin = Other.findHeld(H.Path);
    if (!Twin || !Twin->Must) {
      Changed |= H.Must;
      H.Must = false;
    }
    if (Twin && Twin->Count < H.Count) {
      H.Count = Twin->Count;
      Changed = true;
    }
    if (Twin && !Twin->FromCaller && H.FromCaller) {
      H.FromCaller = false;
      Changed = true;
    }
    if (Twin && Twin->Owner != H.Owner && H.Owner) {
      H.Owner = nullptr;
      Changed = true;
    }
  }
  for (const HeldLock &H : Other.Held)
    if (!Into.findHeld(H.Path)) {
      Into.Held.push_back(H);
      Into.Held.back().Must = false;
      Changed = true;
    }
  return Changed;
}

static bool joinGuards(LockState &Into, const LockState &Other) {
  bool Changed = false;
  for (GuardState &G : Into.Guards) {
    const GuardState *Twin =
        Other.findGuard(G.Object);
    GuardState::Ownership Theirs = Twin ? Twin->Owns : GuardState::No;
    if (Theirs != G.Owns && G.Owns != GuardState::Maybe) {
      G.Owns = GuardState::Maybe;
      Changed = true;
    }
    if (Twin)
      for (const LockPath *P : Twin->Locks)
        if (!llvm::is_contained(G.Locks, P)) {
          G.Locks.push_back(P);
          Changed = true;
        }
  }
  for (const GuardState &G : Other.Guards)
    if (!Into.findGuard(G.Object)) {
      Into.Guards.push_back(G);
      if (G.Owns == GuardState::Yes)
        Into.Guards.back().Owns = GuardState::Maybe;
      Changed = true;
    }
  return Changed;
}

bool LockState::join(const LockState &Other) {
  if (!Other.Reachable)
    return false;
  if (!Reachable) {
    *this = Other;
    return true;
  }
  bool Changed = joinHeld(*this, Other);
  Changed |= joinGuards(*this, Other);
  size_t Before = Tried.size();
  llvm::erase_if(Tried, [&](const TriedLock &T) {
    return llvm::none_of(Other.Tried, [&](const TriedLock &O) {
      return O.Key == T.Key && O.Success == T.Success && O.Locks == T.Locks;
    });
  });
  Changed |= Tried.size() != Before;
  for (const LockPath *P : Other.Released)
    if (!llvm::is_contained(Released, P)) {
      Released.push_back(P);
      Changed = true;
    }
  return Changed;
}
//===----------------------------------------------------------------------===//
// Fixed point
//===----------------------------------------------------------------------===//

static LockState entryState(const FunctionDecl &F, LockPaths &Paths) {
  LockState S;
  S.Reachable = true;
  for (const RequiredLock &Lock : requiredLocks(F, Paths)) {
    HeldLock H;
    H.Path = Lock.Path;
    H.Mode = Lock.Mode;
    H.FromCaller = true;
    H.Acquired = F.getLocation();
    S.Held.push_back(H);
  }
  return S;
}

void forgetExpressions(const EventBlock &B, LockState &S) {
  llvm::erase_if(S.Tried, [&](const TriedLock &T) {
    return llvm::any_of(B.Events,
                        [&](const Event &E) { return E.Where == T.Key; });
  });
}

std::unique_ptr<HeldLocks>
HeldLocks::compute(const FunctionDecl &F, std::unique_ptr<EventGraph> Graph,
                   LockPaths &Paths, SummaryLookup Callees,
                   const ASTContext &Context) {
  if (!Graph)
    return nullptr;
  std::unique_ptr<HeldLocks> Result(
      new HeldLocks(F, std::move(Graph), Paths, Context));
  const EventGraph &G = *Result->Graph;
  std::vector<LockState> &In = Result->In;
  In.resize(G.Blocks.size());
  In[G.Entry] = entryState(F, Paths);
  LockTransfer T(F, Paths, Callees, Context);
  std::vector<bool> Dirty(G.Blocks.size(), false);
  Dirty[G.Entry] = true;
  bool Again = true;
  for (unsigned Round = 0; Again; ++Round) {
    if (Round == MaxRounds)
      return nullptr;
    Again = false;
    for (unsigned Block : G.Order) {
      if (!Dirty[Block])
        continue;
      Dirty[Block] = false;
      const EventBlock &B = G.Blocks[Block];
      LockState S = In[Block];
      auto Flow = [&](int To, const LockState &State) {
        if (To >= 0 && In[To].join(State))
          Dirty[To] = Again = true;
      };
      const ThrowPoint *Throw = B.Throws.begin();
      auto ThrowBefore = [&](unsigned I) {
        for (; Throw != B.Throws.end() && Throw->Event == I; ++Throw)
          if (S.Reachable && Throw->Handler >= 0)
            Flow(Throw->Handler, T.unwind(S, G.Blocks[Throw->Handler]));
      };
      for (unsigned I = 0; I < B.Events.size() && S.Reachable; ++I) {
        ThrowBefore(I);
        T.apply(B.Events[I], S);
      }
      ThrowBefore(B.Events.size());
      for (unsigned Edge = 0; Edge < B.Successors.size(); ++Edge) {
        LockState Out = S;
        T.assume(B, Edge, Out);
        forgetExpressions(B, Out);
        Flow(B.Successors[Edge], Out);
      }
    }
  }
  return Result;
}

void HeldLocks::forEachPoint(SummaryLookup Callees, PointVisitor Visit) const {
  LockTransfer T(F, Paths, Callees, Context);
  for (unsigned Block : Graph->Order) {
    const EventBlock &B = Graph->Blocks[Block];
    LockState S = In[Block];
    unsigned Next = 0;
    for (const ExprPoint &Point : B.Points) {
      while (Next < Point.Event && S.Reachable)
        T.apply(B.Events[Next++], S);
      if (!S.Reachable)
        break;
      Visit(*Point.Where, S);
    }
  }
}

void HeldLocks::forEachEvent(SummaryLookup Callees, Visitor Visit) const {
  LockTransfer T(F, Paths, Callees, Context);
  for (unsigned Block : Graph->Order) {
    LockState S = In[Block];
    for (const Event &E : Graph->Blocks[Block].Events) {
      if (!S.Reachable)
        break;
      Visit(E, S);
      T.apply(E, S);
    }
  }
}

} // namespace threadlint
