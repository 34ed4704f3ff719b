//===- ThreadCalls.cpp - Who joins, detaches or cancels a thread ----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/ThreadCalls.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/FunctionIndex.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "analysis/SpawnCall.h"
#include "analysis/Statements.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

/// `pthread_create(&t, …)` for the `t` that \p Thread is or is a part of.
bool ThreadCalls::startsHere(const LockPath &Thread, const FunctionScan &Scan) {
  const VarDecl *V = Thread.root()->variable();
  if (!V || !V->hasLocalStorage() || isa<ParmVarDecl>(V) ||
      V->getType()->isReferenceType() || V->getType()->isPointerType())
    return false;
  return llvm::any_of(Scan.Spawns, [&](const Expr *Spawn) {
    SpawnCall Started = spawnCall(*Spawn, M);
    const Expr *Handle =
        Started ? argumentAt(*Spawn, Started.Model->Object) : nullptr;
    return Handle && Paths.of(Handle)->root()->variable() == V;
  });
}

/// A local variable that its function only starts, joins, detaches or cancels:
/// nobody else has the handle.
bool ThreadCalls::isPrivate(const LockPath &Handle) const {
  const VarDecl *V = Handle.root()->variable();
  const auto *F = V && V->hasLocalStorage() && !isa<ParmVarDecl>(V) &&
                          !V->getType()->isReferenceType() &&
                          !V->getType()->isPointerType()
                      ? dyn_cast<FunctionDecl>(V->getDeclContext())
                      : nullptr;
  if (!F || !F->hasBody())
    return false;
  auto Mentions = [V](const Stmt *Root) {
    unsigned Count = 0;
    forEachStmt(Root, Lambdas::Inside, [&](const Stmt *S) {
      const auto *Ref = dyn_cast<DeclRefExpr>(S);
      Count += Ref && Ref->getDecl() == V;
    });
    return Count;
  };
  unsigned Known = 0;
  forEachStmt(F->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *E = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = E ? namedCallee(E) : nullptr;
    const FunctionModel *Model =
        Callee ? M.function(Callee, writtenArgs(E)) : nullptr;
    if (Model && (Model->Does == Effect::Spawn || Model->Does == Effect::Join ||
                  Model->Does == Effect::Detach ||
                  Model->Does == Effect::Cancel))
      if (const Expr *Thread = argumentAt(*E, Model->Object))
        Known += Mentions(Thread);
  });
  return Known == Mentions(F->getBody());
}

const std::vector<ThreadCalls::Call> &ThreadCalls::calls() {
  if (Collected)
    return All;
  Collected = true;
  for (const FunctionDecl *F : Index.functions()) {
    const FunctionScan *Scan = Index.scan(F);
    if (!Scan || Scan->OverBudget)
      continue;
    llvm::SmallVector<const Stmt *, 32> Work{F->getBody()};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S || isa<LambdaExpr>(S))
        continue;
      Work.append(S->child_begin(), S->child_end());
      const auto *E = dyn_cast<CallExpr>(S);
      const FunctionDecl *Callee = E ? namedCallee(E) : nullptr;
      const FunctionModel *Model =
          Callee ? M.function(Callee, writtenArgs(E)) : nullptr;
      if (!Model ||
          (Model->Does != Effect::Join && Model->Does != Effect::Detach &&
           Model->Does != Effect::Cancel))
        continue;
      const Expr *Thread = argumentAt(*E, Model->Object);
      const LockPath *P = Thread ? Paths.of(Thread) : Paths.unknown();
      All.push_back({Model->Does, E, P, startsHere(*P, *Scan)});
    }
  }
  return All;
}

const Expr *ThreadCalls::find(Effect Does, const LockPath *Handle) {
  const void *Name = Handle ? commonName(Handle) : nullptr;
  if (!Name)
    return nullptr;
  for (const Call &C : calls())
    if (C.Does == Does && commonName(C.Thread) == Name)
      return C.E;
  return nullptr;
}

bool ThreadCalls::mayFind(Effect Does, const LockPath *Handle) {
  if (calls().empty())
    return false;
  const void *Name = Handle ? commonName(Handle) : nullptr;
  bool OnlyHere = Handle && !Name && isPrivate(*Handle);
  for (const Call &C : calls()) {
    if (C.Does != Does)
      continue;
    if (C.StartsHere) {
      if (Handle && Handle->root() == C.Thread->root())
        return true;
      continue;
    }
    if (OnlyHere)
      continue;
    const void *Other = commonName(C.Thread);
    if (!Name || !Other || Name == Other)
      return true;
  }
  return false;
}

} // namespace threadlint
