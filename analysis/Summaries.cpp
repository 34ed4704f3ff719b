//===- Summaries.cpp - What a function does to its caller -----------------===//
// Strongly connected components of the call graph, bottom-up; see the header.
// No recursion over the call graph: a chain may be as long as it likes. The steps
// of a chain are in SummarySteps.cpp.
//===----------------------------------------------------------------------===//
#include "analysis/Summaries.h"
#include "analysis/CallInfo.h"
#include "analysis/Debug.h"
#include "analysis/FunctionIndex.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

// Rounds over a recursive component until it is taken as it is.
static constexpr unsigned MaxComponentRounds = 4;

struct Summaries::Entry {
  Summary S;
  bool Computed = false;
  bool FlowComputed = false;
  std::unique_ptr<HeldLocks> Flow;
};

Summaries::Summaries(ASTContext &Context, const Models &M, LockPaths &Paths,
                     FunctionIndex &Index)
    : Context(Context), M(M), Paths(Paths), Index(Index) {}

Summaries::~Summaries() = default;

Summaries::Entry &Summaries::entry(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (F->hasBody(Definition))
    F = Definition;
  std::unique_ptr<Entry> &E = Entries[F];
  if (!E)
    E = std::make_unique<Entry>();
  return *E;
}

const Summary &Summaries::of(const FunctionDecl *F) {
  Entry &E = entry(F);
  if (!E.Computed)
    computeComponents(F);
  return E.S;
}

const Summary *Summaries::known(const FunctionDecl *F) {
  if (!F)
    return nullptr;
  const Summary &S = entry(F).S; // what is known so far, in a cycle
  return S.Known ? &S : nullptr;
}

const HeldLocks *Summaries::flow(const FunctionDecl *F) {
  Entry &E = entry(F);
  if (!E.Computed)
    computeComponents(F);
  if (!E.FlowComputed)
    recompute(*F);
  return E.Flow.get();
}

//===----------------------------------------------------------------------===//
// Strongly connected components (Tarjan), without recursion
//===----------------------------------------------------------------------===//

namespace {
struct TarjanNode {
  unsigned Index = 0;
  unsigned Low = 0;
  bool OnStack = false;
};
struct TarjanFrame {
  const FunctionDecl *F;
  llvm::SmallVector<const FunctionDecl *, 8> Callees;
  unsigned Next = 0;
};
} // namespace

void Summaries::computeComponents(const FunctionDecl *Root) {
  llvm::DenseMap<const FunctionDecl *, TarjanNode> Nodes;
  std::vector<const FunctionDecl *> Stack;
  std::vector<TarjanFrame> Frames;
  unsigned NextIndex = 1;
  auto Push = [&](const FunctionDecl *F) {
    TarjanNode &N = Nodes[F];
    N.Index = N.Low = NextIndex++;
    N.OnStack = true;
    Stack.push_back(F);
    Frames.push_back({F, {}, 0});
    if (const FunctionScan *Scan = Index.scan(F))
      Frames.back().Callees.append(Scan->Callees.begin(), Scan->Callees.end());
  };
  const FunctionDecl *Definition = nullptr;
  Push(Root->hasBody(Definition) ? Definition : Root);
  while (!Frames.empty()) {
    TarjanFrame &Top = Frames.back();
    if (Top.Next < Top.Callees.size()) {
      const FunctionDecl *Callee = Top.Callees[Top.Next++];
      if (entry(Callee).Computed)
        continue;
      auto Found = Nodes.find(Callee);
      if (Found == Nodes.end())
        Push(Callee);
      else if (Found->second.OnStack)
        Nodes[Top.F].Low = std::min(Nodes[Top.F].Low, Found->second.Index);
      continue;
    }
    const FunctionDecl *F = Top.F;
    Frames.pop_back();
    unsigned Low = Nodes[F].Low;
    if (!Frames.empty()) {
      unsigned &Parent = Nodes[Frames.back().F].Low;
      Parent = std::min(Parent, Low);
    }
    if (Low != Nodes[F].Index)
      continue;
    size_t First = Stack.size();
    do {
      Nodes[Stack[--First]].OnStack = false;
    } while (Stack[First] != F);
    computeComponent(llvm::ArrayRef<const FunctionDecl *>(Stack).slice(First));
    Stack.resize(First);
  }
}

void Summaries::computeComponent(llvm::ArrayRef<const FunctionDecl *> Members) {
  bool Recursive = Members.size() > 1;
  for (const FunctionDecl *F : Members) {
    Entry &E = entry(F);
    E.Computed = true;
    const FunctionScan *Scan = Index.scan(F);
    if (!Scan || Scan->OverBudget)
      continue; // stays unknown
    E.S.Known = true;
    Recursive |= llvm::is_contained(Scan->Callees, F);
  }
  for (unsigned Round = 0; Round < (Recursive ? MaxComponentRounds : 1);
       ++Round) {
    bool Changed = false;
    // Callees first: a fact travels most of the way around in one round.
    for (const FunctionDecl *F : llvm::reverse(Members))
      if (entry(F).S.Known &&
          (Index.mayLock(F) || Index.mayBlock(F) || Index.mayNotReturn(F) ||
           Index.mayCallBack(F)))
        Changed |= recompute(*F);
    if (!Changed)
      break;
  }
}

//===----------------------------------------------------------------------===//
// One function
//===----------------------------------------------------------------------===//

