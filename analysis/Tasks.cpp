//===- Tasks.cpp - Which code other threads run ---------------------------===//
// See the header. For each spawn: what is called, and which object its value ends
// up in, asked from the inside out.
//===----------------------------------------------------------------------===//
#include "analysis/Tasks.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/Callable.h"
#include "analysis/FunctionIndex.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "analysis/SpawnCall.h"
#include "analysis/Statements.h"
#include "analysis/TaskCaptures.h"
#include "analysis/ValuePlace.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {
namespace {

/// Finds the tasks of one function.
class Finder {
public:
  Finder(const FunctionDecl &F, const Models &M, LockPaths &Paths)
      : F(F), M(M), Paths(Paths), Places(F, Paths) {}

  Task task(const Expr &Spawn);
  void findUses(std::vector<Task> &Found);

private:
  void place(Task &T, const Expr &Spawn, bool InPlace);
  void use(std::vector<Task> &Found, const Expr &Call);
  const FunctionModel *model(const Expr &Call) const {
    const FunctionDecl *Callee = namedCallee(&Call);
    return Callee ? M.function(Callee, writtenArgs(&Call)) : nullptr;
  }

  const FunctionDecl &F;
  const Models &M;
  LockPaths &Paths;
  ValuePlaces Places;
};

/// The object that the value of \p Spawn ends up in.
void Finder::place(Task &T, const Expr &Spawn, bool InPlace) {
  if (InPlace)
    if (const Expr *Container = objectArgument(&Spawn)) {
      T.Handle = Paths.of(Container);
      return;
    }
  ValuePlace Place = Places.of(Spawn);
  T.Handle = Place.Object;
  T.IsReturned = Place.Returned;
  if (!Place.Used)
    return;
  if (!T.Handle)
    T.Handle = Paths.unknown();
  const FunctionModel *Model = model(*Place.Used);
  const Expr *Object = Model ? argumentAt(*Place.Used, Model->Object) : nullptr;
  // CloseHandle(CreateThread(…)): the thread goes on without it.
  bool Drops = Model && Model->Does == Effect::Inert &&
               !Spawn.getType()->isRecordType();
  if (!Drops && (!Object || producer(Object) != producer(&Spawn)))
    return;
  // std::thread(…).detach(), std::async(…).get()
  if (Drops || Model->Does == Effect::Detach)
    T.Detach = Place.Used;
  else if (Model->Blocks == Category::Wait)
    T.Join = Place.Used;
  else
    return;
  T.Handle = nullptr;
}

/// What runs there, and what it has of \p Spawner. Who holds it is not said.
Task describe(const Expr &Spawn, const FunctionDecl *Spawner, const Models &M,
              LockPaths &Paths) {
  Task T;
  T.Spawner = Spawner;
  T.Spawn = &Spawn;
  SpawnCall Call = spawnCall(Spawn, M);
  T.Model = Call.Model;
  T.Callable = Call.Callable;
  Callable Callee;
  if (Call.Callable)
    Callee = resolveCallable(Call.Callable, M, Paths);
  T.Entry = Callee.Entry;
  T.Lambda = Callee.Lambda;
  addCaptures(T, Callee, Call, Paths);
  return T;
}

Task Finder::task(const Expr &Spawn) {
  Task T = describe(Spawn, &F, M, Paths);
  const bool InPlace = spawnCall(Spawn, M).InPlace;
  const Expr *Object = InPlace ? nullptr : argumentAt(Spawn, T.Model->Object);
  if (T.Model->Ends == TaskEnd::Pool) {
    T.Pool = Object ? Paths.of(Object) : nullptr;
    place(T, Spawn, InPlace); // the future of a submitted task
  } else if (Object) {
    T.Handle = Places.object(Object); // pthread_create(&handle, …)
  } else {
    place(T, Spawn, InPlace);
  }
  return T;
}

/// Notes a call that detaches or joins one of the tasks.
void Finder::use(std::vector<Task> &Found, const Expr &Call) {
  const FunctionModel *Model = model(Call);
  if (!Model || (Model->Does != Effect::Detach && Model->Does != Effect::Join &&
                 Model->Does != Effect::FutureWait))
    return;
  const Expr *Object = argumentAt(Call, Model->Object);
  const LockPath *P = Object ? Paths.of(Object) : nullptr;
  if (!P || P->isUnknown())
    return;
  for (Task &T : Found) {
    if (!T.Handle || !P->startsWith(T.Handle))
      continue;
    const Expr *&Use = Model->Does == Effect::Detach ? T.Detach : T.Join;
    if (!Use)
      Use = &Call;
  }
}

void Finder::findUses(std::vector<Task> &Found) {
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (isa<CallExpr>(S))
      use(Found, *cast<Expr>(S));
  });
}

} // namespace

llvm::ArrayRef<Task> Tasks::of(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (!F || !F->hasBody(Definition))
    return {};
  auto [It, New] = Found.try_emplace(Definition);
  const FunctionScan *Scan = New ? Index.scan(Definition) : nullptr;
  if (!Scan || Scan->OverBudget || Scan->Spawns.empty())
    return It->second;
  std::vector<const Expr *> Spawns(Scan->Spawns.begin(), Scan->Spawns.end());
  const SourceManager &SM = Context.getSourceManager();
  llvm::stable_sort(Spawns, [&](const Expr *A, const Expr *B) {
    return SM.isBeforeInTranslationUnit(A->getBeginLoc(), B->getBeginLoc());
  });
  Finder Find(*Definition, M, Paths);
  std::vector<Task> Result;
  Result.reserve(Spawns.size());
  for (const Expr *Spawn : Spawns)
    Result.push_back(Find.task(*Spawn));
  Find.findUses(Result);
  return Found[Definition] = std::move(Result);
}

llvm::ArrayRef<Task> Tasks::outside() {
  if (Outside)
    return *Outside;
  std::vector<Task> Result;
  for (const OuterSpawn &Outer : Index.outerSpawns()) {
    Task T = describe(*Outer.Spawn, nullptr, M, Paths);
    const auto *Field = dyn_cast<FieldDecl>(Outer.Target);
    T.Handle = Field ? Paths.field(Paths.thisObject(), Field)
                     : Paths.variable(cast<VarDecl>(Outer.Target));
    if (T.Model->Ends == TaskEnd::Pool)
      if (const Expr *Object = argumentAt(*Outer.Spawn, T.Model->Object))
        T.Pool = Paths.of(Object);
    Result.push_back(std::move(T));
  }
  Outside = std::move(Result);
  return *Outside;
}

} // namespace threadlint
