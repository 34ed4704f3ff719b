//===- LockedAccesses.cpp - Accesses and the locks held there -------------===//
// See the header. A function that neither locks nor calls one that does needs no
// control-flow graph: nothing is held in it but what its callers hold.
//===----------------------------------------------------------------------===//
#include "analysis/LockedAccesses.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/Callable.h"
#include "analysis/FunctionIndex.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "analysis/NameWords.h"
#include "analysis/Summaries.h"
#include "analysis/Tasks.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

// Rounds until callers' locks must have settled; chains are short.
static constexpr unsigned MaxRounds = 12;

LockedAccesses::~LockedAccesses() = default;

llvm::ArrayRef<std::unique_ptr<FunctionAccesses>> LockedAccesses::functions() {
  if (!Computed) {
    Computed = true;
    computeAll();
  }
  return Functions;
}

const FunctionAccesses *LockedAccesses::of(const FunctionDecl *F) {
  (void)functions(); // computes them
  const FunctionDecl *Definition = nullptr;
  return F && F->hasBody(Definition) ? find(Definition) : nullptr;
}

const LocksAt *LockedAccesses::at(const FunctionAccesses &F, const Expr *E) {
  static const LocksAt Nothing;
  if (!F.HasFlow)
    return &Nothing;
  auto It = F.States.find(E);
  return It == F.States.end() ? nullptr : &F.Locks[It->second];
}

void LockedAccesses::computeAll() {
  llvm::ArrayRef<const FunctionDecl *> Definitions = Index.functions();
  if (llvm::none_of(Definitions, [&](const FunctionDecl *F) {
        const FunctionScan *Scan = Index.scan(F);
        return Scan && Scan->Locks;
      }))
    return;
  for (const FunctionDecl *F : Definitions)
    addFunction(*F);
  for (auto &Data : Functions)
    classify(*Data);
  markTasks();
  markJoins();
  linkCalls();
  settleContexts();
  settleThreads();
}

//===----------------------------------------------------------------------===//
// One function
//===----------------------------------------------------------------------===//

void LockedAccesses::addFunction(const FunctionDecl &F) {
  const FunctionScan *Scan = Index.scan(&F);
  if (!Scan || Scan->OverBudget)
    return;
  auto Data = std::make_unique<FunctionAccesses>(&F, Bodies.of(F));
  if (Index.mayLock(&F) || F.hasAttr<RequiresCapabilityAttr>())
    addLocks(*Data);
  ByDefinition[&F] = Data.get();
  Functions.push_back(std::move(Data));
}

static void noteOnce(llvm::SmallVectorImpl<const LockPath *> &List,
                     const LockPath *P) {
  if (!llvm::is_contained(List, P))
    List.push_back(P);
}

static LocksAt locksIn(const LockState &S) {
  LocksAt Result;
  for (const HeldLock &H : S.Held) {
    if (H.Must)
      Result.Must.push_back({H.Path, H.Mode, H.Acquired, !H.FromCaller});
    else
      Result.May.push_back(H.Path);
  }
  for (const LockPath *P : S.Released)
    Result.May.push_back(P); // the caller's business
  return Result;
}

static bool sameLocks(const LocksAt &A, const LocksAt &B) {
  return A.May == B.May && A.Must.size() == B.Must.size() &&
         std::equal(A.Must.begin(), A.Must.end(), B.Must.begin(),
                    [](const KnownLock &L, const KnownLock &R) {
                      return L.Path == R.Path && L.Mode == R.Mode &&
                             L.Acquired == R.Acquired;
                    });
}

/// The same expression in another block: what is sure holds in both.
static void meet(LocksAt &Into, const LocksAt &Other) {
  for (size_t I = Into.Must.size(); I > 0; --I) {
    const LockPath *P = Into.Must[I - 1].Path;
    if (llvm::none_of(Other.Must,
                      [&](const KnownLock &L) { return L.Path == P; })) {
      noteOnce(Into.May, P);
      Into.Must.erase(Into.Must.begin() + (I - 1));
    }
  }
  for (const LockPath *P : Other.May)
    noteOnce(Into.May, P);
}

void LockedAccesses::noteByHand(const Event &E, FunctionAccesses &Data) const {
  if (!E.Where)
    return;
  SourceLocation Loc = placeOf(E.Where);
  if (E.Kind == EventKind::Release &&
      (Data.FirstUnlock.isInvalid() || Loc < Data.FirstUnlock))
    Data.FirstUnlock = Loc;
  if (E.Kind == EventKind::Acquire && Data.LastLock < Loc)
    Data.LastLock = Loc;
}

