//===- SplitSections.cpp - Tested in one critical section, used in the next
//===//
// Two critical sections are told apart by where the lock was acquired. A call
// of a function that locks and unlocks by itself is a section of its own. See
// the header.
//===----------------------------------------------------------------------===//
#include "analysis/SplitSections.h"
#include "analysis/CallInfo.h"
#include "analysis/GuardInference.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/SectionUses.h"
#include "analysis/SoleThread.h"
#include "analysis/StablePath.h"
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

/// A use of state in a section of its own, in terms of the function at hand.
struct Operation {
  const Expr *Where; ///< the use, or the call
  const FunctionAccesses *Callee;
  const SectionUse *Use;
  const LockPath *State, *Lock;
};

class Finder {
public:
  explicit Finder(TranslationUnit &TU)
      : TU(TU), All(TU.accesses()), Guards(TU.guards()),
        SM(TU.context().getSourceManager()) {}

  std::vector<SplitSection> run();

private:
  bool matters(const FunctionAccesses &F);
  void search(const FunctionAccesses &F);
  void addVisible(const FunctionAccesses &F);
  void addCalls(const FunctionAccesses &F);
  const LockPath *inCaller(const LockPath *P, const CallSite &Site);
  SectionUses &usesOf(const FunctionAccesses &F);

  bool isSplit(const FunctionAccesses &F, const Operation &Test,
               const Operation &Act);
  bool isClaimed(const FunctionAccesses &F, const Operation &Test);
  bool isTestedAgain(const FunctionAccesses &F, const Operation &Act);
  bool waitsBetween(const FunctionAccesses &F, const Operation &Test,
                    const Operation &Act);
  bool tellsOutcome(const FunctionAccesses &F, const Operation &Act);
  bool mayGoStale(const FunctionAccesses &F, const Operation &Act);
  const LockPath *objectOf(const Operation &Act);
  bool isOwnObject(const FunctionAccesses &F, const Operation &Op);
  SourceLocation releaseAfter(const FunctionAccesses &F, const Operation &Test,
                              const Operation &Act);
  SectionPlace placeOf(const Operation &Op);
  bool isEarlier(const Stmt *A, const Stmt *B) const {
    return isBefore(*A, *B, SM);
  }

  TranslationUnit &TU;
  LockedAccesses &All;
  GuardInference &Guards;
  const SourceManager &SM;
  llvm::DenseMap<const FunctionAccesses *, std::unique_ptr<SectionUses>> Cache;
  std::vector<Operation> Tests, Acts; ///< of the function at hand
  std::vector<SplitSection> Found;
};

} // namespace

SectionUses &Finder::usesOf(const FunctionAccesses &F) {
  std::unique_ptr<SectionUses> &Uses = Cache[&F];
  if (!Uses)
    Uses = std::make_unique<SectionUses>(F, Guards);
  return *Uses;
}

//===----------------------------------------------------------------------===//
// Operations of one function
//===----------------------------------------------------------------------===//

static bool isLambdaBody(const FunctionDecl &F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  return Method && Method->getParent()->isLambda();
}

/// Two critical sections at least: acquisitions of its own, or calls that lock.
bool Finder::matters(const FunctionAccesses &F) {
  if (!F.HasFlow || F.Vague || F.OnlySetup || !F.Expects.empty() ||
      isa<CXXConstructorDecl>(F.F) || isa<CXXDestructorDecl>(F.F) ||
      !heldByAllCallers(F).empty() ||
      (F.F->getIdentifier() && namesStartOrStop(F.F->getName())))
    return false;
  unsigned Sections = 0;
  SourceLocation First;
  for (const LocksAt &At : F.Locks)
    for (const KnownLock &L : At.Must)
      if (L.Here && L.Acquired != First) {
        First = L.Acquired;
        ++Sections;
      }
  for (const CallSite &Site : F.Body.Calls)
    if (Sections < 2)
      if (const FunctionAccesses *Callee = All.of(Site.Callee))
        Sections += !Callee->Acquires.empty();
  return Sections >= 2;
}

