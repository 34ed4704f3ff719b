//===- PromiseRounds.cpp - Is it the same promise, once more? -------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/PromiseRounds.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ParentMap.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

static bool isAnyLoop(const Stmt *S) {
  return isa<ForStmt>(S) || isa<WhileStmt>(S) || isa<DoStmt>(S) ||
         isa<CXXForRangeStmt>(S);
}

/// `x < 0`, `!(a && b)`: may be so again in the next round. Equality is often
/// that of one element only, and calls know more than we do.
static bool mayHoldAgain(const Expr *Condition) {
  bool Result = true;
  forEachStmt(Condition, Lambdas::Inside, [&](const Stmt *S) {
    const auto *Binary = dyn_cast<BinaryOperator>(S);
    if (isa<CallExpr>(S) ||
        (Binary && !Binary->isRelationalOp() && !Binary->isLogicalOp() &&
         !Binary->isMultiplicativeOp()))
      Result = false;
    if (const auto *Unary = dyn_cast<UnaryOperator>(S))
      Result &= !Unary->isIncrementDecrementOp();
  });
  const Expr *E = producer(Condition);
  return Result && (isa<BinaryOperator>(E) || isa<UnaryOperator>(E));
}

bool repeatsInLoop(const Expr &First, const Expr &Second,
                   const ParentMap &Parents) {
  llvm::SmallDenseSet<const Stmt *, 8> Around;
  for (const Stmt *P = &First; P; P = Parents.getParent(P))
    Around.insert(P);
  const Stmt *Loop = nullptr;
  for (const Stmt *P = &Second; P && !Loop; P = Parents.getParent(P))
    if (isAnyLoop(P) && Around.count(P))
      Loop = P;
  if (!Loop)
    return true; // the second one comes after the loop
  bool Result = true;
  forEachStmt(Loop, Lambdas::Outside, [&](const Stmt *S) {
    if (isa<SwitchStmt>(S) || isa<GotoStmt>(S))
      Result = false;
    const Expr *Condition =
        isa<IfStmt>(S) || isa<AbstractConditionalOperator>(S) ? conditionIn(*S)
                                                              : nullptr;
    if (!Condition || mayHoldAgain(Condition))
      return;
    bool Decides = false;
    for (const Stmt *Choice : S->children())
      if (Choice != Condition)
        forEachStmt(Choice, Lambdas::Outside, [&](const Stmt *Inner) {
          Decides |=
              Inner == &First || Inner == &Second || isa<ContinueStmt>(Inner);
        });
    Result &= !Decides;
  });
  return Result;
}

bool isReplacedElsewhere(const LockPath &P, const FunctionDecl &F,
                         TranslationUnit &TU) {
  const void *Name = commonName(&P);
  if (!Name)
    return false; // a parameter, or somebody's local variable
  for (const FunctionDecl *Other : TU.functions().functions()) {
    if (Other == &F || isa<CXXConstructorDecl>(Other) ||
        isa<CXXDestructorDecl>(Other))
      continue;
    bool Replaces = false;
    forEachStmt(Other->getBody(), Lambdas::Outside, [&](const Stmt *S) {
      const Expr *Target = nullptr;
      if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(S))
        Target = Call->isAssignmentOp() ? Call->getArg(0) : nullptr;
      else if (const auto *Call = dyn_cast<CallExpr>(S)) {
        const FunctionDecl *Callee = namedCallee(Call);
        const FunctionModel *Model =
            Callee ? TU.models().function(Callee, writtenArgs(Call)) : nullptr;
        const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
        if (!Model && !(Method && Method->isConst()))
          Target = objectArgument(Call); // reset, swap
        for (unsigned I = 0, N = numArguments(Call); I < N && !Replaces; ++I)
          Replaces = commonName(TU.paths().of(argument(Call, I))) == Name;
      } else if (const auto *Binary = dyn_cast<BinaryOperator>(S)) {
        Target = Binary->isAssignmentOp() ? Binary->getLHS() : nullptr;
      }
      Replaces |= Target && commonName(TU.paths().of(Target)) == Name;
    });
    if (Replaces)
      return true;
  }
  return false;
}

} // namespace threadlint