void LockedAccesses::addLocks(FunctionAccesses &Data) {
  const HeldLocks *Flow = All.flow(Data.F);
  Data.HasFlow = true; // without a graph nothing is known of any point
  if (!Flow)
    return;
  auto Callees = [this](const FunctionDecl *C) { return All.known(C); };
  Flow->forEachPoint(Callees, [&](const Expr &E, const LockState &Before) {
    LocksAt Now = locksIn(Before);
    auto [It, New] = Data.States.try_emplace(&E, Data.Locks.size());
    if (!New)
      meet(Now, Data.Locks[It->second]);
    else if (!Data.Locks.empty() && sameLocks(Data.Locks.back(), Now)) {
      It->second = Data.Locks.size() - 1;
      return;
    }
    It->second = Data.Locks.size();
    Data.Locks.push_back(std::move(Now));
  });
  for (const LocksAt &At : Data.Locks)
    for (const KnownLock &L : At.Must)
      noteOnce(L.Here ? Data.Acquires : Data.Expects, L.Path);
  Flow->forEachEvent(Callees, [&](const Event &E, const LockState &Before) {
    noteByHand(E, Data);
    for (const LockPath *P : Before.Released)
      noteOnce(Data.Expects, P);
  });
  for (const HeldLock &H : Flow->atExit().Held)
    if (!H.FromCaller)
      noteOnce(Data.Keeps, H.Path);
}

//===----------------------------------------------------------------------===//
// How a function is entered
//===----------------------------------------------------------------------===//

static bool isLambdaBody(const FunctionDecl &F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  return Method && Method->getParent()->isLambda();
}

/// The function around the lambdas around the code.
static const FunctionDecl *outermost(const FunctionDecl &F) {
  const FunctionDecl *Result = &F;
  for (const DeclContext *DC = F.getDeclContext(); DC; DC = DC->getParent())
    if (const auto *Outer = dyn_cast<FunctionDecl>(DC))
      Result = Outer;
  return Result->getCanonicalDecl();
}

bool takesGuard(const FunctionDecl &F, const Models &M) {
  return llvm::any_of(F.parameters(), [&](const ParmVarDecl *P) {
    QualType T = P->getType().getNonReferenceType();
    if (T->isPointerType())
      T = T->getPointeeType();
    const TypeModel *Type = M.type(T);
    return Type && Type->Kind == TypeKind::Guard;
  });
}

void LockedAccesses::classify(FunctionAccesses &Data) {
  const FunctionDecl &F = *Data.F;
  if (F.getIdentifier() && namesCallersLock(F.getName()))
    Data.Vague = true;
  if (takesGuard(F, M) || F.hasAttr<NoThreadSafetyAnalysisAttr>())
    Data.Vague = true;
  bool Setup = isa<CXXConstructorDecl>(F) || isa<CXXDestructorDecl>(F) ||
               (F.getIdentifier() && namesSetup(F.getName()));
  Data.OnlySetup = Setup;
  if (F.isMain()) {
    Data.IsTask = true;
    return;
  }
  if (isLambdaBody(F))
    return; // its calls are visible, or it was handed to somebody
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  // The base class calls it: a thread, with nothing held.
  bool Starts = Method && isThreadsRun(*Method, M);
  if (Method && Method->isVirtual() && Method->getAccess() != AS_public &&
      !Starts)
    Data.Vague = true;
  bool Hidden = Method ? Method->getAccess() == AS_private ||
                             Method->getAccess() == AS_protected
                       : !F.isExternallyVisible();
  Data.Outside = !Hidden || Starts;
}

/// Places in one function can be compared by their order in the source.
SourceLocation LockedAccesses::placeOf(const Expr *E) const {
  return Context.getSourceManager().getExpansionLoc(E->getBeginLoc());
}

void LockedAccesses::markTasks() {
  for (auto &Data : Functions) {
    for (const FunctionDecl *Named : Data->Body.AddressTaken) {
      const FunctionDecl *Definition = nullptr;
      if (Named->hasBody(Definition))
        if (FunctionAccesses *Target = find(Definition))
          Target->Vague |= !Target->IsTask && !Target->Outside;
    }
    std::unique_ptr<BodyParents> Parents;
    for (const Task &T : AllTasks.of(Data->F)) {
      SourceLocation Loc = placeOf(T.Spawn);
      if (!Data->FirstSpawn.isValid() || Loc < Data->FirstSpawn)
        Data->FirstSpawn = Loc;
      FunctionAccesses *Entry = T.Entry ? find(T.Entry) : nullptr;
      if (!Entry)
        continue;
      if (!Parents)
        Parents = std::make_unique<BodyParents>(*Data->F);
      bool Loop = T.Model->Ends == TaskEnd::Pool;
      bool Again = Entry->IsTask || Parents->isInLoop(T.Spawn) ||
                   T.Model->Does == Effect::Emplace;
      Entry->IsTask = true;
      Entry->Vague = false;
      Entry->Thread.None = false;
      Entry->Thread.Entry = Loop ? nullptr : Entry->F;
      Entry->Thread.Many |= Again && !Loop;
    }
    if (Data->F->isMain() && !Data->FirstSpawn.isValid())
      Data->OnlySetup = true; // of threads that others start
  }
}

