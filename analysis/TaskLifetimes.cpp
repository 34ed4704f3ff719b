//===- TaskLifetimes.cpp - Tasks that outlive what they use ---------------===//
// See the header. The state at a point is the set of tasks that may run there.
//===----------------------------------------------------------------------===//
#include "analysis/TaskLifetimes.h"
#include "analysis/CallInfo.h"
#include "analysis/Events.h"
#include "analysis/FunctionBody.h"
#include "analysis/LockPath.h"
#include "analysis/ObjectTasks.h"
#include "analysis/Statements.h"
#include "analysis/TaskEnds.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace threadlint {
namespace {

using By = OutlivedCapture::By;

class Lifetimes {
public:
  Lifetimes(const FunctionDecl &F, TranslationUnit &TU)
      : F(F), TU(TU), SM(TU.context().getSourceManager()),
        Own(TU.tasks().of(&F).take_front(MaxTasks)), AllTasks(Own) {}

  std::vector<OutlivedCapture> find();
  SpawnStates findRunning();
  RunningTasks findAll();

private:
  bool addSpawns(llvm::function_ref<bool(const Task &)> Matters);
  void addObjects();
  void findDeletes();
  bool isDeleted(const Capture &C) const;
  bool build();
  void solve();
  void findTried();
  TaskSet run(const CFGBlock &Block, TaskSet Running, bool Report);
  TaskSet runStmt(const Stmt &S, TaskSet Running, bool Report);
  TaskSet endScope(llvm::ArrayRef<CFGLifetimeEnds> Dead, TaskSet Running,
                   bool Report);
  TaskSet alongEdge(const CFGBlock &Block, unsigned Successor,
                    TaskSet Running) const;
  TaskSet shownByBranch(const CFGBlock &Block, unsigned Successor) const;
  void reportDeath(const VarDecl &V, TaskSet Running, SourceLocation Where,
                   By How);
  void reportException(const Stmt &S, TaskSet Running);
  void reportDelete(const Stmt &S, TaskSet Running);
  void addResult(unsigned Task, const Capture &C, SourceLocation Where, By How);
  bool isOverBefore(unsigned Task, const VarDecl &V) const;
  bool terminatesFirst(const Task &T) const;
  TaskSet terminating() const;

  const FunctionDecl &F;
  TranslationUnit &TU;
  const SourceManager &SM;
  llvm::ArrayRef<Task> Own; ///< of Tasks
  std::vector<ObjectTask> Objects;
  std::vector<Task> Copies;      ///< Own and those of Objects, if there are any
  llvm::ArrayRef<Task> AllTasks; ///< Own or Copies
  /// The pointer that a statement deletes or frees; null for `this`.
  llvm::DenseMap<const Stmt *, const VarDecl *> Deletes;
  TaskEnds Ends;
  std::unique_ptr<CFG> Cfg;
  llvm::DenseMap<const Stmt *, TaskSet> Spawns;
  llvm::DenseSet<const Stmt *> Tried; ///< inside `try` blocks
  std::vector<TaskSet> In; ///< by block id
  llvm::BitVector Seen;    ///< blocks that can be reached
  SpawnStates AtSpawns;
  RunningTasks Running;
  bool Records = false; ///< fills in Running
  std::vector<OutlivedCapture> Result;
};

TaskSet bit(unsigned Task) { return TaskSet(1) << Task; }

/// A future of std::async that nobody keeps, `std::async(…).get()`: over at once.
bool isOverAtOnce(const Task &T) {
  if (T.Handle || T.IsReturned || T.Detach)
    return false;
  return T.Join || T.Model->Ends == TaskEnd::Destructor ||
         T.Model->Ends == TaskEnd::FutureDestructor;
}

/// It has a reference to, or a pointer into, a variable.
bool refersToVariable(const Task &T) {
  return !isOverAtOnce(T) && llvm::any_of(T.Captures, [](const Capture &C) {
    return C.Kind == CaptureKind::Reference || C.Kind == CaptureKind::Pointer;
  });
}

/// Follows the tasks that matter. \returns false if there are none.
bool Lifetimes::addSpawns(llvm::function_ref<bool(const Task &)> Matters) {
  TaskSet All = 0;
  for (unsigned I = 0; I < AllTasks.size(); ++I) {
    TaskSet Task = Matters(AllTasks[I]) ? bit(I) : 0;
    Spawns[AllTasks[I].Spawn] |= Task;
    All |= Task;
  }
  return All != 0;
}

/// Adds the tasks that member functions of the function's own objects start.
void Lifetimes::addObjects() {
  Objects = objectTasks(F, TU);
  if (Objects.size() > MaxTasks - Own.size())
    Objects.clear();
  if (Objects.empty())
    return;
  Copies.assign(Own.begin(), Own.end());
  for (const ObjectTask &O : Objects)
    Copies.push_back(O.AsOwn);
  AllTasks = Copies;
}

/// `delete p`, `free(p)`
void Lifetimes::findDeletes() {
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const Expr *Pointer = nullptr;
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (const auto *Delete = dyn_cast<CXXDeleteExpr>(S))
      Pointer = producer(Delete->getArgument());
    else if (Callee && Callee->getBuiltinID() && Callee->getName() == "free")
      Pointer = producer(Call->getArg(0));
    if (!Pointer)
      return;
    const auto *Ref = dyn_cast<DeclRefExpr>(Pointer);
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (isa<CXXThisExpr>(Pointer) ||
        (V && V->hasLocalStorage() && V->getType()->isPointerType() &&
         !TU.paths().isRebound(V)))
      Deletes[S] = V;
  });
}