void Finder::addVisible(const FunctionAccesses &F) {
  for (const SectionUse &Use : usesOf(F).all()) {
    Operation Op{Use.What->Where, nullptr, &Use, Use.What->Path, Use.Lock.Path};
    if (Use.What->Kind == AccessKind::Read)
      Tests.push_back(Op);
    if (Use.isAct())
      Acts.push_back(Op);
  }
}

/// A callee's path in terms of its caller; null if it cannot be said there.
const LockPath *Finder::inCaller(const LockPath *P, const CallSite &Site) {
  const LockPath *Result =
      TU.paths().replaceRoot(P, [&](const LockPath *Root) -> const LockPath * {
        if (Root->kind() == LockPath::Kind::This)
          return Site.Object;
        if (Root->kind() == LockPath::Kind::Parameter) {
          const Expr *Arg = argument(Site.Where, Root->number());
          return Arg ? TU.paths().of(Arg) : nullptr;
        }
        const VarDecl *V = Root->variable();
        return V && V->hasGlobalStorage() ? Root : nullptr;
      });
  return Result->root()->isUnknown() ? nullptr : Result;
}

void Finder::addCalls(const FunctionAccesses &F) {
  for (const CallSite &Site : F.Body.Calls) {
    const FunctionAccesses *Callee = All.of(Site.Callee);
    if (!Callee || Callee == &F || Callee->Acquires.empty() ||
        Site.RunsCallable || isLambdaBody(*Callee->F))
      continue;
    auto Add = [&](const SectionUse *Use, std::vector<Operation> &To) {
      const LockPath *State = inCaller(Use->What->Path, Site);
      const LockPath *Lock = inCaller(Use->Lock.Path, Site);
      const LocksAt *At = LockedAccesses::at(F, Site.Where);
      if (!State || !Lock || !At ||
          llvm::any_of(At->Must,
                       [&](const KnownLock &L) { return L.Path == Lock; }) ||
          llvm::is_contained(At->May, Lock))
        return;
      To.push_back({Site.Where, Callee, Use, State, Lock});
    };
    for (const SectionUse *Use : usesOf(*Callee).answers())
      Add(Use, Tests);
    if (!TU.functions().mayWait(Callee->F))
      for (const SectionUse *Use : usesOf(*Callee).acts())
        Add(Use, Acts);
  }
}

//===----------------------------------------------------------------------===//
// Is the act about what was tested?
//===----------------------------------------------------------------------===//

static bool isContainerState(const Operation &Op) {
  return Op.Use->What->Decl->getType()->isRecordType();
}

/// The call with the arguments that say which element is meant. Null: none.
static const Expr *callOf(const Operation &Op) {
  const Expr *Call = Op.Callee ? Op.Where : Op.Use->Use.By;
  return Call && isa<CallExpr>(Call) ? Call : nullptr;
}

/// How many arguments of \p B are arguments of \p A as well.
static unsigned sharedArguments(const Expr &A, const Expr &B) {
  unsigned Shared = 0;
  for (unsigned J = 0, K = writtenArgs(&B); J < K; ++J)
    for (unsigned I = 0, N = writtenArgs(&A); I < N; ++I)
      if (expressionProfile(argument(&A, I)->IgnoreParenImpCasts()) ==
          expressionProfile(argument(&B, J)->IgnoreParenImpCasts())) {
        ++Shared;
        break;
      }
  return Shared;
}

/// `settings_.set(key, value)`: whether a class of the user's overwrites what
/// was tested, which is no mistake, or builds on it, cannot be told.
static bool mayOverwrite(const Operation &Act, unsigned Arguments,
                         unsigned Shared) {
  const CXXRecordDecl *R = Act.Use->What->Decl->getType()->getAsCXXRecordDecl();
  return R && !R->isInStdNamespace() && Arguments > Shared &&
         Act.Use->Use.Use == ObjectUse::Changes;
}

