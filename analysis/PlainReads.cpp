//===- PlainReads.cpp - Expressions that change nothing -------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/PlainReads.h"
#include "analysis/Accesses.h"
#include "analysis/AtomicOps.h"
#include "analysis/CallInfo.h"
#include "analysis/Models.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"

using namespace clang;

namespace threadlint {

/// `std::empty(queue)`: nothing that it could change is handed to it.
static bool takesConstants(const FunctionDecl &F) {
  return F.getNumParams() != 0 &&
         llvm::all_of(F.parameters(), [](const ParmVarDecl *P) {
           QualType T = P->getType();
           return T->isLValueReferenceType()
                      ? T->getPointeeType().isConstQualified()
                      : T->isArithmeticType() || T->isEnumeralType();
         });
}

static bool isReader(const CallExpr &Call, TranslationUnit &TU) {
  const FunctionDecl *F = namedCallee(&Call);
  if (!F)
    return false;
  if (std::optional<AtomicOp> Op = atomicOp(Call))
    return Op->Kind == AtomicOpKind::Load;
  if (F->hasAttr<PureAttr>() || F->hasAttr<ConstAttr>())
    return true;
  const FunctionModel *Model = TU.models().function(F, writtenArgs(&Call));
  if (Model && Model->Does != Effect::Inert && Model->Does != Effect::OwnsLock)
    return false;
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Call);
  if (Operator && Operator->isComparisonOp())
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  if (Method && !Method->isStatic())
    return Method->isConst() || (isStandard(*F) && hasConstTwin(*Method));
  return isStandard(*F) && takesConstants(*F);
}

static bool changesNothing(const Stmt *S, TranslationUnit &TU) {
  if (const auto *Unary = dyn_cast<UnaryOperator>(S))
    return !Unary->isIncrementDecrementOp();
  if (const auto *Binary = dyn_cast<BinaryOperator>(S))
    return !Binary->isAssignmentOp();
  if (const auto *Call = dyn_cast<CallExpr>(S))
    return isReader(*Call, TU);
  if (const auto *Made = dyn_cast<CXXConstructExpr>(S))
    return Made->getConstructor()->isTrivial() ||
           isStandard(*Made->getConstructor());
  if (const auto *Builtin = dyn_cast<AtomicExpr>(S)) {
    std::optional<AtomicOp> Op = atomicOp(*Builtin);
    return Op && Op->Kind == AtomicOpKind::Load;
  }
  return !isa<LambdaExpr>(S) && !isa<StmtExpr>(S) && !isa<CXXNewExpr>(S) &&
         !isa<CXXDeleteExpr>(S) && !isa<CXXThrowExpr>(S) &&
         !isa<CoroutineSuspendExpr>(S) && !isa<VAArgExpr>(S);
}

bool onlyReads(const Expr &E, TranslationUnit &TU) {
  bool Result = true;
  forEachStmt(&E, Lambdas::Inside,
              [&](const Stmt *S) { Result &= changesNothing(S, TU); });
  return Result;
}

} // namespace threadlint