/// The function deletes what the task has by this pointer.
bool Lifetimes::isDeleted(const Capture &C) const {
  return (C.Kind == CaptureKind::Value || C.Kind == CaptureKind::This) &&
         llvm::any_of(Deletes,
                      [&](const auto &Entry) { return Entry.second == C.Var; });
}

bool Lifetimes::build() {
  Ends = findTaskEnds(F, AllTasks, TU);
  CFG::BuildOptions Options;
  Options.AddLifetime = true;
  Options.AddInitializers = true;
  Options.setAllAlwaysAdd();
  Cfg = CFG::buildCFG(&F, writtenBody(F), &TU.context(), Options);
  findTried();
  return Cfg != nullptr;
}

void Lifetimes::findTried() {
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Try = dyn_cast<CXXTryStmt>(S))
      forEachStmt(Try->getTryBlock(), Lambdas::Outside,
                  [&](const Stmt *Inner) { Tried.insert(Inner); });
  });
}

//===----------------------------------------------------------------------===//
// Reports
//===----------------------------------------------------------------------===//

void Lifetimes::reportDeath(const VarDecl &V, TaskSet Running,
                            SourceLocation Where, By How) {
  for (unsigned I = 0; I < AllTasks.size(); ++I) {
    if (!(Running >> I & 1) || (Ends.Unknown >> I & 1))
      continue;
    for (const Capture &C : AllTasks[I].Captures) {
      if (C.Var != &V || C.Kind == CaptureKind::Value)
        continue;
      addResult(I, C, Where, How);
    }
  }
}

/// \p C is a capture of AllTasks[Task].
void Lifetimes::addResult(unsigned Task, const Capture &C, SourceLocation Where,
                          By How) {
  OutlivedCapture Found{nullptr, nullptr, Where, How};
  if (Task < Own.size()) {
    Found.T = &Own[Task];
    Found.C = Own[Task].Captures.data() +
              (&C - AllTasks[Task].Captures.data());
  } else {
    const ObjectTask &O = Objects[Task - Own.size()];
    Found.T = O.T;
    Found.C = O.This;
    Found.Through = O.AsOwn.Spawn;
    Found.Object = C.Var;
  }
  if (llvm::none_of(Result, [&](const OutlivedCapture &O) {
        return O.C == Found.C && O.Through == Found.Through;
      }))
    Result.push_back(Found);
}

