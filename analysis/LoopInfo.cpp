//===- LoopInfo.cpp - Loops around a statement ----------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/LoopInfo.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace threadlint {

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
  return Do && !Do->getCond()->isValueDependent() &&
         Do->getCond()->EvaluateAsBooleanCondition(Value, Context) && !Value;
}

bool isLoop(const Stmt &S, const ASTContext &Context) {
  return isa<ForStmt>(S) || isa<WhileStmt>(S) || isa<CXXForRangeStmt>(S) ||
         (isa<DoStmt>(S) && !runsOnce(S, Context));
}

LoopInfo::LoopInfo(const FunctionDecl &F) {
  llvm::SmallVector<const Stmt *, 32> Work{F.getBody()};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    if (isLoop(*S, F.getASTContext()))
      Loops.push_back(S);
    Work.append(S->child_begin(), S->child_end());
  }
}

bool LoopInfo::isInLoopAfter(const Expr *E, SourceLocation Before,
                             const SourceManager &SM) const {
  return E && llvm::any_of(Loops, [&](const Stmt *Loop) {
           return contains(*Loop, E->getExprLoc(), SM) &&
                  !contains(*Loop, Before, SM);
         });
}

} // namespace threadlint
