//===- EndlessWaits.cpp - Waits that a shutdown does not end --------------===//
// See the header. Whatever a wait tests and is not understood may be what ends
// it.
//===----------------------------------------------------------------------===//
#include "analysis/EndlessWaits.h"
#include "analysis/Accesses.h"
#include "analysis/BlockingCalls.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/Callable.h"
#include "analysis/ConditionUses.h"
#include "analysis/FlagCondition.h"
#include "analysis/LockPath.h"
#include "analysis/LoopInfo.h"
#include "analysis/NameWords.h"
#include "analysis/TranslationUnit.h"
#include "analysis/WaitTests.h"
#include "analysis/Writes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include <deque>

using namespace clang;

namespace threadlint {
namespace {

using Kind = EndlessWait::Kind;

constexpr unsigned MaxDepth = 4;     // of calls between the entry and the wait
constexpr size_t MaxFunctions = 200; // that one task runs

/// What a condition looks at.
struct Tests {
  DeclSet Decls;
  bool Unknown = false;  ///< something that cannot be seen
  bool HasToken = false; ///< a stop token
};

/// A wait or a call, and the function that it stands in.
struct Frame {
  const FunctionDecl *In;
  const Expr *At;
};

class Finder {
public:
  Finder(const Task &T, const Shutdown &Stop, TranslationUnit &TU)
      : T(T), TU(TU), Stop(Stop) {}
  void run();
  std::vector<EndlessWait> Result;

private:
  void walk(const FunctionDecl &F);
  const FunctionDecl *overrideOf(const CallExpr &Call);
  void look(Kind What, const FunctionDecl &In, const Expr &Wait,
            const LockPath *Object, const ConditionWait *Condition);
  bool isCallOn(const Expr &Call, Kind &What, const LockPath *&Object) const;
  bool endsByItself(const ConditionWait *Condition, size_t LoopFrame);
  bool mayEnd(const Tests &Tested);
  const Stmt *workerLoop(Kind What, const ConditionWait *Condition,
                         size_t &InFrame, Tests &Of);
  bool isEndless(const Stmt &Loop, const FunctionDecl &In, Tests &Of);
  bool hasOtherExit(const Stmt &Loop, const FunctionDecl &In, Tests &Of);
  bool isPolled(const Stmt &Loop, const FunctionDecl &In) const;
  bool isFlagTest(const Expr *Condition, const FunctionDecl &In,
                  unsigned Depth = 0);
  bool isGetter(const FunctionDecl *F);
  void collect(const Stmt *Root, const FunctionDecl &In, Tests &Out,
               unsigned Depth = 0);
  bool isToken(QualType T) const {
    const TypeModel *Type = TU.models().type(T);
    return Type && Type->Kind == TypeKind::StopToken;
  }
  bool isWrittenByWorker(const ValueDecl *D);
  const BodyParents &parents(const FunctionDecl &F) {
    std::unique_ptr<BodyParents> &P = Parents[&F];
    if (!P)
      P = std::make_unique<BodyParents>(F);
    return *P;
  }
  EndlessWait::Kind reported(Kind What, size_t LoopFrame,
                             const Expr *&Where) const;

