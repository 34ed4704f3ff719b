//===- SequentialTasks.cpp - Tasks that nothing runs beside ---------------===//
// See the header. From each spawn the graph is followed as long as there is one
// way on and nothing on it is work; the first wait met there is the answer.
//===----------------------------------------------------------------------===//
#include "analysis/SequentialTasks.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/Events.h"
#include "analysis/LockPath.h"
#include "analysis/LoopInfo.h"
#include "analysis/Statements.h"
#include "analysis/TaskLifetimes.h"
#include "analysis/TranslationUnit.h"
#include "analysis/ValuePlace.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"

using namespace clang;

namespace threadlint {
namespace {

using By = SequentialTask::By;

/// std::future of std::async and its kin.
bool isFuture(const Task &T) {
  return T.Model->Ends == TaskEnd::FutureDestructor;
}

bool isThread(const Task &T) {
  return T.Model->Ends == TaskEnd::Join ||
         T.Model->Ends == TaskEnd::Destructor;
}

/// What a value passes through until somebody uses it.
bool onlyPasses(const Stmt &S) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&S))
    return Construct->isElidable();
  return isa<ParenExpr>(S) || isa<CastExpr>(S) || isa<FullExpr>(S) ||
         isa<MaterializeTemporaryExpr>(S) || isa<CXXBindTemporaryExpr>(S);
}

/// `std::ignore = …` keeps nothing.
bool isIgnore(const Expr &E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(producer(&E));
  return Ref && Ref->getDecl()->getIdentifier() &&
         Ref->getDecl()->getName() == "ignore" &&
         Ref->getDecl()->isInStdNamespace();
}

class Sequence {
public:
  Sequence(const FunctionDecl &F, TranslationUnit &TU)
      : F(F), TU(TU), Places(F, TU.paths()), Tasks(TU.tasks().of(&F)) {}

  std::vector<SequentialTask> find();

private:
  using Position = std::pair<const CFGBlock *, unsigned>;
  struct Wait {
    By How;
    SourceLocation Loc;
    const Stmt *At; ///< null: the end of a scope
    bool IsCast = false;
  };

  std::optional<Wait> waitFor(const Task &T);
  std::optional<Wait> firstWait(const Task &T);
  bool step(const Task &T, const CFGElement &Element, std::optional<Wait> &Out);
  bool isWork(const Task &T, const Expr &Call);
  std::optional<unsigned> whereStarted(const Task &T, const CFGBlock &Block);
  const CFGBlock *onlyWayOn(const Task &T, const CFGBlock &Block);
  bool isOfHandle(const Task &T, const Expr &Call);
  std::optional<Position> positionOf(const Stmt &S) const;
  const Stmt *loopAround(const Stmt *S) const;
  bool isIn(const Stmt *S, const Stmt *Outer) const;

  const FunctionDecl &F;
  TranslationUnit &TU;
  ValuePlaces Places;
  llvm::ArrayRef<Task> Tasks;
  std::unique_ptr<CFG> Cfg;
};

//===----------------------------------------------------------------------===//
// What happens after a spawn
//===----------------------------------------------------------------------===//

/// A call on the thread or future itself, or on the container that has it.
bool Sequence::isOfHandle(const Task &T, const Expr &Call) {
  const Expr *Object = objectArgument(&Call);
  return Object && T.Handle && TU.paths().of(Object)->startsWith(T.Handle);
}

/// Anything that the new thread runs beside. Unknown calls are.
bool Sequence::isWork(const Task &T, const Expr &Call) {
  if (handedOn(&Call) || isOfHandle(T, Call))
    return false;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Call))
    return !Construct->getConstructor()->isCopyOrMoveConstructor() &&
           !Construct->getConstructor()->isTrivial();
  const FunctionDecl *Named = namedCallee(&Call);
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(&Call);
  if (Op && Op->getOperator() == OO_Equal && isOfHandle(T, Call))
    return false; // the handle takes the thread over
  const FunctionModel *Model =
      Named ? TU.models().function(Named, writtenArgs(&Call)) : nullptr;
  return !Model || (Model->Does != Effect::Inert &&
                    Model->Does != Effect::CurrentThread);
}