void Lifetimes::reportDelete(const Stmt &S, TaskSet Running) {
  auto Delete = Deletes.find(&S);
  if (Delete == Deletes.end())
    return;
  for (unsigned I = 0; I < AllTasks.size(); ++I)
    if ((Running >> I & 1) && !(Ends.Unknown >> I & 1))
      for (const Capture &C : AllTasks[I].Captures)
        if (C.Var == Delete->second && isDeleted(C))
          addResult(I, C, S.getBeginLoc(), By::Delete);
}

/// An object that is younger than \p V waits for the task when it dies.
bool Lifetimes::isOverBefore(unsigned Task, const VarDecl &V) const {
  return llvm::any_of(Ends.AtDeath, [&](const auto &Entry) {
    return (Entry.second >> Task & 1) &&
           SM.isBeforeInTranslationUnit(V.getLocation(),
                                        Entry.first->getLocation());
  });
}

/// A local std::thread that is not joined ends the process when it dies.
bool Lifetimes::terminatesFirst(const Task &T) const {
  return T.Model->Ends == TaskEnd::Join && T.Handle && T.Handle->root()->variable() &&
         T.Handle->root()->variable()->hasLocalStorage() &&
         TU.context().getLangOpts().CPlusPlus;
}

TaskSet Lifetimes::terminating() const {
  TaskSet Set = 0;
  for (unsigned I = 0; I < AllTasks.size(); ++I)
    if (terminatesFirst(AllTasks[I]))
      Set |= bit(I);
  return Set;
}

/// An exception leaves the function here, and all its variables die.
void Lifetimes::reportException(const Stmt &S, TaskSet Running) {
  for (unsigned I = 0; I < AllTasks.size(); ++I) {
    const Task &T = AllTasks[I];
    if (!(Running >> I & 1) || terminatesFirst(T))
      continue;
    for (const Capture &C : T.Captures)
      if (C.Var && !isOverBefore(I, *C.Var) &&
          SM.isBeforeInTranslationUnit(C.Var->getLocation(), S.getBeginLoc()))
        reportDeath(*C.Var, bit(I), S.getBeginLoc(), By::Exception);
  }
}

//===----------------------------------------------------------------------===//
// Dataflow
//===----------------------------------------------------------------------===//

TaskSet Lifetimes::runStmt(const Stmt &S, TaskSet Running, bool Report) {
  auto Spawned = Spawns.find(&S);
  if (Report && Running && Spawned == Spawns.end() && !Tried.count(&S) &&
      !Ends.After.count(&S) && !TU.exceptions().thrownBy(S, F).empty())
    reportException(S, Running);
  if (Report && Running)
    reportDelete(S, Running);
  if (Records && Running && isa<Expr>(S))
    this->Running.At[&S] |= Running;
  if (Spawned != Spawns.end()) {
    AtSpawns[&S] |= Running & ~Spawned->second;
    Running |= Spawned->second;
  }
  auto After = Ends.After.find(&S);
  if (After != Ends.After.end())
    Running &= ~After->second;
  return Running;
}

/// Variables of one scope in the order of their deaths: the youngest first.
TaskSet Lifetimes::endScope(llvm::ArrayRef<CFGLifetimeEnds> Dead,
                            TaskSet Running, bool Report) {
  llvm::SmallVector<CFGLifetimeEnds, 8> Order(Dead.begin(), Dead.end());
  llvm::stable_sort(Order, [&](const CFGLifetimeEnds &A,
                               const CFGLifetimeEnds &B) {
    return SM.isBeforeInTranslationUnit(B.getVarDecl()->getLocation(),
                                        A.getVarDecl()->getLocation());
  });
  for (const CFGLifetimeEnds &End : Order) {
    const VarDecl *V = End.getVarDecl();
    auto AtDeath = Ends.AtDeath.find(V);
    if (AtDeath != Ends.AtDeath.end())
      Running &= ~AtDeath->second;
    if (!Report)
      continue;
    const Stmt *Trigger = End.getTriggerStmt();
    bool Returns = isa_and_nonnull<ReturnStmt>(Trigger) ||
                   isa_and_nonnull<CoreturnStmt>(Trigger);
    SourceLocation Where = !Trigger  ? F.getEndLoc()
                           : Returns ? Trigger->getBeginLoc()
                                     : Trigger->getEndLoc();
    // The return of an assertion's macro: the process ends with the thread.
    TaskSet Ended = Returns && Where.isMacroID() ? terminating() : 0;
    reportDeath(*V, Running & ~Ended, Where,
                Returns ? By::Return : By::Scope);
  }
  return Running;
}