/// `erase(find(key))`, `it = find(key); erase(it)`: what was asked for is
/// looked up again, and taken.
static bool names(const SectionUses &Uses, const Expr &Asked, const Expr *Done,
                  unsigned DoneArgs, const LockPath *State) {
  for (unsigned I = 0; I < DoneArgs; ++I)
    if (Uses.anyPart(*argument(Done, I), [&](const Expr &Part) {
          const auto *LookUp = dyn_cast<CXXMemberCallExpr>(&Part);
          const SectionUse *Use =
              LookUp ? Uses.at(LookUp->getImplicitObjectArgument()
                                   ->IgnoreParenImpCasts())
                     : nullptr;
          return Use && Use->What->Path == State &&
                 sharedArguments(Asked, *LookUp) > 0;
        }))
      return true;
  return false;
}

/// `contains(a)` says nothing of `erase(b)`, and `empty()` nothing of either.
static bool fits(const Operation &Test, const Operation &Act,
                 const SectionUses &Uses) {
  if (Test.State != Act.State || Test.Lock != Act.Lock)
    return false;
  if (!isContainerState(Act))
    return true;
  const Expr *Asked = callOf(Test), *Done = callOf(Act);
  unsigned AskedArgs = Asked ? writtenArgs(Asked) : 0;
  unsigned DoneArgs = Done ? writtenArgs(Done) : 0;
  if (AskedArgs > 0) {
    for (unsigned I = 0; I < DoneArgs; ++I) // `erase(it)`
      if (Uses.anyPart(*argument(Done, I),
                       [&](const Expr &E) { return &E == Test.Where; }))
        return true;
    unsigned Shared = DoneArgs ? sharedArguments(*Asked, *Done) : 0;
    if (Shared == 0 && names(Uses, *Asked, Done, DoneArgs, Act.State))
      return true;
    return Shared > 0 && !mayOverwrite(Act, DoneArgs, Shared);
  }
  if (Act.Use->Use.Use == ObjectUse::Inserts)
    return !Asked; // a limit of the size may be a little wrong
  if (DoneArgs == 0 || Act.Use->Use.Use != ObjectUse::Changes)
    return true;
  // `v.erase(v.begin())`
  return mentionedDecls(Done->IgnoreParens()).count(Act.Use->What->Decl) &&
         llvm::any_of(cast<CallExpr>(Done)->arguments(), [&](const Expr *Arg) {
           return mentionedDecls(Arg).count(Act.Use->What->Decl);
         });
}

bool Finder::isSplit(const FunctionAccesses &F, const Operation &Test,
                     const Operation &Act) {
  if (!Test.Callee && !Act.Callee)
    return Test.Use->Lock.Acquired != Act.Use->Lock.Acquired;
  if (Test.Where == Act.Where)
    return false;
  // Another lock that is held all the time makes one section of both.
  const LocksAt *First = LockedAccesses::at(F, Test.Where);
  const LocksAt *Second = LockedAccesses::at(F, Act.Where);
  return First && Second && First->May.empty() && Second->May.empty();
}

static bool holdsThroughout(const FunctionAccesses &F, const Operation &Test,
                            const Operation &Act) {
  const LocksAt *First = LockedAccesses::at(F, Test.Where);
  const LocksAt *Second = LockedAccesses::at(F, Act.Where);
  if (!First || !Second)
    return true; // not known
  return llvm::any_of(First->Must, [&](const KnownLock &A) {
    return llvm::any_of(Second->Must, [&](const KnownLock &B) {
      return A.Path == B.Path && A.Acquired == B.Acquired;
    });
  });
}

//===----------------------------------------------------------------------===//
// What makes it right
//===----------------------------------------------------------------------===//

/// The first section changes something after the test: whoever does, owns it.
bool Finder::isClaimed(const FunctionAccesses &F, const Operation &Test) {
  if (Test.Callee)
    return false;
  return llvm::any_of(usesOf(F).all(), [&](const SectionUse &Use) {
    return (isWrite(Use.What->Kind) || Use.What->Kind == AccessKind::Address) &&
           Use.Lock.Path == Test.Lock &&
           Use.Lock.Acquired == Test.Use->Lock.Acquired;
  });
}