/// Calling \p F runs none of it: a coroutine that starts suspended, or of whose
/// start nothing is known.
static bool startsSuspended(const FunctionDecl &F) {
  const auto *Coroutine = dyn_cast_or_null<CoroutineBodyStmt>(F.getBody());
  if (!Coroutine)
    return false;
  const auto *Start =
      dyn_cast_or_null<Expr>(Coroutine->getInitSuspendStmt());
  const auto *Await =
      Start ? dyn_cast<CoawaitExpr>(producer(Start)) : nullptr;
  const CXXRecordDecl *Awaited =
      Await ? Await->getCommonExpr()->getType()->getAsCXXRecordDecl() : nullptr;
  return !Awaited || !Awaited->isInStdNamespace() ||
         Awaited->getName() != "suspend_never";
}

/// \returns true if the summary says more than before.
bool Summaries::recompute(const FunctionDecl &F) {
  Entry &E = entry(&F);
  E.FlowComputed = true;
  E.Flow = nullptr;
  const FunctionScan *Scan = Index.scan(&F);
  const FunctionDecl *Definition = nullptr;
  if (Scan && !Scan->OverBudget && F.hasBody(Definition))
    E.Flow = HeldLocks::compute(
        *Definition, buildEvents(*Definition, Context, M, Paths), Paths,
        [this](const FunctionDecl *Callee) { return known(Callee); }, Context);
  if (!E.Flow) {
    debug() << "threadlint: remark: no result for '" << F.getNameAsString()
            << "'\n";
    E.S = Summary();
    return false;
  }
  Summary New;
  New.Known = true;
  if (startsSuspended(*Definition)) {
    E.S = std::move(New);
    return false;
  }
  New.NeverReturns = !E.Flow->atExit().Reachable;
  summarizeExit(*E.Flow, New);
  summarizeTries(*Definition, *E.Flow, New);
  summarizeSteps(*Definition, *E.Flow, New);
  bool Changed = New.NeverReturns != E.S.NeverReturns ||
                 New.Acquires.size() != E.S.Acquires.size() ||
                 New.Releases.size() != E.S.Releases.size() ||
                 New.Blocks.size() != E.S.Blocks.size() ||
                 New.Locks.size() != E.S.Locks.size() ||
                 New.Callbacks.size() != E.S.Callbacks.size();
  E.S = std::move(New);
  return Changed;
}

/// Locals of the function mean nothing to its caller.
static bool isCallersPath(const LockPath *P, LockPaths &Paths) {
  if (P == returnedValue(Paths))
    return true;
  const LockPath *Root = P->root();
  if (const VarDecl *V = Root->variable())
    return !V->hasLocalStorage() || !V->isLocalVarDecl() ||
           V->getType()->isReferenceType() || V->getType()->isPointerType();
  return Root->kind() != LockPath::Kind::Temporary;
}

void Summaries::summarizeExit(const HeldLocks &Flow, Summary &S) {
  const LockState &Exit = Flow.atExit();
  for (const HeldLock &H : Exit.Held)
    if (!H.FromCaller)
      S.Acquires.push_back(H);
  S.Releases.append(Exit.Released.begin(), Exit.Released.end());
  for (const GuardState &G : Exit.Guards)
    if (isCallersPath(G.Object, Paths))
      S.Guards.push_back(G);
}

namespace {
/// Where a lock stands at the returns of a function that reports success.
struct ReturnVote {
  bool HeldIfNonZero = true, HeldIfZero = true;
  bool FreeIfNonZero = true, FreeIfZero = true;
  bool AnyNonZero = false, AnyZero = false;

  void note(bool NonZero, bool Held, bool Free) {
    (NonZero ? AnyNonZero : AnyZero) = true;
    (NonZero ? HeldIfNonZero : HeldIfZero) &= Held;
    (NonZero ? FreeIfNonZero : FreeIfZero) &= Free;
  }
};
} // namespace

/// `return mu.try_lock();`, `if (try…) return true; return false;`.
void Summaries::summarizeTries(const FunctionDecl &F, const HeldLocks &Flow,
                               Summary &S) {
  if (F.getReturnType()->isVoidType())
    return;
  llvm::SmallVector<const LockPath *, 1> Candidates;
  for (const HeldLock &H : S.Acquires)
    if (!H.Must)
      Candidates.push_back(H.Path);
  for (const LockPath *Lock : Candidates) {
    ReturnVote Vote;
    auto Callees = [this](const FunctionDecl *Callee) { return known(Callee); };
    Flow.forEachEvent(Callees, [&](const Event &E, const LockState &Before) {
      if (E.Kind != EventKind::Return || !E.Value)
        return;
      const HeldLock *Must = nullptr, *May = nullptr;
      for (const HeldLock &H : Before.Held)
        if (H.Path == Lock)
          (H.Must ? Must : May) = &H;
      Condition C = conditionOf(E.Value, Context);
      const TriedLock *T = findTried(Before, C.Tested, Paths);
      if (T && llvm::is_contained(T->Locks, Lock) &&
          (T->Success != SuccessWhen::MinusOne || C.AgainstMinusOne)) {
        bool HeldIfTrue =
            (T->Success != SuccessWhen::Zero) == C.TrueMeansNonZero;
        Vote.note(true, HeldIfTrue, !HeldIfTrue);
        Vote.note(false, !HeldIfTrue, HeldIfTrue);
        return;
      }
      bool Value = false;
      if (E.Value->EvaluateAsBooleanCondition(Value, Context))
        return Vote.note(Value, Must != nullptr, !Must && !May);
      Vote.note(true, Must != nullptr, !Must && !May);
      Vote.note(false, Must != nullptr, !Must && !May);
    });
    if (!Vote.AnyNonZero || !Vote.AnyZero)
      continue;
    if (Vote.HeldIfNonZero && Vote.FreeIfZero)
      S.Tries.push_back({nullptr, SuccessWhen::True, nullptr, {Lock}});
    else if (Vote.HeldIfZero && Vote.FreeIfNonZero)
      S.Tries.push_back({nullptr, SuccessWhen::Zero, nullptr, {Lock}});
  }
}

} // namespace threadlint