TaskSet Lifetimes::run(const CFGBlock &Block, TaskSet Running, bool Report) {
  llvm::SmallVector<CFGLifetimeEnds, 8> Dead;
  for (const CFGElement &Element : Block) {
    if (auto End = Element.getAs<CFGLifetimeEnds>()) {
      Dead.push_back(*End);
      continue;
    }
    if (!Dead.empty())
      Running = endScope(Dead, Running, Report);
    Dead.clear();
    if (auto S = Element.getAs<CFGStmt>())
      Running = runStmt(*S->getStmt(), Running, Report);
  }
  return Dead.empty() ? Running : endScope(Dead, Running, Report);
}

/// The tasks that the branch shows not to have started, or to be over.
TaskSet Lifetimes::shownByBranch(const CFGBlock &Block,
                                 unsigned Successor) const {
  const Expr *E = branchCondition(Block);
  if (!E)
    return 0;
  Condition Tested = conditionOf(E, TU.context());
  if (!Tested.Tested || Tested.AgainstMinusOne)
    return 0;
  bool NonZero = (Successor == 0) == Tested.TrueMeansNonZero;
  const LockPath *Variable = TU.paths().of(Tested.Tested);
  TaskSet Set = 0;
  for (const void *Key : {static_cast<const void *>(Tested.Tested),
                          static_cast<const void *>(Variable)}) {
    auto Timed = Ends.Timed.find(Key);
    if (Timed != Ends.Timed.end() && Timed->second.OverIfZero != NonZero)
      Set |= Timed->second.Tasks;
  }
  if (!NonZero)
    return Set; // what was spawned runs
  for (unsigned I = 0; I < AllTasks.size(); ++I)
    if (AllTasks[I].Spawn == Tested.Tested && AllTasks[I].Model->Object >= 0)
      Set |= bit(I);
  auto Result = Ends.Results.find(Variable);
  return Result == Ends.Results.end() ? Set : Set | Result->second;
}

/// What runs when \p Block is left by its \p Successor.
TaskSet Lifetimes::alongEdge(const CFGBlock &Block, unsigned Successor,
                             TaskSet Running) const {
  const Stmt *Terminator = Block.getTerminatorStmt();
  if (!Terminator || Block.succ_size() != 2)
    return Running;
  if (!isa<SwitchStmt>(Terminator))
    Running &= ~shownByBranch(Block, Successor);
  if (Successor != 1)
    return Running;
  auto End = Ends.WhenFalse.find(Terminator);
  if (End != Ends.WhenFalse.end())
    return Running & ~End->second;
  // `a && b`: the condition is false as soon as `a` is.
  const auto *Logical = dyn_cast<BinaryOperator>(Terminator);
  if (!Logical || Logical->getOpcode() != BO_LAnd)
    return Running;
  for (const auto &Entry : Ends.WhenFalse) {
    bool Inside = false;
    const Stmt *Condition = nullptr;
    if (const auto *If = dyn_cast<IfStmt>(Entry.first))
      Condition = If->getCond();
    else if (const auto *While = dyn_cast<WhileStmt>(Entry.first))
      Condition = While->getCond();
    else if (const auto *For = dyn_cast<ForStmt>(Entry.first))
      Condition = For->getCond();
    forEachStmt(Condition, Lambdas::Outside,
                [&](const Stmt *S) { Inside |= S == Logical; });
    if (Inside)
      Running &= ~Entry.second;
  }
  return Running;
}