bool Finder::isTestedAgain(const FunctionAccesses &F, const Operation &Act) {
  if (Act.Callee)
    return false; // see SectionUses::acts()
  SectionUses &Uses = usesOf(F);
  for (const Stmt *Branch : Uses.branches()) {
    const Expr &Condition = *decidingExpr(*Branch);
    if (!isEarlier(&Condition, Act.Where) &&
        Branch->getBeginLoc() != Act.Where->getBeginLoc())
      continue;
    bool Decides = decides(*Branch, *Act.Where, Uses.parents(), SM);
    bool Again = Uses.anyPart(Condition, [&](const Expr &Part) {
      const SectionUse *Use = Uses.at(&Part);
      return Use && Use->Lock.Path == Act.Lock &&
             Use->Lock.Acquired == Act.Use->Lock.Acquired &&
             (Decides || Use->What->Path->startsWith(Act.State));
    });
    if (Again)
      return true;
  }
  return false;
}

/// `cv.wait(lock, [this] { return !items_.empty(); });`
bool Finder::waitsBetween(const FunctionAccesses &F, const Operation &Test,
                          const Operation &Act) {
  const FunctionScan *Scan = TU.functions().scan(F.F);
  return Scan && llvm::any_of(Scan->Conditions, [&](const Expr *Call) {
           const FunctionModel *Model =
               TU.models().function(namedCallee(Call), writtenArgs(Call));
           return Model && Model->Does == Effect::ConditionWait &&
                  isEarlier(Test.Where, Call) && isEarlier(Call, Act.Where);
         });
}

static bool isValueUsed(const Expr &Call, const BodyParents &Parents) {
  const Stmt *S = &Call;
  do
    S = Parents.parent(S);
  while (S && (isa<FullExpr>(S) || isa<CastExpr>(S) || isa<ParenExpr>(S)));
  return S && (isa<Expr>(S) || isa<DeclStmt>(S) || isa<ReturnStmt>(S) ||
               conditionIn(*S));
}

/// `if (items_.erase(key))`: the act says whether it found anything.
bool Finder::tellsOutcome(const FunctionAccesses &F, const Operation &Act) {
  const Expr *Call = callOf(Act);
  if (!Call || Act.Use->Use.Use == ObjectUse::Element || Call->isLValue() ||
      !isValueUsed(*Call, usesOf(F).parents()))
    return false;
  if (Call->getType()->isBooleanType())
    return true;
  if (!Act.Callee)
    return Call->getType()->isIntegralOrEnumerationType() &&
           writtenArgs(Call) > 0;
  const Expr *Inside = Act.Use->Use.By; // `return items_.erase(key);`
  return Inside && isa<CallExpr>(Inside) && writtenArgs(Inside) > 0 &&
         Inside->getType()->isIntegralOrEnumerationType() &&
         isValueUsed(*Inside, usesOf(*Act.Callee).parents());
}

/// Somebody else may make the answer wrong: what is never taken out, or only by
/// the thread that asks, stays.
bool Finder::mayGoStale(const FunctionAccesses &F, const Operation &Act) {
  bool ByAct = Act.Use->Use.Use != ObjectUse::Element;
  bool ByInsertion = Act.Use->Use.Use == ObjectUse::Inserts;
  FunctionSet Spoilers;
  for (const auto &G : All.functions()) {
    if (G->OnlySetup || isa<CXXConstructorDecl>(G->F) ||
        isa<CXXDestructorDecl>(G->F))
      continue;
    for (const Access &A : G->Body.All) {
      if (A.Decl != Act.Use->What->Decl || !isWrite(A.Kind))
        continue;
      ObjectUse Use = useOf(A, usesOf(*G).parents()).Use;
      if (Use != ObjectUse::Element &&
          (Use != ObjectUse::Inserts || ByInsertion))
        Spoilers.insert(G.get());
    }
  }
  return (ByAct || !Spoilers.empty()) &&
         !isSoleThread(F, std::move(Spoilers), objectOf(Act), All);
}

/// What the member function that acts is called on. Null: nothing.
const LockPath *Finder::objectOf(const Operation &Act) {
  const auto *Call =
      Act.Callee ? dyn_cast<CXXMemberCallExpr>(Act.Where) : nullptr;
  return Call ? TU.paths().of(Call->getImplicitObjectArgument()) : nullptr;
}