  const Task &T;
  TranslationUnit &TU;
  const Shutdown Stop;
  llvm::SmallVector<const FunctionDecl *, 2> Overrides; ///< that the task runs
  std::vector<Frame> Chain; ///< from the entry to the call that is looked at
  llvm::SmallDenseSet<const FunctionDecl *, 8> Seen;
  llvm::DenseMap<const FunctionDecl *, std::unique_ptr<BodyParents>> Parents;
  bool KnowsWorker = false;
  DeclSet WrittenByWorker;
};

//===----------------------------------------------------------------------===//
// What conditions look at
//===----------------------------------------------------------------------===//

/// Adds what the expressions below \p Root, in \p In, depend on, visible
/// callees included.
void Finder::collect(const Stmt *Root, const FunctionDecl &In, Tests &Out,
                     unsigned Depth) {
  forEachStmt(Root, Lambdas::Inside, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    if (E && isToken(E->getType()))
      Out.HasToken = true;
    if (const auto *Member = dyn_cast<MemberExpr>(S)) {
      const ValueDecl *D = Member->getMemberDecl();
      if (!isa<FunctionDecl>(D))
        Out.Decls.insert(cast<ValueDecl>(D->getCanonicalDecl()));
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
      if (!V)
        return;
      if (V->isLocalVarDecl() && V->getType()->isBooleanType() &&
          V->getInit() && Depth < MaxDepth && V->getDeclContext() == &In)
        collect(V->getInit(), In, Out, Depth + 1);
      if (V->hasGlobalStorage())
        Out.Decls.insert(cast<ValueDecl>(V->getCanonicalDecl()));
      // `std::atomic<bool> &stop`, a flag that is captured by reference
      QualType Type = V->getType().getNonReferenceType();
      bool Elsewhere = V->getType()->isReferenceType() ||
                       V->getDeclContext() != &In ||
                       (isa<ParmVarDecl>(V) && Type->isPointerType() &&
                        !Type->getPointeeType()->isRecordType() &&
                        !Type->getPointeeType()->isVoidType());
      if (!V->hasGlobalStorage() && Elsewhere &&
          (Type->isScalarType() || isAtomic(Type)))
        Out.Unknown = true;
    } else if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const FunctionDecl *Callee = callee(Call);
      const FunctionDecl *Named = namedCallee(Call);
      const FunctionDecl *Body = nullptr;
      if (Callee && Callee->hasBody(Body) &&
          TU.functions().isUserCode(Body->getLocation())) {
        if (Depth < MaxDepth)
          collect(Body->getBody(), *Body, Out, Depth + 1);
        else
          Out.Unknown = true;
      } else if (!Named || (!isStandard(*Named) &&
                            TU.functions().isUserCode(Named->getLocation()))) {
        Out.Unknown = true;
      }
    }
  });
}

bool Finder::isWrittenByWorker(const ValueDecl *D) {
  if (KnowsWorker)
    return WrittenByWorker.count(D);
  KnowsWorker = true;
  std::deque<const FunctionDecl *> Work(Overrides.begin(), Overrides.end());
  Work.push_back(T.Entry);
  llvm::SmallDenseSet<const FunctionDecl *, 16> Runs(Work.begin(), Work.end());
  while (!Work.empty() && Runs.size() < MaxFunctions) {
    const FunctionDecl *F = Work.front();
    Work.pop_front();
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->OverBudget)
      continue;
    for (const FunctionDecl *Callee : Scan->Callees)
      if (Runs.insert(Callee).second)
        Work.push_back(Callee);
    for (const Access &A : TU.bodies().of(*F).All)
      if (A.Kind != AccessKind::Read)
        WrittenByWorker.insert(A.Decl);
  }
  return WrittenByWorker.count(D);
}

/// Something in \p Tested may become what ends the wait.
bool Finder::mayEnd(const Tests &Tested) {
  if (Tested.Unknown || Tested.HasToken)
    return true;
  return llvm::any_of(Tested.Decls, [&](const ValueDecl *D) {
    if (TU.shutdowns().changes(Stop, D))
      return true;
    // A flag that others set; what the worker consumes is work.
    QualType Type = D->getType();
    return (Type->isScalarType() || isAtomic(Type)) && !isWrittenByWorker(D);
  });
}

//===----------------------------------------------------------------------===//
// The worker's loop
//===----------------------------------------------------------------------===//

