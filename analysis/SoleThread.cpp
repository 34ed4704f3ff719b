//===- SoleThread.cpp - What one thread does alone ------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/SoleThread.h"
#include "analysis/LockPath.h"
#include "analysis/LockedAccesses.h"
#include "analysis/Statements.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

static bool inThreadOf(const FunctionAccesses &F, const FunctionAccesses &G) {
  return !G.Thread.None && !G.Thread.Many && G.Thread.Entry == F.Thread.Entry;
}

static const ValueDecl *declOf(const LockPath &Step) {
  if (const FieldDecl *Field = Step.field())
    return Field->getCanonicalDecl();
  const VarDecl *V = Step.variable();
  return V ? V->getCanonicalDecl() : nullptr;
}

/// The steps of the path from its last to the one that nobody out of sight can
/// name. Empty: there is none.
static DeclSet hiddenSteps(const LockPath *Object) {
  DeclSet Steps;
  for (const LockPath *P = Object; P; P = P->parent()) {
    const ValueDecl *D = declOf(*P);
    if (!D)
      break;
    Steps.insert(D);
    if (D->getAccess() == AS_private ||
        (isa<VarDecl>(D) && !D->isExternallyVisible()))
      return Steps;
  }
  return {};
}

/// Adds the functions that reach one of \p Functions.
static void addCallers(FunctionSet &Functions, LockedAccesses &All) {
  std::vector<const FunctionAccesses *> Work(Functions.begin(),
                                             Functions.end());
  while (!Work.empty()) {
    const FunctionAccesses *G = Work.back();
    Work.pop_back();
    for (const CallContext &C : G->Calls) {
      const FunctionAccesses *Caller = All.of(C.Caller);
      if (Caller && Functions.insert(Caller).second)
        Work.push_back(Caller);
    }
  }
}

/// \p G calls one of \p Functions on the object that the \p Steps lead to, or
/// hands it out.
static bool mayRun(const FunctionAccesses &G, const FunctionSet &Functions,
                   const DeclSet &Steps, LockedAccesses &All) {
  llvm::DenseSet<const Expr *> Harmless;
  for (const CallSite &Site : G.Body.Calls) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(Site.Where);
    const ValueDecl *D = Call && Site.Object ? declOf(*Site.Object) : nullptr;
    if (!D || !Steps.count(D))
      continue;
    const FunctionAccesses *Callee = All.of(Site.Callee);
    if (!Callee || Functions.count(Callee))
      return true;
    Harmless.insert(Call->getImplicitObjectArgument()->IgnoreParenImpCasts());
  }
  return llvm::any_of(G.Body.All, [&](const Access &A) {
    return A.Kind != AccessKind::Read && Steps.count(A.Decl) &&
           !Harmless.count(A.Where);
  });
}

bool isSoleThread(const FunctionAccesses &F, FunctionSet Functions,
                  const LockPath *Object, LockedAccesses &All) {
  if (!inThreadOf(F, F))
    return false;
  if (llvm::all_of(Functions, [&](const FunctionAccesses *G) {
        return inThreadOf(F, *G);
      }))
    return true;
  DeclSet Steps = hiddenSteps(Object);
  if (Steps.empty())
    return false;
  addCallers(Functions, All);
  return llvm::all_of(All.functions(), [&](const auto &G) {
    return inThreadOf(F, *G) || G->OnlySetup || isa<CXXConstructorDecl>(G->F) ||
           isa<CXXDestructorDecl>(G->F) || !mayRun(*G, Functions, Steps, All);
  });
}

} // namespace threadlint
