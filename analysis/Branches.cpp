//===- Branches.cpp - Which code does a condition decide on? --------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/Branches.h"
#include "analysis/BodyParents.h"
#include "analysis/Statements.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

bool isAssignment(const Stmt &S, const Expr *&To, const Expr *&From) {
  if (const auto *Assign = dyn_cast<BinaryOperator>(&S)) {
    To = Assign->getLHS();
    From = Assign->getRHS();
    return Assign->getOpcode() == BO_Assign;
  }
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(&S);
  if (!Op || Op->getOperator() != OO_Equal || Op->getNumArgs() != 2)
    return false;
  To = Op->getArg(0);
  From = Op->getArg(1);
  return true;
}

LocalValues::LocalValues(const FunctionDecl &F) {
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Declared = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Declared->decls())
        if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasInit())
          Values[V].push_back(V->getInit());
    const Expr *To = nullptr, *From = nullptr;
    if (!isAssignment(*S, To, From))
      return;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(To->IgnoreParenImpCasts()))
      if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
        Values[V].push_back(From);
  });
}

llvm::ArrayRef<const Expr *> LocalValues::of(const VarDecl &V) const {
  auto It = Values.find(&V);
  if (It == Values.end())
    return {};
  return It->second;
}

const Expr *decidingExpr(const Stmt &S) {
  if (const auto *Binary = dyn_cast<BinaryOperator>(&S))
    return Binary->isLogicalOp() ? Binary->getLHS() : nullptr;
  return conditionIn(S);
}

static bool leaves(const Stmt *S) {
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
    S = Block->body_empty() ? nullptr : Block->body_back();
  if (const auto *Full = dyn_cast_or_null<FullExpr>(S))
    S = Full->getSubExpr();
  return isa_and_nonnull<ReturnStmt>(S) || isa_and_nonnull<CoreturnStmt>(S) ||
         isa_and_nonnull<GotoStmt>(S) || isa_and_nonnull<BreakStmt>(S) ||
         isa_and_nonnull<ContinueStmt>(S) || isa_and_nonnull<CXXThrowExpr>(S);
}

bool isBefore(const Stmt &A, const Stmt &B, const SourceManager &SM) {
  return SM.isBeforeInTranslationUnit(SM.getExpansionLoc(A.getBeginLoc()),
                                      SM.getExpansionLoc(B.getBeginLoc()));
}

static bool isInside(const Stmt &Inner, const Stmt &Outer,
                     const BodyParents &Parents) {
  for (const Stmt *S = &Inner; S; S = Parents.parent(S))
    if (S == &Outer)
      return true;
  return false;
}

bool decides(const Stmt &Branch, const Stmt &Later, const BodyParents &Parents,
             const SourceManager &SM) {
  const Expr *Condition = decidingExpr(Branch);
  if (!Condition || isInside(Later, *Condition, Parents))
    return false;
  if (isInside(Later, Branch, Parents))
    return !isa<DoStmt>(Branch);
  const auto *If = dyn_cast<IfStmt>(&Branch);
  if (!If || !(leaves(If->getThen()) || leaves(If->getElse())) ||
      !isBefore(Branch, Later, SM))
    return false;
  // Nothing but blocks between the branch and what contains both.
  const Stmt *S = Parents.parent(&Branch);
  while (S && isa<CompoundStmt>(S) && !isInside(Later, *S, Parents))
    S = Parents.parent(S);
  return S && isa<CompoundStmt>(S);
}

} // namespace threadlint
