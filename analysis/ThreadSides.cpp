//===- ThreadSides.cpp - What runs in tasks, and what beside them ---------===//
// See the header. Whoever cannot be placed runs on neither side.
//===----------------------------------------------------------------------===//
#include "analysis/ThreadSides.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

// Calls through which a join is looked for: `stop()` calls `joinAll()`.
static constexpr unsigned MaxJoinDepth = 3;

ThreadSides::ThreadSides(TranslationUnit &TU)
    : Context(TU.context()), M(TU.models()), Index(TU.functions()),
      AllTasks(TU.tasks()) {
  findTasks();
  if (!Sides.empty())
    findOutside();
}

//===----------------------------------------------------------------------===//
// Tasks
//===----------------------------------------------------------------------===//

/// Handlers run in whichever thread runs the loop; a pool has threads of its
/// own.
static bool isOtherThread(const Task &T) {
  if (T.Model->Ends != TaskEnd::Pool)
    return true;
  const QualType Pool = T.Pool ? T.Pool->declaredType() : QualType();
  if (Pool.isNull())
    return false;
  QualType Type = Pool.getNonReferenceType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const TagDecl *Class = Type->getAsTagDecl();
  return Class && Class->getIdentifier() && namesWorkers(Class->getName());
}

/// `void run() override` of a class whose objects are threads.
static bool isThreadBody(const FunctionDecl &F, const Models &M) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (!Method || !Method->getIdentifier() || Method->getName() != "run" ||
      Method->getNumParams() != 0 || Method->size_overridden_methods() == 0)
    return false;
  const TypeModel *Type = M.record(Method->getParent());
  return Type && Type->Kind == TypeKind::Thread;
}

void ThreadSides::addTask(const FunctionDecl *Entry, const Task *T,
                          bool Again) {
  auto [It, New] = SideOf.try_emplace(Entry, Sides.size());
  if (New)
    Sides.push_back({Entry, false, {}, {}});
  TaskSide &Side = Sides[It->second];
  if (!T)
    return;
  Side.Many |= Again || !Side.Spawns.empty();
  Side.Spawns.push_back(T);
}

void ThreadSides::closeTask(TaskSide &Side) {
  llvm::SmallVector<const FunctionDecl *, 16> Work{Side.Entry};
  Side.Runs.insert(Side.Entry);
  while (!Work.empty())
    if (const FunctionScan *Scan = Index.scan(Work.pop_back_val()))
      for (const FunctionDecl *Callee : Scan->Callees)
        if (Side.Runs.insert(Callee).second)
          Work.push_back(Callee);
}

void ThreadSides::findTasks() {
  for (const FunctionDecl *F : Index.functions()) {
    const FunctionScan *Scan = Index.scan(F);
    if (!Scan || Scan->OverBudget)
      continue;
    if (isThreadBody(*F, M))
      addTask(F, nullptr, false);
    if (Scan->Spawns.empty())
      continue;
    BodyParents Parents(*F);
    for (const Task &T : AllTasks.of(F))
      if (T.Entry && isOtherThread(T))
        addTask(T.Entry, &T,
                Parents.isInLoop(T.Spawn) || T.Model->Does == Effect::Emplace);
  }
  for (TaskSide &Side : Sides)
    closeTask(Side);
}

//===----------------------------------------------------------------------===//
// The part of a function in which its tasks run
//===----------------------------------------------------------------------===//

SourceLocation ThreadSides::placeOf(const Expr *E) const {
  return Context.getSourceManager().getExpansionLoc(E->getBeginLoc());
}

/// Waits until a task is over, or has got as far as it says.
static bool isJoin(const FunctionModel &M) {
  return M.Does == Effect::Join || M.Does == Effect::FutureWait ||
         M.Does == Effect::LatchWait || M.Does == Effect::SemaphoreAcquire;
}

bool ThreadSides::hasJoin(const FunctionDecl *F, unsigned Depth) {
  if (Depth == 0 || !Index.mayWait(F))
    return false;
  bool Found = false;
  forEachStmt(F->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *E = dyn_cast<CallExpr>(S);
    const FunctionDecl *Named = Found || !E ? nullptr : namedCallee(E);
    if (!Named)
      return;
    const FunctionDecl *Definition = nullptr;
    if (const FunctionModel *Model = M.function(Named, writtenArgs(E)))
      Found = isJoin(*Model);
    else if (const FunctionDecl *Callee = callee(E);
             Callee && Callee->hasBody(Definition))
      Found = hasJoin(Definition, Depth - 1);
  });
  return Found;
}

