//===- StoredCallable.cpp - Is a callable kept for later? -----------------===//
// See the header. Follows the callable through the locals that are made of it.
//===----------------------------------------------------------------------===//
#include "analysis/StoredCallable.h"
#include "analysis/CallInfo.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace threadlint {
namespace {

constexpr unsigned MaxStatements = 2000; // executors are short

using Variables = llvm::SmallPtrSet<const VarDecl *, 4>;

/// Statements below Root, lambdas' captures and bodies included.
llvm::SmallVector<const Stmt *, 64> statements(const Stmt *Root) {
  llvm::SmallVector<const Stmt *, 64> All{Root};
  for (size_t I = 0; I < All.size() && I < MaxStatements; ++I)
    for (const Stmt *Child : All[I]->children())
      if (Child)
        All.push_back(Child);
  return All;
}

bool mentions(const Stmt *S, const Variables &Vars) {
  return llvm::any_of(statements(S), [&](const Stmt *Inner) {
    const auto *Ref = dyn_cast<DeclRefExpr>(Inner);
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    return V && Vars.count(V);
  });
}

/// `queue.push(f)`: the members by which containers take a value.
bool putsIntoContainer(const CXXMemberCallExpr &Call) {
  const CXXMethodDecl *Method = Call.getMethodDecl();
  if (!Method || !Method->getIdentifier())
    return false;
  StringRef Name = Method->getName();
  return Name.contains("push") || Name.contains("emplace") ||
         Name.contains("enqueue") || Name.contains("insert") ||
         Name.contains("append") || Name.contains("put") ||
         Name.contains("Push") || Name.contains("Enqueue");
}

} // namespace

bool storesCallable(const FunctionDecl &F) {
  const FunctionDecl *Definition = nullptr;
  if (!F.hasBody(Definition) || Definition->isDependentContext())
    return false;
  Variables Callables;
  for (const ParmVarDecl *P : Definition->parameters())
    if (isCallableType(P->getType()))
      Callables.insert(P);
  if (Callables.empty())
    return false;
  llvm::SmallVector<const Stmt *, 64> All = statements(Definition->getBody());
  // Breadth first: a local is made before it is used.
  for (const Stmt *S : All)
    if (const auto *Decls = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Decls->decls())
        if (const auto *V = dyn_cast<VarDecl>(D))
          if (V->hasInit() && mentions(V->getInit(), Callables))
            Callables.insert(V);
  return llvm::any_of(All, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
    return Call && putsIntoContainer(*Call) &&
           llvm::any_of(Call->arguments(), [&](const Expr *Arg) {
             return mentions(Arg, Callables);
           });
  });
}

} // namespace threadlint