/// Nobody else has the object: a local variable of the function.
bool Finder::isOwnObject(const FunctionAccesses &F, const Operation &Op) {
  const VarDecl *V = Op.State->root()->variable();
  if (!V || V->hasGlobalStorage())
    return Op.State->root()->kind() == LockPath::Kind::Temporary;
  return V->getParentFunctionOrMethod() == F.F &&
         (V->getType()->isRecordType() ||
          F.Body.Fresh.count(V->getCanonicalDecl()));
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

/// Where the lock of the first section is released.
SourceLocation Finder::releaseAfter(const FunctionAccesses &F,
                                    const Operation &Test,
                                    const Operation &Act) {
  const HeldLocks *Flow = Test.Callee ? nullptr : TU.summaries().flow(F.F);
  if (!Flow)
    return {};
  SourceLocation Best;
  auto Callees = [this](const FunctionDecl *C) {
    return TU.summaries().known(C);
  };
  SourceLocation From = SM.getExpansionLoc(Test.Where->getBeginLoc());
  SourceLocation To = SM.getExpansionLoc(Act.Where->getBeginLoc());
  Flow->forEachEvent(Callees, [&](const Event &E, const LockState &Before) {
    const HeldLock *Held = Before.findHeld(Test.Lock);
    bool Releases =
        E.Kind == EventKind::Release || E.Kind == EventKind::GuardEnd;
    if (!Held || !Releases || Held->Acquired != Test.Use->Lock.Acquired)
      return;
    SourceLocation Loc = SM.getExpansionLoc(E.Loc);
    if (SM.isBeforeInTranslationUnit(From, Loc) &&
        SM.isBeforeInTranslationUnit(Loc, To) &&
        (Best.isInvalid() || SM.isBeforeInTranslationUnit(Best, Loc)))
      Best = Loc;
  });
  return Best;
}

SectionPlace Finder::placeOf(const Operation &Op) {
  SectionPlace P{Op.Where, nullptr, Op.Use->What->Where, Op.Use->Lock.Acquired};
  if (Op.Callee)
    P.In = Op.Callee->F;
  return P;
}

void Finder::search(const FunctionAccesses &F) {
  Tests.clear();
  Acts.clear();
  addVisible(F);
  addCalls(F);
  auto IsEarlier = [&](const Operation &A, const Operation &B) {
    return isEarlier(A.Where, B.Where);
  };
  llvm::stable_sort(Tests, IsEarlier);
  llvm::stable_sort(Acts, IsEarlier);
  SectionUses &Uses = usesOf(F);
  llvm::SmallVector<const Expr *, 2> Done;
  for (const Stmt *Branch : Uses.branches()) {
    const Expr &Condition = *decidingExpr(*Branch);
    llvm::SmallVector<const LockPath *, 1> DoneHere; // the first act is enough
    for (const Operation &Test : Tests) {
      if (!Uses.anyPart(Condition,
                        [&](const Expr &Part) { return &Part == Test.Where; }))
        continue;
      for (const Operation &Act : Acts) {
        if (!fits(Test, Act, Uses) || !isSplit(F, Test, Act) ||
            !decides(*Branch, *Act.Where, Uses.parents(), SM) ||
            !isEarlier(Test.Where, Act.Where) ||
            holdsThroughout(F, Test, Act) || isOwnObject(F, Act) ||
            isClaimed(F, Test) || isTestedAgain(F, Act) ||
            waitsBetween(F, Test, Act) || tellsOutcome(F, Act) ||
            !mayGoStale(F, Act) || !isStable(*Act.Lock, *F.F) ||
            All.isBeforeOrAfterSharing(F, Act.Where) ||
            llvm::is_contained(Done, Act.Where) ||
            llvm::is_contained(DoneHere, Act.State))
          continue;
        Done.push_back(Act.Where);
        DoneHere.push_back(Act.State);
        Found.push_back({placeOf(Test), placeOf(Act),
                         releaseAfter(F, Test, Act), Act.State, Act.Lock});
      }
    }
  }
}

std::vector<SplitSection> Finder::run() {
  for (const auto &F : All.functions())
    if (matters(*F))
      search(*F);
  return std::move(Found);
}

std::vector<SplitSection> splitSections(TranslationUnit &TU) {
  return Finder(TU).run();
}

} // namespace threadlint
