//===- LockOrder.cpp - In which order are locks acquired? -----------------===//
// See the header. A cycle counts only if two threads can meet in it: no lock that
// all its ends hold, nothing that only readers share, no object that no other
// thread knows yet.
//===----------------------------------------------------------------------===//
#include "analysis/LockOrder.h"
#include "analysis/LockPath.h"
#include "analysis/ObjectOrder.h"
#include "analysis/OwnObject.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"
#include <deque>
#include <set>

using namespace clang;

namespace threadlint {

// Edges between two locks that are kept: a gate or a mode may rule some out.
// Each edge between two objects of one class is a finding of its own.
static constexpr unsigned MaxEdgesPerPair = 6;
static constexpr unsigned MaxEdgesOfClass = 256;
// Locks that are held at once; whoever holds more has another idea of their order.
static constexpr unsigned MaxHeld = 64;

LockKey lockKey(const LockPath &Path) {
  LockKey Key;
  const LockPath *P = &Path;
  while (P) {
    if (P->kind() == LockPath::Kind::Element) {
      Key.Index = P->constantIndex().value_or(LockKey::SomeElement);
      P = P->parent();
      continue;
    }
    const FieldDecl *Field = P->field();
    if (!Field || !isLockClass(*Field->getParent()) || !P->parent() ||
        (!P->parent()->field() && !P->parent()->variable() &&
         P->parent()->kind() != LockPath::Kind::Element))
      break;
    P = P->parent();
  }
  if (const FieldDecl *Field = P ? P->field() : nullptr)
    Key.Decl = Field->getCanonicalDecl();
  else if (const VarDecl *V = P ? P->variable() : nullptr)
    if (!V->isLocalVarDecl() || V->isStaticLocal())
      Key.Decl = V->getCanonicalDecl();
  return Key;
}

std::string LockKey::str() const {
  std::string Name = Decl->getNameAsString();
  if (const auto *Field = dyn_cast<FieldDecl>(Decl)) {
    const RecordDecl *R = Field->getParent();
    std::string Class = R->getNameAsString();
    if (Class.empty() && R->getTypedefNameForAnonDecl())
      Class = R->getTypedefNameForAnonDecl()->getNameAsString();
    if (!Class.empty())
      Name = Class + "::" + Name;
  }
  if (Index >= 0)
    Name += "[" + std::to_string(Index) + "]";
  else if (Index == SomeElement)
    Name += "[...]";
  return Name;
}

//===----------------------------------------------------------------------===//
// Edges
//===----------------------------------------------------------------------===//

/// No other thread knows the object: a constructor's, a destructor's, a local.
static bool isUnshared(const LockPath &P, const FunctionDecl &F,
                       TranslationUnit &TU) {
  const LockPath *Root = P.root();
  if (Root->kind() == LockPath::Kind::This)
    return isa<CXXConstructorDecl>(F) || isa<CXXDestructorDecl>(F);
  return Root->kind() == LockPath::Kind::Temporary ||
         ownerOf(P, TU.paths(), TU.models());
}

/// The class of `this` in \p F, or around the lambda. Null: there is none.
static const CXXRecordDecl *thisClass(const FunctionDecl &F) {
  const DeclContext *DC = &F;
  while (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(DC)) {
    if (!Method->getParent()->isLambda())
      return Method->getParent();
    DC = Method->getParent()->getDeclContext();
  }
  return nullptr;
}

/// The class of which the code says that the object with the lock is one: more
/// than the class that declares the lock.
static const CXXRecordDecl *objectClass(const LockPath &P,
                                        const FunctionDecl &F) {
  const LockPath *Object = P.field() ? P.parent() : nullptr;
  if (!Object)
    return nullptr;
  const CXXRecordDecl *R = nullptr;
  if (Object->kind() == LockPath::Kind::This)
    R = thisClass(F);
  else if (QualType T = Object->declaredType(); !T.isNull())
    R = T->isPointerType() || T->isReferenceType()
            ? T->getPointeeCXXRecordDecl()
            : T->getAsCXXRecordDecl();
  const auto *Declares = dyn_cast<CXXRecordDecl>(P.field()->getParent());
  // A smart pointer or an iterator says less than the lock itself.
  return R && Declares && R->hasDefinition() && R->isDerivedFrom(Declares)
             ? R->getCanonicalDecl()
             : nullptr;
}

/// One object may be both.
static bool areRelated(const CXXRecordDecl *A, const CXXRecordDecl *B) {
  return !A || !B || A == B || A->isDerivedFrom(B) || B->isDerivedFrom(A);
}

void LockOrder::add(const FunctionDecl &F, const HeldLock &Held,
                    const Step &Way, const LockState &Before) {
  LockEdge New;
  New.From = lockKey(*Held.Path);
  New.To = lockKey(*Way.Object);
  if (!New.From.Decl || !New.To.Decl || sameObject(Held.Path, Way.Object) ||
      isUnshared(*Held.Path, F, TU) || isUnshared(*Way.Object, F, TU))
    return;
  unsigned Twins = 0;
  for (unsigned I : Leaving[New.From])
    Twins += All[I].To == New.To;
  if (Twins >= (New.From == New.To ? MaxEdgesOfClass : MaxEdgesPerPair))
    return;
  New.FromClass = objectClass(*Held.Path, F);
  New.ToClass = objectClass(*Way.Object, F);
  New.Held = Held;
  New.Way = Way;
  for (const HeldLock &H : Before.Held) {
    LockKey Gate = lockKey(*H.Path);
    if (H.Must && Gate.Decl && !(Gate == New.From) && !(Gate == New.To))
      New.Gates.push_back(Gate);
  }
  Leaving[New.From].push_back(All.size());
  All.push_back(std::move(New));
  Out.push_back(false);
}

void LockOrder::collectAt(const FunctionDecl &F, const Event &E,
                          const LockState &Before) {
  for (const Step &Way :
       TU.summaries().stepsAt(StepKind::Acquires, E, Before, F)) {
    // A recursive lock that is held already makes nobody wait; a condition's wait
    // lets go of it first.
    if (Way.CallerDecides || Before.Held.size() > MaxHeld || (Before.mustHold(Way.Object) &&
                              !llvm::is_contained(Way.Released, Way.Object)))
      continue;
    for (const HeldLock &H : Before.Held) {
      auto MayBeSame = [&](const LockPath *P) {
        return Before.mustHold(P) ? sameObject(P, H.Path)
                                  : mayBeSameObject(P, H.Path);
      };
      if (H.Must && !llvm::any_of(Way.Released, MayBeSame) &&
          !llvm::is_contained(Way.Required, H.Path))
        add(F, H, Way, Before);
    }
    // Pairs of locks that have a name only here: the callee's parameters.
    for (const LockPath *Outer : Way.Under) {
      HeldLock Held;
      Held.Path = Outer;
      Held.Acquired = Way.Loc;
      add(F, Held, Way, Before);
    }
  }
}

void LockOrder::collect() {
  if (Collected)
    return;
  Collected = true;
  Summaries &Known = TU.summaries();
  for (const FunctionDecl *F : TU.functions().functions()) {
    if (!TU.functions().mayLock(F))
      continue;
    if (const HeldLocks *Flow = Known.flow(F))
      Flow->forEachEvent(
          [&](const FunctionDecl *C) { return Known.known(C); },
          [&](const Event &E, const LockState &Before) {
            if (E.Kind == EventKind::Call || !Before.Held.empty())
              collectAt(*F, E, Before);
          });
  }
}

llvm::ArrayRef<LockEdge> LockOrder::edges() {
  collect();
  return All;
}

void LockOrder::leaveOut(llvm::function_ref<bool(const LockEdge &)> Bad) {
  collect();
  for (unsigned I = 0; I < All.size(); ++I)
    Out[I] = Out[I] || Bad(All[I]);
}

//===----------------------------------------------------------------------===//
// Cycles
//===----------------------------------------------------------------------===//

/// Each lock of the cycle is exclusive on one side at least.
static bool excludesAll(llvm::ArrayRef<const LockEdge *> Cycle) {
  for (unsigned I = 0; I < Cycle.size(); ++I) {
    const LockEdge &Next = *Cycle[(I + 1) % Cycle.size()];
    if (Cycle[I]->Way.Mode == LockMode::Shared &&
        Next.Held.Mode == LockMode::Shared)
      return false;
  }
  return true;
}

static bool hasCommonGate(llvm::ArrayRef<const LockEdge *> Cycle) {
  return llvm::any_of(Cycle.front()->Gates, [&](const LockKey &Gate) {
    return llvm::all_of(Cycle, [&](const LockEdge *E) {
      return llvm::is_contained(E->Gates, Gate);
    });
  });
}

/// What one side acquires may be the object that the next one holds.
static bool meetAtObjects(llvm::ArrayRef<const LockEdge *> Cycle) {
  for (unsigned I = 0; I < Cycle.size(); ++I)
    if (!areRelated(Cycle[I]->ToClass,
                    Cycle[(I + 1) % Cycle.size()]->FromClass))
      return false;
  return true;
}

static bool isPossible(llvm::ArrayRef<const LockEdge *> Cycle) {
  return excludesAll(Cycle) && !hasCommonGate(Cycle) && meetAtObjects(Cycle);
}

/// Numbers the locks, and finds out which of them are on cycles at all.
Components LockOrder::components() {
  Numbers.clear();
  for (const LockEdge &E : All)
    for (const LockKey &Key : {E.From, E.To})
      Numbers.try_emplace(Key, Numbers.size());
  std::vector<std::vector<unsigned>> Successors(Numbers.size());
  for (unsigned I = 0; I < All.size(); ++I)
    if (!Out[I])
      Successors[Numbers[All[I].From]].push_back(Numbers[All[I].To]);
  return Components(Numbers.size(), [&](unsigned Lock) {
    return llvm::ArrayRef<unsigned>(Successors[Lock]);
  });
}

/// A shortest possible cycle that begins with \p First; empty: there is none.
std::vector<const LockEdge *> LockOrder::cycleThrough(const LockEdge &First) {
  std::map<LockKey, const LockEdge *> Reached; // by the edge that leads there
  std::deque<LockKey> Work{First.To};
  while (!Work.empty()) {
    LockKey At = Work.front();
    Work.pop_front();
    for (unsigned I : Leaving[At]) {
      const LockEdge &E = All[I];
      if (Out[I])
        continue;
      if (E.To == First.From) {
        std::vector<const LockEdge *> Cycle{&E};
        for (LockKey Back = E.From; !(Back == First.To);
             Back = Cycle.back()->From)
          Cycle.push_back(Reached[Back]);
        Cycle.push_back(&First);
        std::reverse(Cycle.begin(), Cycle.end());
        if (isPossible(Cycle))
          return Cycle;
        continue;
      }
      if (!(E.To == First.To) && !(E.To == E.From) &&
          Reached.try_emplace(E.To, &E).second)
        Work.push_back(E.To);
    }
  }
  return {};
}

std::vector<std::vector<const LockEdge *>> LockOrder::cycles() {
  collect();
  std::vector<std::vector<const LockEdge *>> Result;
  std::set<std::vector<LockKey>> Seen;
  std::set<LockKey> InShort;
  Components Cyclic = components();
  for (bool Pairs : {true, false})
    for (unsigned I = 0; I < All.size(); ++I) {
      const LockEdge &First = All[I];
      if (Out[I] || First.From == First.To ||
          !Cyclic.together(Numbers[First.From], Numbers[First.To]) ||
          (!Pairs && InShort.count(First.From) && InShort.count(First.To)))
        continue;
      std::vector<const LockEdge *> Cycle = cycleThrough(First);
      if (Cycle.empty() || (Cycle.size() == 2) != Pairs)
        continue;
      std::vector<LockKey> Keys;
      for (const LockEdge *E : Cycle)
        Keys.push_back(E->From);
      std::sort(Keys.begin(), Keys.end());
      if (!Seen.insert(Keys).second)
        continue;
      InShort.insert(Keys.begin(), Keys.end());
      Result.push_back(std::move(Cycle));
    }
  return Result;
}

std::vector<const LockEdge *> LockOrder::unorderedPairs() {
  collect();
  std::vector<const LockEdge *> Result;
  for (const LockEdge &E : All)
    if (E.From.Decl == E.To.Decl && E.Gates.empty() &&
        (E.Held.Mode == LockMode::Exclusive ||
         E.Way.Mode == LockMode::Exclusive) &&
        areUnordered(*E.Held.Path, *E.Way.Object, *E.Way.In))
      Result.push_back(&E);
  return Result;
}

} // namespace threadlint