/// A function that looks at members, perhaps under a lock: `stopped(w)`.
bool Finder::isGetter(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  const FunctionScan *Scan = nullptr;
  if (F && F->hasBody(Definition) && !Definition->isDependentContext())
    Scan = TU.functions().scan(Definition);
  if (!Scan || Scan->OverBudget ||
      !F->getReturnType()->isIntegralOrEnumerationType())
    return false;
  bool Result = true;
  forEachStmt(Definition->getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call || atomicRead(Call))
      return;
    const FunctionDecl *Callee = namedCallee(Call);
    const FunctionModel *Model =
        Callee ? TU.models().function(Callee, writtenArgs(Call)) : nullptr;
    Result &= Model && (Model->Does == Effect::Acquire ||
                        Model->Does == Effect::Release);
  });
  for (const Access &A : TU.bodies().of(*Definition).All) {
    const TypeModel *Type = TU.models().type(A.Decl->getType());
    Result &=
        A.Kind == AccessKind::Read || (Type && Type->Kind == TypeKind::Lock);
  }
  return Result;
}

/// Nothing but flags, and whether containers are empty: no result, no element.
bool Finder::isFlagTest(const Expr *Condition, const FunctionDecl &In,
                        unsigned Depth) {
  bool Result = true;
  forEachStmt(Condition, Lambdas::Inside, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
      bool Owner = V && V->hasLocalStorage() && !V->isInitCapture() &&
                   V->getDeclContext() == &In && !isToken(V->getType());
      // A parameter or local pointer to the shared object.
      bool Leads =
          V &&
          (V->getType()->isPointerType() || V->getType()->isReferenceType()) &&
          V->getType()->getPointeeType()->isRecordType();
      // `bool stopping = stop_;`, read under the lock and asked without.
      bool Copy = V && V->getType()->isBooleanType() && V->isLocalVarDecl() &&
                  V->getInit() && Depth < MaxDepth &&
                  !TU.paths().isRebound(V) &&
                  isFlagTest(V->getInit(), In, Depth + 1);
      Result &= !Owner || Leads || Copy;
    }
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call || atomicRead(Call))
      return;
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
    if (Operator && (Operator->getOperator() == OO_Arrow ||
                     Operator->getOperator() == OO_Star))
      return; // of a smart pointer
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(namedCallee(Call));
    QualType Type = E->getType();
    bool Asks = Method && Method->isConst() && Method->getNumParams() == 0 &&
                (Type->isBooleanType() || Type->isIntegerType());
    Result &= Asks || isGetter(callee(Call));
  });
  return Result;
}

/// \p Loop goes on for as long as flags say so. \p Of gets what they are.
bool Finder::isEndless(const Stmt &Loop, const FunctionDecl &In, Tests &Of) {
  if (isa<CXXForRangeStmt>(Loop))
    return false;
  const Expr *Condition = conditionIn(Loop);
  if (!Condition)
    return true;
  bool Value = false;
  if (!Condition->isValueDependent() &&
      Condition->EvaluateAsBooleanCondition(Value, TU.context()))
    return Value;
  if (const auto *While = dyn_cast<WhileStmt>(&Loop);
      While && While->getConditionVariable())
    return false;
  if (!isFlagTest(Condition, In))
    return false;
  collect(Condition, In, Of);
  return true;
}

bool isAnyLoop(const Stmt *S) {
  return isa<ForStmt>(S) || isa<WhileStmt>(S) || isa<DoStmt>(S) ||
         isa<CXXForRangeStmt>(S);
}

