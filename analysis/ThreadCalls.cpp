//===- ThreadCalls.cpp - Who joins, detaches or cancels a thread ----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/ThreadCalls.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/FunctionIndex.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

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
      All.push_back(
          {Model->Does, E, Thread ? Paths.of(Thread) : Paths.unknown()});
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
  const void *Name = Handle ? commonName(Handle) : nullptr;
  for (const Call &C : calls()) {
    if (C.Does != Does)
      continue;
    const void *Other = commonName(C.Thread);
    if (!Name || !Other || Name == Other)
      return true;
  }
  return false;
}

} // namespace threadlint