/// Goes past one element; false at the end of the search.
bool Sequence::step(const Task &T, const CFGElement &Element,
                    std::optional<Wait> &Out) {
  if (auto End = Element.getAs<CFGLifetimeEnds>()) {
    const VarDecl *V = T.Handle->variable();
    if (V != End->getVarDecl())
      return true;
    if (T.Model->Ends != TaskEnd::Join) {
      const Stmt *Trigger = End->getTriggerStmt();
      Out = Wait{By::Death, Trigger ? Trigger->getEndLoc() : F.getEndLoc(),
                 nullptr};
    }
    return false;
  }
  auto S = Element.getAs<CFGStmt>();
  if (!S)
    return true;
  const Stmt *At = S->getStmt();
  if (isa<CoawaitExpr>(At) || isa<CoyieldExpr>(At) || isa<CXXThrowExpr>(At))
    return false;
  if (!isa<CallExpr>(At) && !isa<CXXConstructExpr>(At))
    return true;
  const auto *Call = cast<Expr>(At);
  const FunctionDecl *Named = namedCallee(Call);
  const FunctionModel *Model =
      Named ? TU.models().function(Named, writtenArgs(Call)) : nullptr;
  bool Waits = Model && (Model->Does == Effect::Join ||
                         Model->Does == Effect::FutureWait);
  const Expr *Object = Waits ? argumentAt(*Call, Model->Object) : nullptr;
  if (Object && TU.paths().of(Object)->startsWith(T.Handle)) {
    // A time-out is what the thread is there for.
    if (Model->Timeout == ArgNone)
      Out = Wait{By::Call, Call->getExprLoc(), Call};
    return false;
  }
  return !isWork(T, *Call);
}

/// The successor of \p Block where the result of the spawn says that the thread
/// runs: `if (pthread_create(…)) return;`. None: it does not test the result.
std::optional<unsigned> Sequence::whereStarted(const Task &T,
                                               const CFGBlock &Block) {
  const Expr *Test = branchCondition(Block);
  if (!Test || !T.Spawn->getType()->isIntegerType())
    return std::nullopt;
  Condition Tested = conditionOf(Test, TU.context());
  if (!Tested.Tested || Tested.AgainstMinusOne)
    return std::nullopt;
  const LockPath *Kept = Places.of(*T.Spawn).Object;
  if (Tested.Tested != T.Spawn &&
      !(Kept && TU.paths().of(Tested.Tested) == Kept))
    return std::nullopt;
  return Tested.TrueMeansNonZero ? 1 : 0; // not zero: it has failed
}

/// The block that certainly follows; `if (t.joinable())` is as good as true.
const CFGBlock *Sequence::onlyWayOn(const Task &T, const CFGBlock &Block) {
  if (std::optional<unsigned> Started = whereStarted(T, Block))
    return (Block.succ_begin() + *Started)->getReachableBlock();
  const CFGBlock *Only = nullptr;
  for (const CFGBlock::AdjacentBlock &Adjacent : Block.succs()) {
    const CFGBlock *Next = Adjacent.getReachableBlock();
    if (!Next || Next == Only)
      continue;
    if (!Only) {
      Only = Next;
      continue;
    }
    const auto *If = dyn_cast_or_null<IfStmt>(Block.getTerminatorStmt());
    const auto *Call =
        If && If->getCond() ? dyn_cast<CallExpr>(producer(If->getCond()))
                            : nullptr;
    return Call && isOfHandle(T, *Call) ? Only : nullptr;
  }
  return Only;
}

std::optional<Sequence::Position> Sequence::positionOf(const Stmt &S) const {
  for (const CFGBlock *Block : *Cfg) {
    unsigned Index = 0;
    for (const CFGElement &Element : *Block) {
      auto E = Element.getAs<CFGStmt>();
      if (E && E->getStmt() == &S)
        return Position{Block, Index};
      ++Index;
    }
  }
  return std::nullopt;
}

std::optional<Sequence::Wait> Sequence::firstWait(const Task &T) {
  if (!Cfg) {
    CFG::BuildOptions Options;
    Options.AddLifetime = true;
    Options.setAllAlwaysAdd();
    Cfg = CFG::buildCFG(&F, F.getBody(), &TU.context(), Options);
  }
  if (!Cfg)
    return std::nullopt;
  std::optional<Position> At = positionOf(*T.Spawn);
  if (!At)
    return std::nullopt;
  std::optional<Wait> Out;
  auto [Block, Index] = *At;
  // Few blocks: a macro's `switch (0)`, a test of joinable().
  for (unsigned Blocks = 0; Block && Blocks < 8; ++Blocks) {
    unsigned I = 0;
    for (const CFGElement &Element : *Block)
      if (I++ > Index || Blocks > 0)
        if (!step(T, Element, Out))
          return Out;
    Block = onlyWayOn(T, *Block);
  }
  return std::nullopt;
}