/// \p Loop is left for a reason that flags do not tell: a sentinel in the
/// queue, an error. \p Of gets the flags by which it is left as well.
bool Finder::hasOtherExit(const Stmt &Loop, const FunctionDecl &In, Tests &Of) {
  const BodyParents &All = parents(In);
  bool Other = false;
  forEachStmt(&Loop, Lambdas::Outside, [&](const Stmt *S) {
    bool Leaves = isa<ReturnStmt>(S) || isa<GotoStmt>(S) ||
                  isa<CXXThrowExpr>(S) || isa<CoreturnStmt>(S);
    if (isa<BreakStmt>(S)) {
      const Stmt *P = All.parent(S);
      while (P && !isAnyLoop(P) && !isa<SwitchStmt>(P))
        P = All.parent(P);
      Leaves = P == &Loop;
    }
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const FunctionDecl *Callee = namedCallee(Call);
      const FunctionModel *Model =
          Callee ? TU.models().function(Callee, writtenArgs(Call)) : nullptr;
      Leaves |= Callee && (Callee->isNoReturn() ||
                           (Model && Model->Does == Effect::NoReturn));
    }
    if (!Leaves || Other)
      return;
    bool ByFlag = false;
    for (const Stmt *P = All.parent(S), *Child = S; P && Child != &Loop;
         Child = P, P = All.parent(P)) {
      const auto *If = dyn_cast<IfStmt>(P);
      if (isa<SwitchStmt>(P) || isa<CXXCatchStmt>(P) ||
          (If &&
           (If->getConditionVariable() || !isFlagTest(If->getCond(), In))))
        Other = true;
      if (If && Child != If->getCond()) {
        ByFlag = true;
        collect(If->getCond(), In, Of);
      }
    }
    Other |= !ByFlag;
  });
  return Other;
}

/// The input that \p Loop reads does not block, or not for ever: another call
/// waits for it with a time-out, or the socket has one.
bool Finder::isPolled(const Stmt &Loop, const FunctionDecl &In) const {
  bool Polled = TU.mentionsNonBlocking(In);
  forEachStmt(&Loop, Lambdas::Outside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? namedCallee(Call) : nullptr;
    const FunctionModel *Model =
        Callee ? TU.models().function(Callee, writtenArgs(Call)) : nullptr;
    Polled |= Model && Model->Timeout != ArgNone &&
              Model->Blocks == Category::Network;
    // A helper such as `readable(fd)`.
    Polled |= Callee && !isStandard(*Callee) &&
              Call->getType()->isBooleanType() &&
              TU.functions().isUserCode(Callee->getLocation());
  });
  const SourceManager &SM = TU.context().getSourceManager();
  return Polled ||
         SM.getBufferData(SM.getFileID(SM.getExpansionLoc(In.getLocation())))
             .contains("SO_RCVTIMEO");
}

