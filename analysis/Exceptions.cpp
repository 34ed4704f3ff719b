//===- Exceptions.cpp - May a function end by an exception? ---------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/Exceptions.h"
#include "analysis/CallInfo.h"
#include "analysis/FunctionIndex.h"
#include "analysis/Models.h"
#include "analysis/Statements.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

static constexpr unsigned MaxDepth = 16;

static bool isNothrow(const FunctionDecl &F) {
  const auto *Proto = F.getType()->getAs<FunctionProtoType>();
  return Proto && !isUnresolvedExceptionSpec(Proto->getExceptionSpecType()) &&
         Proto->isNothrow();
}

/// A handler for everything that does not throw again.
static bool catchesAll(const CXXTryStmt &Try) {
  for (unsigned I = 0; I < Try.getNumHandlers(); ++I)
    if (Try.getHandler(I)->getCaughtType().isNull())
      return true;
  return false;
}

bool Exceptions::mayThrow(const Stmt &S) {
  if (isa<CXXThrowExpr>(S))
    return true;
  if (!isa<CallExpr>(S) && !isa<CXXConstructExpr>(S))
    return false;
  const auto *Call = cast<Expr>(&S);
  const FunctionDecl *Named = namedCallee(Call);
  if (!Named)
    return false;
  if (const FunctionModel *Model = M.function(Named, writtenArgs(Call)))
    return Model->Throws;
  const FunctionDecl *Callee = callee(Call);
  return Callee && mayLeave(Callee);
}

/// The statements outside `try` blocks that catch: what is in a `try` block with
/// typed handlers only is taken as caught, too.
bool Exceptions::search(const FunctionDecl &F) {
  llvm::SmallVector<const Stmt *, 32> Work{F.getBody()};
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F))
    for (const CXXCtorInitializer *Init : Ctor->inits())
      Work.push_back(initialiserOf(*Init));
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    if (const auto *Try = dyn_cast<CXXTryStmt>(S)) {
      bool Swallows = catchesAll(*Try);
      for (unsigned I = 0; I < Try->getNumHandlers(); ++I)
        if (!Swallows || Try->getHandler(I)->getCaughtType().isNull())
          Work.push_back(Try->getHandler(I)->getHandlerBlock());
      continue;
    }
    if (mayThrow(*S))
      return true;
    Work.append(S->child_begin(), S->child_end());
  }
  return false;
}

bool Exceptions::mayLeave(const FunctionDecl *F) {
  if (isNothrow(*F) || !Index.scan(F))
    return false;
  F->hasBody(F);
  auto [It, New] = Known.try_emplace(F, false); // also while it is computed
  if (!New || Depth >= MaxDepth)
    return It->second;
  ++Depth;
  bool Result = search(*F);
  --Depth;
  return Known[F] = Result;
}

} // namespace threadlint