void Lifetimes::solve() {
  In.assign(Cfg->getNumBlockIDs(), 0);
  Seen.resize(Cfg->getNumBlockIDs());
  std::vector<const CFGBlock *> Work{&Cfg->getEntry()};
  Seen.set(Cfg->getEntry().getBlockID());
  // Sets only grow: each block is visited once for each task at most.
  while (!Work.empty()) {
    const CFGBlock *Block = Work.back();
    Work.pop_back();
    TaskSet Out = run(*Block, In[Block->getBlockID()], /*Report=*/false);
    if (Block->hasNoReturnElement())
      continue; // the process ends, nothing dies
    unsigned Successor = 0;
    for (const CFGBlock::AdjacentBlock &Adjacent : Block->succs()) {
      unsigned Index = Successor++;
      const CFGBlock *Next = Adjacent.getReachableBlock();
      if (!Next)
        continue;
      TaskSet &State = In[Next->getBlockID()];
      TaskSet New = State | alongEdge(*Block, Index, Out);
      if (New == State && Seen[Next->getBlockID()])
        continue;
      State = New;
      Seen.set(Next->getBlockID());
      Work.push_back(Next);
    }
  }
}

SpawnStates Lifetimes::findRunning() {
  if (addSpawns([](const Task &T) { return !isOverAtOnce(T); }) && build())
    solve();
  return std::move(AtSpawns);
}

RunningTasks Lifetimes::findAll() {
  if (!addSpawns([](const Task &T) { return !isOverAtOnce(T); }) || !build())
    return RunningTasks();
  solve();
  Records = true;
  for (const CFGBlock *Block : *Cfg)
    if (Seen[Block->getBlockID()])
      run(*Block, In[Block->getBlockID()], /*Report=*/false);
  Running.Unknown = Ends.Unknown;
  return std::move(Running);
}

std::vector<OutlivedCapture> Lifetimes::find() {
  addObjects();
  findDeletes();
  auto Matters = [&](const Task &T) {
    return refersToVariable(T) ||
           llvm::any_of(T.Captures,
                        [&](const Capture &C) { return isDeleted(C); });
  };
  if (!addSpawns(Matters) || !build())
    return {};
  solve();
  for (const CFGBlock *Block : *Cfg)
    if (Seen[Block->getBlockID()])
      run(*Block, In[Block->getBlockID()], /*Report=*/true);
  // Parameters die last.
  for (const ParmVarDecl *P : F.parameters())
    reportDeath(*P, In[Cfg->getExit().getBlockID()], F.getEndLoc(), By::Scope);
  // Deaths are found in the order of the graph; captures come as written.
  auto Place = [](const OutlivedCapture &O) {
    return O.Through ? O.Through->getBeginLoc() : O.T->Spawn->getBeginLoc();
  };
  llvm::stable_sort(
      Result, [&](const OutlivedCapture &A, const OutlivedCapture &B) {
        if (A.T == B.T)
          return A.C < B.C;
        return SM.isBeforeInTranslationUnit(Place(A), Place(B));
      });
  return std::move(Result);
}

} // namespace

std::vector<OutlivedCapture> outlivedCaptures(const FunctionDecl &F,
                                              TranslationUnit &TU) {
  const FunctionDecl *Definition = nullptr;
  if (!F.hasBody(Definition) || Definition->isDependentContext())
    return {};
  return Lifetimes(*Definition, TU).find();
}

SpawnStates runningAtSpawns(const FunctionDecl &F, TranslationUnit &TU) {
  const FunctionDecl *Definition = nullptr;
  if (!F.hasBody(Definition) || Definition->isDependentContext())
    return SpawnStates();
  return Lifetimes(*Definition, TU).findRunning();
}

RunningTasks runningTasks(const FunctionDecl &F, TranslationUnit &TU) {
  const FunctionDecl *Definition = nullptr;
  if (!F.hasBody(Definition) || Definition->isDependentContext())
    return RunningTasks();
  return Lifetimes(*Definition, TU).findAll();
}

} // namespace threadlint