/// The endless loop around the wait, in the frame \p InFrame. Null: there is
/// none.
const Stmt *Finder::workerLoop(Kind What, const ConditionWait *Condition,
                               size_t &InFrame, Tests &Of) {
  bool MayRetest = Condition && !Condition->Predicate;
  for (size_t I = Chain.size(); I-- > 0;) {
    const BodyParents &All = parents(*Chain[I].In);
    for (const Stmt *P = All.parent(Chain[I].At); P; P = All.parent(P)) {
      if (!isAnyLoop(P))
        continue;
      bool IsRetest = MayRetest; // `while (queue.empty()) cv.wait(lock);`
      MayRetest = false;
      Tests Flags;
      const Expr *Test = conditionIn(*P);
      bool Constant = !Test || (!Test->isValueDependent() &&
                                Test->isEvaluatable(TU.context()));
      if ((IsRetest && !Constant) || !isLoop(*P, TU.context()))
        continue;
      // Both name the flags.
      bool Endless = isEndless(*P, *Chain[I].In, Flags);
      Endless &= !hasOtherExit(*P, *Chain[I].In, Flags);
      // Data and errors that end the loop come from outside.
      if (What == Kind::Receive ? isPolled(*P, *Chain[I].In) : !Endless)
        return nullptr;
      InFrame = I;
      Of = std::move(Flags);
      return P;
    }
  }
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Waits
//===----------------------------------------------------------------------===//

/// \p Call waits for a semaphore, or for input.
bool Finder::isCallOn(const Expr &Call, Kind &What,
                      const LockPath *&Object) const {
  const FunctionDecl *Callee = namedCallee(&Call);
  const FunctionModel *Model =
      Callee ? TU.models().function(Callee, writtenArgs(&Call)) : nullptr;
  if (!Model || Model->Timeout != ArgNone)
    return false;
  const Expr *On = argumentAt(Call, Model->Object);
  if (Model->Does == Effect::SemaphoreAcquire) {
    What = Kind::Semaphore;
  } else if (Model->Blocks == Category::Network && Callee->getIdentifier() &&
             namesInput(Callee->getName()) &&
             blockingCall(Call, *Model, TU.context())) {
    What = Kind::Receive;
    if (Model->Descriptor != ArgNone)
      On = argumentAt(Call, Model->Descriptor);
  } else {
    return false;
  }
  Object = On ? TU.paths().of(On) : TU.paths().unknown();
  return commonName(Object) != nullptr;
}

/// The shutdown ends the wait, or what it looks at may.
bool Finder::endsByItself(const ConditionWait *Condition, size_t LoopFrame) {
  // What the calls between the loop and the wait are given.
  auto IsChanged = [&](const Expr *E) {
    const ValueDecl *D = E ? namedDecl(E, /*Whole=*/true) : nullptr;
    return D && TU.shutdowns().changes(Stop, D);
  };
  for (size_t I = LoopFrame; I < Chain.size(); ++I) {
    const Expr *Call = Chain[I].At;
    if (Condition && I + 1 == Chain.size())
      break; // its arguments are a lock and a predicate
    if (IsChanged(objectArgument(Call)))
      return true;
    for (unsigned A = 0, N = numArguments(Call); A < N; ++A)
      if (IsChanged(argument(Call, A)) || isToken(argument(Call, A)->getType()))
        return true;
  }
  if (!Condition)
    return false;
  for (unsigned I = 0, N = numArguments(Condition->Call); I < N; ++I)
    if (isToken(argument(Condition->Call, I)->getType()))
      return true;
  Tests Tested;
  if (Condition->Predicate) {
    const FunctionDecl *Body = callableBody(Condition->Predicate);
    const FunctionDecl *Definition = nullptr;
    if (!Body || !Body->hasBody(Definition))
      return true;
    collect(Definition->getBody(), *Definition, Tested);
  } else {
    for (const Expr *Test : loopTests(*Condition, TU.context()))
      collect(Test, *Condition->In, Tested);
  }
  return mayEnd(Tested);
}

/// A queue of its own class is reported where it is used.
Kind Finder::reported(Kind What, size_t LoopFrame, const Expr *&Where) const {
  Where = Chain.back().At;
  for (size_t I = LoopFrame; I + 1 < Chain.size(); ++I) {
    const Expr *Call = Chain[I].At;
    const Expr *Object = objectArgument(Call);
    bool Other = Object && TU.paths().of(Object)->field();
    for (unsigned A = 0, N = numArguments(Call); !Object && A < N; ++A)
      Other |= TU.paths().of(argument(Call, A))->field() != nullptr;
    if (Other || (Object && TU.paths().of(Object)->variable())) {
      Where = Call;
      return Kind::Pop;
    }
  }
  return What;
}

void Finder::look(Kind What, const FunctionDecl &In, const Expr &Wait,
                  const LockPath *Object, const ConditionWait *Condition) {
  Chain.push_back({&In, &Wait});
  size_t LoopFrame = 0;
  Tests Flags;
  const Stmt *Loop = workerLoop(What, Condition, LoopFrame, Flags);
  if (Loop && !endsByItself(Condition, LoopFrame) &&
      !TU.shutdowns().isUnknown(Stop) &&
      !TU.threadCalls().mayFind(Effect::Cancel, T.Handle)) {
    EndlessWait W;
    const Expr *Where = nullptr;
    W.What = reported(What, LoopFrame, Where);
    W.Where = Where;
    W.Inner = Where == &Wait ? nullptr : &Wait;
    W.Object = Object;
    W.Loop = Loop;
    W.Token = Flags.HasToken;
    W.Join = Stop.Join;
    W.Member = Stop.Member;
    for (const ValueDecl *D : Flags.Decls)
      if ((D->getType()->isScalarType() || isAtomic(D->getType())) &&
          (!W.Flag || D->getLocation() < W.Flag->getLocation()))
        W.Flag = D;
    Result.push_back(W);
  }
  Chain.pop_back();
}

/// `run()` of the object itself, in a base class that starts the thread.
const FunctionDecl *Finder::overrideOf(const CallExpr &Call) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(namedCallee(&Call));
  const Expr *Object = objectArgument(&Call);
  if (!Method || !Method->isVirtual() || !Object ||
      !isa<CXXThisExpr>(producer(Object)))
    return nullptr;
  const CXXMethodDecl *Found = TU.shutdowns().overriderOf(*Method);
  if (Found && !llvm::is_contained(Overrides, Found)) {
    Overrides.push_back(Found);
    KnowsWorker = false;
  }
  return Found;
}