std::optional<Sequence::Wait> Sequence::waitFor(const Task &T) {
  bool IsCast = false;
  if (isFuture(T) && isDiscarded(*T.Spawn, Places, IsCast))
    return Wait{By::Discard, T.Spawn->getExprLoc(), T.Spawn, IsCast};
  if (T.IsReturned || T.Detach)
    return std::nullopt;
  if (!T.Handle) { // async(…).get(), thread(…).join()
    const FunctionDecl *Named = T.Join ? namedCallee(T.Join) : nullptr;
    const FunctionModel *Model =
        Named ? TU.models().function(Named, writtenArgs(T.Join)) : nullptr;
    if (!Model || Model->Timeout != ArgNone)
      return std::nullopt;
    return Wait{By::Call, T.Join->getExprLoc(), T.Join};
  }
  if (T.Handle->isUnknown())
    return std::nullopt;
  return firstWait(T);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

const Stmt *Sequence::loopAround(const Stmt *S) const {
  for (const Stmt *P = Places.parent(S); P; P = Places.parent(P))
    if (isLoop(*P, TU.context()))
      return P;
  return nullptr;
}

bool Sequence::isIn(const Stmt *S, const Stmt *Outer) const {
  for (; S; S = Places.parent(S))
    if (S == Outer)
      return true;
  return false;
}

std::vector<SequentialTask> Sequence::find() {
  std::vector<SequentialTask> Result;
  std::optional<SpawnStates> Running;
  for (const Task &T : Tasks) {
    LaunchPolicy Policy = launchPolicy(T, TU.context());
    if ((!isFuture(T) && !isThread(T)) || Policy == LaunchPolicy::Deferred)
      continue;
    std::optional<Wait> W = waitFor(T);
    if (!W)
      continue;
    if (!Running)
      Running = runningAtSpawns(F, TU);
    if (W->How != By::Discard && Running->lookup(T.Spawn))
      continue;
    const Stmt *Loop = loopAround(T.Spawn);
    // A variable of the loop's body dies at the end of each iteration.
    bool InLoop = Loop && (!W->At || isIn(W->At, Loop));
    Result.push_back({&T, W->How, W->Loc, InLoop, W->IsCast});
  }
  return Result;
}

} // namespace

bool isDiscarded(const Expr &Spawn, const ValuePlaces &Places, bool &IsCast) {
  const Stmt *S = &Spawn;
  for (const Stmt *Outer = Places.parent(S); Outer;
       S = Outer, Outer = Places.parent(Outer)) {
    if (onlyPasses(*Outer)) {
      IsCast |= isa<ExplicitCastExpr>(Outer);
      continue;
    }
    if (const auto *Binary = dyn_cast<BinaryOperator>(Outer)) {
      if (Binary->getOpcode() != BO_Comma)
        return false;
      if (Binary->getLHS() == S)
        return true;
      continue;
    }
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Outer)) {
      IsCast = true;
      return Op->getOperator() == OO_Equal && Op->getNumArgs() == 2 &&
             Op->getArg(1) == S && isIgnore(*Op->getArg(0));
    }
    return !isa<Expr>(Outer) && !isa<DeclStmt>(Outer) &&
           !isa<ReturnStmt>(Outer) && !isa<CoreturnStmt>(Outer);
  }
  return false; // the initialiser of a member
}

LaunchPolicy launchPolicy(const Task &T, const ASTContext &Context) {
  if (T.Model->Ends != TaskEnd::FutureDestructor)
    return LaunchPolicy::Async;
  // The overload without a policy calls its first argument.
  if (T.Model->Callable == 0)
    return LaunchPolicy::Any;
  const Expr *Policy = argument(T.Spawn, 0);
  Expr::EvalResult Value;
  if (!Policy || Policy->isValueDependent() ||
      !Policy->EvaluateAsRValue(Value, Context) || !Value.Val.isInt())
    return LaunchPolicy::Unknown;
  // The standard leaves the values open; all libraries have these.
  bool Async = Value.Val.getInt()[0];
  bool Deferred = Value.Val.getInt()[1];
  return Async && Deferred ? LaunchPolicy::Any
         : Async           ? LaunchPolicy::Async
         : Deferred        ? LaunchPolicy::Deferred
                           : LaunchPolicy::Unknown;
}

std::vector<SequentialTask> sequentialTasks(const FunctionDecl &F,
                                            TranslationUnit &TU) {
  const FunctionDecl *Definition = nullptr;
  if (!F.hasBody(Definition) || Definition->isDependentContext())
    return {};
  return Sequence(*Definition, TU).find();
}

} // namespace threadlint