/// Where the function, or one that it calls, waits for the end of a thread.
void LockedAccesses::markJoins() {
  auto Note = [&](FunctionAccesses &Data, const Expr *Where) {
    SourceLocation Loc = placeOf(Where);
    bool New = !Data.FirstJoin.isValid() || Loc < Data.FirstJoin;
    if (New)
      Data.FirstJoin = Loc;
    return New;
  };
  for (auto &Data : Functions)
    for (const Expr *Join : Data->Body.Joins)
      Note(*Data, Join);
  bool Changed = true;
  for (unsigned Round = 0; Changed && Round < MaxRounds; ++Round) {
    Changed = false;
    for (auto &Data : Functions)
      for (const CallSite &Site : Data->Body.Calls) {
        const FunctionAccesses *Callee = find(Site.Callee);
        if (Callee && Callee->FirstJoin.isValid() && Site.Where)
          Changed |= Note(*Data, Site.Where);
      }
  }
}

bool LockedAccesses::isBeforeOrAfterSharing(const FunctionAccesses &F,
                                            const Expr *E) const {
  if (F.OnlySetup)
    return true;
  SourceLocation Loc = placeOf(E);
  return (F.FirstSpawn.isValid() && Loc < F.FirstSpawn) ||
         (F.FirstJoin.isValid() && F.FirstJoin < Loc);
}

bool LockedAccesses::isInOpenWindow(const FunctionAccesses &F,
                                    const Expr *E) const {
  SourceLocation Loc = placeOf(E);
  return F.FirstUnlock.isValid() && F.FirstUnlock < Loc && Loc < F.LastLock;
}

bool LockedAccesses::isSetupCall(const FunctionAccesses &Caller,
                                 const CallSite &Site) const {
  if (!isBeforeOrAfterSharing(Caller, Site.Where))
    return false;
  if (!isa<CXXConstructorDecl>(Caller.F) && !isa<CXXDestructorDecl>(Caller.F))
    return true;
  // A constructor's own object is its own; others it may share.
  return isLambdaBody(*Site.Callee) || !Site.Object ||
         Site.Object->root()->kind() == LockPath::Kind::This;
}

void LockedAccesses::linkCalls() {
  for (auto &Caller : Functions)
    for (const CallSite &Site : Caller->Body.Calls)
      if (FunctionAccesses *Callee = find(Site.Callee))
        Callee->Calls.push_back({&Site, Caller->F, {}, {}, false, false});
  for (auto &Data : Functions) {
    bool Called = !Data->Calls.empty();
    // Setup of setup: settled by the order of the source well enough.
    llvm::erase_if(Data->Calls, [&](const CallContext &C) {
      return isSetupCall(*find(C.Caller), *C.Site);
    });
    if (Called && Data->Calls.empty() && !Data->IsTask && !Data->Outside &&
        !Data->Vague)
      Data->OnlySetup = true;
    // Handed to somebody, or called from where nobody can see.
    if (!Called && !Data->IsTask && !Data->Outside)
      Data->Vague = true;
  }
}

//===----------------------------------------------------------------------===//
// What callers hold
//===----------------------------------------------------------------------===//

/// \p P with \p Prefix, one of its parents, replaced; null if a step cannot be
/// said again.
static const LockPath *rebase(const LockPath *P, const LockPath *Prefix,
                              const LockPath *New, LockPaths &Paths) {
  if (P == Prefix)
    return New;
  const LockPath *Parent = rebase(P->parent(), Prefix, New, Paths);
  if (!Parent)
    return nullptr;
  if (const FieldDecl *Field = P->field())
    return Paths.field(Parent, Field);
  return P->kind() == LockPath::Kind::Managed ? Paths.managed(Parent) : nullptr;
}

