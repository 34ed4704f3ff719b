//===- LoopInfo.cpp - Loops around a statement ----------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/LoopInfo.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace threadlint {

static bool isLoop(const Stmt &S) {
  return isa<ForStmt>(S) || isa<WhileStmt>(S) || isa<DoStmt>(S) ||
         isa<CXXForRangeStmt>(S);
}

static bool contains(const Stmt &Outer, SourceLocation Loc,
                     const SourceManager &SM) {
  Loc = SM.getExpansionLoc(Loc);
  SourceLocation Begin = SM.getExpansionLoc(Outer.getBeginLoc());
  SourceLocation End = SM.getExpansionLoc(Outer.getEndLoc());
  return !SM.isBeforeInTranslationUnit(Loc, Begin) &&
         !SM.isBeforeInTranslationUnit(End, Loc);
}

/// `do { … } while (0)` of a macro runs once.
static bool runsOnce(const Stmt &S, const ASTContext &Context) {
  const auto *Do = dyn_cast<DoStmt>(&S);
  bool Value = true;
  return Do && Do->getCond()->EvaluateAsBooleanCondition(Value, Context) &&
         !Value;
}

bool isInLoopAfter(const FunctionDecl &F, const Expr *E, SourceLocation Before,
                   const SourceManager &SM) {
  if (!E || !F.getBody())
    return false;
  llvm::SmallVector<const Stmt *, 32> Work{F.getBody()};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    if (isLoop(*S) && contains(*S, E->getExprLoc(), SM) &&
        !contains(*S, Before, SM) && !runsOnce(*S, F.getASTContext()))
      return true;
    Work.append(S->child_begin(), S->child_end());
  }
  return false;
}

} // namespace threadlint