const ThreadSides::Window &ThreadSides::windowOf(const FunctionDecl &F) {
  auto [It, New] = Windows.try_emplace(&F);
  if (!New || (!Index.maySpawn(&F) && !Index.mayWait(&F)))
    return It->second;
  Window W;
  auto Note = [&](SourceLocation &First, const Expr *E) {
    SourceLocation Loc = placeOf(E);
    if (!First.isValid() || Loc < First)
      First = Loc;
  };
  if (const FunctionScan *Scan = Index.scan(&F))
    for (const Expr *Spawn : Scan->Spawns)
      Note(W.FirstSpawn, Spawn);
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    const FunctionDecl *Named = E ? namedCallee(E) : nullptr;
    if (!Named)
      return;
    if (const FunctionModel *Model = M.function(Named, writtenArgs(E))) {
      if (isJoin(*Model))
        Note(W.FirstJoin, E);
      return;
    }
    const FunctionDecl *Definition = nullptr;
    const FunctionDecl *Callee = callee(E);
    if (!Callee || !Callee->hasBody(Definition))
      return;
    if (Index.maySpawn(Definition))
      Note(W.FirstSpawn, E);
    else if (hasJoin(Definition, MaxJoinDepth))
      Note(W.FirstJoin, E);
  });
  return Windows[&F] = W;
}

bool ThreadSides::isInside(const Window &W, SourceLocation Loc) const {
  return !(W.FirstSpawn.isValid() && Loc < W.FirstSpawn) &&
         !(W.FirstJoin.isValid() && W.FirstJoin < Loc);
}

bool ThreadSides::isBesideTasks(const FunctionDecl &F, const Expr *E) {
  return !isa<CXXConstructorDecl>(F) && isInside(windowOf(F), placeOf(E));
}

//===----------------------------------------------------------------------===//
// Code outside of tasks
//===----------------------------------------------------------------------===//

/// The callees of \p F that run while its tasks may run.
llvm::SmallVector<const FunctionDecl *, 8>
ThreadSides::calleesBeside(const FunctionDecl &F) {
  const FunctionScan *Scan = Index.scan(&F);
  if (!Scan)
    return {};
  const Window W = windowOf(F);
  if (!W.FirstSpawn.isValid() && !W.FirstJoin.isValid())
    return {Scan->Callees.begin(), Scan->Callees.end()};
  llvm::SmallVector<const FunctionDecl *, 8> Result;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    const FunctionDecl *Definition = nullptr;
    const FunctionDecl *Callee = E ? callee(E) : nullptr;
    if (Callee && Callee->hasBody(Definition) && isInside(W, placeOf(E)) &&
        llvm::is_contained(Scan->Callees, Definition))
      Result.push_back(Definition);
  });
  return Result;
}

/// Somebody out of sight calls it, and is no task of this file.
bool ThreadSides::isRoot(
    const FunctionDecl &F,
    const llvm::DenseSet<const FunctionDecl *> &Called) const {
  if (F.isMain())
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (SideOf.count(&F) || isa<CXXConstructorDecl>(F) ||
      (Method && Method->getParent()->isLambda()))
    return false;
  if (isa<CXXDestructorDecl>(F))
    return true;
  bool Reachable = Method ? Method->getAccess() == AS_public ||
                                Method->getAccess() == AS_none
                          : F.isExternallyVisible();
  if (!Reachable)
    return false;
  // A task may call its own stop(); it is there for the others.
  bool Stops = F.getIdentifier() && namesStartOrStop(F.getName());
  return Stops ||
         (!Called.count(&F) && !(F.getIdentifier() && namesSetup(F.getName())));
}

void ThreadSides::findOutside() {
  llvm::DenseSet<const FunctionDecl *> Called;
  for (const FunctionDecl *F : Index.functions())
    if (const FunctionScan *Scan = Index.scan(F))
      Called.insert(Scan->Callees.begin(), Scan->Callees.end());
  llvm::SmallVector<const FunctionDecl *, 32> Work;
  auto Add = [&](const FunctionDecl *F) {
    if (Outside.insert(F).second)
      Work.push_back(F);
  };
  for (const FunctionDecl *F : Index.functions()) {
    const FunctionScan *Scan = Index.scan(F);
    // Whoever spawns a task is not that task.
    if (Scan && !Scan->OverBudget &&
        (isRoot(*F, Called) || !Scan->Spawns.empty()))
      Add(F);
  }
  while (!Work.empty())
    for (const FunctionDecl *Callee : calleesBeside(*Work.pop_back_val()))
      Add(Callee);
}

} // namespace threadlint
