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
#include "analysis/TaskCaptures.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ParentMap.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {
namespace {

/// Finds the tasks of one function.
class Finder {
public:
  Finder(const FunctionDecl &F, const Models &M, LockPaths &Paths)
      : F(F), M(M), Paths(Paths), Parents(F.getBody()) {
    if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F))
      for (const CXXCtorInitializer *Init : Ctor->inits())
        Parents.addStmt(Init->getInit());
  }

  Task task(const Expr &Spawn);
  void findUses(std::vector<Task> &Found);

private:
  void place(Task &T, const Expr &Spawn, bool InPlace);
  bool placeInParent(Task &T, const Expr *&E);
  void placeInCall(Task &T, const Expr *E, const Expr &Call);
  const LockPath *initialised(const Expr *E);
  void use(std::vector<Task> &Found, const Expr &Call);

  const FunctionDecl &F;
  const Models &M;
  LockPaths &Paths;
  ParentMap Parents;
};

/// What only passes a value on.
bool isTransparent(const Stmt *S) {
  return isa<ParenExpr>(S) || isa<CastExpr>(S) || isa<FullExpr>(S) ||
         isa<MaterializeTemporaryExpr>(S) || isa<CXXBindTemporaryExpr>(S) ||
         isa<CXXNewExpr>(S) || isa<ConditionalOperator>(S) ||
         isa<InitListExpr>(S);
}

/// A copy or move, or a smart pointer, optional or future made from the value.
bool isWrapping(const Stmt *S) {
  const auto *Construct = dyn_cast<CXXConstructExpr>(S);
  return Construct && Construct->getNumArgs() >= 1 &&
         (Construct->getConstructor()->isCopyOrMoveConstructor() ||
          Construct->getConstructor()->getParent()->isInStdNamespace());
}

/// The member that the constructor initialises with \p E. Null: none.
const LockPath *Finder::initialised(const Expr *E) {
  const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F);
  if (!Ctor)
    return nullptr;
  for (const CXXCtorInitializer *Init : Ctor->inits())
    if (Init->getInit() == E && Init->isAnyMemberInitializer())
      return Paths.field(Paths.thisObject(), Init->getAnyMember());
  return nullptr;
}

/// \p E is an argument or the object of \p Call.
void Finder::placeInCall(Task &T, const Expr *E, const Expr &Call) {
  const FunctionDecl *Callee = namedCallee(&Call);
  const FunctionModel *Model =
      Callee ? M.function(Callee, writtenArgs(&Call)) : nullptr;
  const Expr *Object = objectArgument(&Call);
  if (Object && producer(Object) == producer(E)) {
    // std::thread(…).detach(), std::async(…).get()
    if (Model && Model->Does == Effect::Detach)
      T.Detach = &Call;
    else if (Model && Model->Blocks == Category::Wait)
      T.Join = &Call;
    else
      T.Handle = Paths.unknown();
    return;
  }
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(&Call);
  bool Assigns = Op && Op->getOperator() == OO_Equal;
  // Assigned, or put into a container.
  bool IntoContainer = Object && Callee && Callee->isInStdNamespace();
  T.Handle = Object && (Assigns || IntoContainer) ? Paths.of(Object)
                                                  : Paths.unknown();
}

/// Looks one step outwards from \p E; false when the place is found.
bool Finder::placeInParent(Task &T, const Expr *&E) {
  const Stmt *Parent = Parents.getParent(E);
  if (!Parent) {
    T.Handle = initialised(E);
    return false;
  }
  if (const auto *Decls = dyn_cast<DeclStmt>(Parent)) {
    for (const Decl *D : Decls->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        if (V->getInit() == E)
          T.Handle = Paths.variable(V);
    return false;
  }
  if (isa<ReturnStmt>(Parent) || isa<CoreturnStmt>(Parent)) {
    T.IsReturned = true;
    return false;
  }
  const auto *Outer = dyn_cast<Expr>(Parent);
  if (!Outer)
    return false; // discarded
  if (const auto *Binary = dyn_cast<BinaryOperator>(Outer)) {
    if (Binary->getOpcode() == BO_Assign && Binary->getRHS() == E)
      T.Handle = Paths.of(Binary->getLHS());
    return false;
  }
  if (isa<LambdaExpr>(Outer)) {
    T.Handle = Paths.unknown(); // captured
    return false;
  }
  const Expr *Moved = handedOn(Outer);
  if (Moved || isTransparent(Outer) || isWrapping(Outer) ||
      isa<MemberExpr>(Outer)) {
    E = Outer;
    return true;
  }
  if (isa<CallExpr>(Outer) || isa<CXXConstructExpr>(Outer))
    placeInCall(T, E, *Outer);
  return false;
}

/// The object that the value of \p Spawn ends up in.
void Finder::place(Task &T, const Expr &Spawn, bool InPlace) {
  if (InPlace)
    if (const Expr *Container = objectArgument(&Spawn)) {
      T.Handle = Paths.of(Container);
      return;
    }
  const Expr *E = &Spawn;
  for (unsigned Steps = 0; Steps < 64 && placeInParent(T, E); ++Steps)
    ;
}

Task Finder::task(const Expr &Spawn) {
  Task T;
  T.Spawner = &F;
  T.Spawn = &Spawn;
  SpawnCall Call = spawnCall(Spawn, M);
  T.Model = Call.Model;
  T.Callable = Call.Callable;
  const Expr *Object =
      Call.InPlace ? nullptr : argumentAt(Spawn, Call.Model->Object);
  if (Call.Model->Ends == TaskEnd::Pool) {
    T.Pool = Object ? Paths.of(Object) : nullptr;
    place(T, Spawn, Call.InPlace); // the future of a submitted task
  } else if (Object) {
    T.Handle = Paths.of(Object); // pthread_create(&handle, …)
  } else {
    place(T, Spawn, Call.InPlace);
  }
  if (Call.Callable) {
    Callable Callee = resolveCallable(Call.Callable, M, Paths);
    T.Entry = Callee.Entry;
    T.Lambda = Callee.Lambda;
    addCaptures(T, Callee, Call, Paths);
  }
  return T;
}

/// Notes a call that detaches or joins one of the tasks.
void Finder::use(std::vector<Task> &Found, const Expr &Call) {
  const FunctionDecl *Callee = namedCallee(&Call);
  const FunctionModel *Model =
      Callee ? M.function(Callee, writtenArgs(&Call)) : nullptr;
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
  llvm::SmallVector<const Stmt *, 32> Work{F.getBody()};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    if (isa<CallExpr>(S))
      use(Found, *cast<Expr>(S));
    Work.append(S->child_begin(), S->child_end());
  }
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
  for (const Expr *Spawn : Spawns)
    Result.push_back(Find.task(*Spawn));
  Find.findUses(Result);
  return Found[Definition] = std::move(Result);
}

} // namespace threadlint