const LockPath *LockedAccesses::inCallee(const LockPath *Lock,
                                         const CallSite &Site,
                                         const FunctionDecl &Caller) {
  const VarDecl *V = Lock->root()->variable();
  if (V && V->hasGlobalStorage())
    return Lock;
  const FunctionDecl &Callee = *Site.Callee;
  if (isLambdaBody(Callee))
    return outermost(Callee) == outermost(Caller) ? Lock : nullptr;
  if (Site.Object && !Site.Object->isUnknown() &&
      Lock->startsWith(Site.Object))
    return rebase(Lock, Site.Object, Paths.thisObject(), Paths);
  if (Site.RunsCallable)
    return nullptr;
  for (unsigned I = 0, N = numArguments(Site.Where);
       I < N && I < Callee.getNumParams(); ++I) {
    const LockPath *Arg = Paths.of(argument(Site.Where, I));
    if (!Arg->isUnknown() && Lock->startsWith(Arg))
      return rebase(Lock, Arg, Paths.parameter(&Callee, I), Paths);
  }
  return nullptr;
}

llvm::SmallVector<KnownLock, 2> heldByAllCallers(const FunctionAccesses &F) {
  llvm::SmallVector<KnownLock, 2> Result;
  if (F.Calls.empty() || F.IsTask)
    return Result;
  for (const KnownLock &L : F.Calls.front().Must) {
    KnownLock Common = L;
    bool InAll = llvm::all_of(F.Calls, [&](const CallContext &C) {
      auto *Twin = llvm::find_if(
          C.Must, [&](const KnownLock &K) { return K.Path == L.Path; });
      if (Twin != C.Must.end() && Twin->Mode == LockMode::Shared)
        Common.Mode = LockMode::Shared;
      return Twin != C.Must.end();
    });
    if (InAll)
      Result.push_back(Common);
  }
  return Result;
}

bool LockedAccesses::updateContext(CallContext &C, const FunctionAccesses &) {
  const FunctionAccesses &Caller = *find(C.Caller);
  CallContext New{C.Site, C.Caller, {}, {}, Caller.Vague, Caller.Outside};
  auto AddMust = [&](const KnownLock &L, bool Here) {
    const LockPath *P = inCallee(L.Path, *C.Site, *C.Caller);
    if (P && llvm::none_of(New.Must, [&](const KnownLock &K) {
          return K.Path == P;
        }))
      New.Must.push_back({P, L.Mode, L.Acquired, Here});
    // A lambda that somebody else calls under his lock, which may be ours.
    if (!P && isLambdaBody(*C.Site->Callee))
      New.Vague = true;
  };
  const LocksAt *At = at(Caller, C.Site->Where);
  if (!At) {
    New.Vague = true;
  } else {
    for (const KnownLock &L : At->Must)
      AddMust(L, true);
    for (const LockPath *P : At->May)
      if (const LockPath *There = inCallee(P, *C.Site, *C.Caller))
        noteOnce(New.May, There);
  }
  for (const KnownLock &L : heldByAllCallers(Caller))
    if (!At || !llvm::is_contained(At->May, L.Path))
      AddMust(L, false);
  if (!Caller.IsTask)
    for (const CallContext &Above : Caller.Calls) {
      New.Vague |= Above.Vague;
      New.FromOutside |= Above.FromOutside;
    }
  bool Changed = New.Must.size() != C.Must.size() || New.Vague != C.Vague ||
                 New.FromOutside != C.FromOutside;
  C = std::move(New);
  return Changed;
}

/// Upwards from nothing: what a caller inherits from its own callers is added
/// until nothing changes. A cycle of calls adds nothing by itself: silence.
void LockedAccesses::settleContexts() {
  bool Changed = true;
  for (unsigned Round = 0; Changed && Round < MaxRounds; ++Round) {
    Changed = false;
    for (auto &Data : Functions)
      for (CallContext &C : Data->Calls)
        Changed |= updateContext(C, *Data);
  }
}

//===----------------------------------------------------------------------===//
// Which thread runs a function
//===----------------------------------------------------------------------===//

static bool join(ThreadOf &Into, const ThreadOf &Other) {
  if (Other.None || Into.Many)
    return false;
  if (Into.None) {
    Into = Other;
    return true;
  }
  if (!Other.Many && Into.Entry == Other.Entry)
    return false;
  Into.Many = true;
  return true;
}

void LockedAccesses::settleThreads() {
  for (auto &Data : Functions) {
    if (Data->IsTask && !Data->F->isMain())
      continue; // its thread is known
    Data->Thread.None = !Data->Outside && !Data->Vague && !Data->IsTask;
    Data->Thread.Many = Data->Outside;
    Data->Thread.Entry = Data->IsTask ? Data->F : nullptr;
  }
  bool Changed = true;
  for (unsigned Round = 0; Changed && Round < MaxRounds; ++Round) {
    Changed = false;
    for (auto &Data : Functions)
      for (const CallContext &C : Data->Calls)
        Changed |= join(Data->Thread, find(C.Caller)->Thread);
  }
}

} // namespace threadlint