/// Looks at the waits of \p F, which the task runs, and of what it calls.
void Finder::walk(const FunctionDecl &F) {
  const FunctionScan *Scan = TU.functions().scan(&F);
  // What a virtual function that the entry calls does is not known there.
  if (!Scan || Scan->OverBudget ||
      !(Chain.empty() || TU.functions().mayBlock(&F)) ||
      Chain.size() > MaxDepth || Seen.size() > MaxFunctions ||
      !Seen.insert(&F).second)
    return;
  for (const ConditionWait &W : TU.conditions().waits())
    if (W.In == &F && !W.Timed)
      look(Kind::Condition, F, *W.Call, W.Condition, &W);
  for (const Stmt *S : parents(F).all()) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call)
      continue;
    Kind What;
    const LockPath *Object = nullptr;
    if (isCallOn(*Call, What, Object))
      look(What, F, *Call, Object, nullptr);
    const FunctionDecl *Callee = callee(Call);
    if (!Callee)
      Callee = overrideOf(*Call);
    const FunctionDecl *Body = nullptr;
    if (!Callee || !Callee->hasBody(Body) || Body->isDependentContext() ||
        TU.models().function(Callee, writtenArgs(Call)))
      continue;
    Chain.push_back({&F, Call});
    walk(*Body);
    Chain.pop_back();
  }
}

void Finder::run() {
  if (Stop.Join || Stop.Member)
    walk(*T.Entry);
}

} // namespace

std::vector<EndlessWait> endlessWaits(const Task &T, TranslationUnit &TU) {
  if (!T.Entry || !T.Handle || !commonName(T.Handle))
    return {};
  Finder Search(T, TU.shutdowns().of(T), TU);
  Search.run();
  return std::move(Search.Result);
}

/// \p F is the `run()` of a QThread or the like.
static std::vector<EndlessWait> endlessWaitsInRun(const CXXMethodDecl &F,
                                                  TranslationUnit &TU) {
  Task Self;
  Self.Entry = &F;
  Finder Search(Self, TU.shutdowns().ofObject(F), TU);
  Search.run();
  return std::move(Search.Result);
}

std::vector<EndlessWait> endlessWaits(const FunctionDecl &F,
                                      TranslationUnit &TU) {
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (!Scan || Scan->OverBudget)
    return {};
  std::vector<EndlessWait> Result;
  auto Add = [&](const std::vector<EndlessWait> &Waits) {
    Result.insert(Result.end(), Waits.begin(), Waits.end());
  };
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (Method && TU.functions().mayBlock(&F) &&
      isThreadsRun(*Method, TU.models()))
    Add(endlessWaitsInRun(*Method, TU));
  if (Scan->Spawns.empty())
    return Result;
  for (const Task &T : TU.tasks().of(&F))
    Add(endlessWaits(T, TU));
  return Result;
}

} // namespace threadlint
