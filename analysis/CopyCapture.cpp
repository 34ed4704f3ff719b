//===- CopyCapture.cpp - Captures that may as well be copies --------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/CopyCapture.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ParentMap.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

static const VarDecl *named(const Stmt *S) {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(S);
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

static bool isCheapToCopy(const VarDecl &V) {
  QualType T = V.getType().getNonReferenceType();
  return T->isScalarType() && !T.isVolatileQualified() && !V.isInitCapture();
}

/// Every use of \p V below \p Root reads its value.
static bool onlyReads(const Stmt *Root, const VarDecl &V) {
  ParentMap Parents(const_cast<Stmt *>(Root));
  bool Reads = true;
  forEachStmt(Root, Lambdas::Inside, [&](const Stmt *S) {
    if (named(S) != &V)
      return;
    const auto *Cast =
        dyn_cast_or_null<ImplicitCastExpr>(Parents.getParentIgnoreParens(S));
    Reads &= Cast && Cast->getCastKind() == CK_LValueToRValue;
  });
  return Reads;
}

/// The spawner changes \p V behind the spawn, other than by the header of a loop.
static bool changesAfter(const FunctionDecl &F, const VarDecl &V,
                         SourceLocation Spawn, const SourceManager &SM) {
  bool Changes = false;
  llvm::DenseSet<const Stmt *> Steps;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *For = dyn_cast<ForStmt>(S))
      if (For->getInc())
        Steps.insert(For->getInc()->IgnoreParens());
    const Expr *Target = nullptr;
    if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      Target = Binary->isAssignmentOp() ? Binary->getLHS() : nullptr;
    else if (const auto *Unary = dyn_cast<UnaryOperator>(S))
      Target = Unary->isIncrementDecrementOp() || Unary->getOpcode() == UO_AddrOf
                   ? Unary->getSubExpr()
                   : nullptr;
    if (Target && named(Target->IgnoreParens()) == &V && !Steps.count(S) &&
        SM.isBeforeInTranslationUnit(Spawn, S->getBeginLoc()))
      Changes = true;
  });
  return Changes;
}

llvm::SmallVector<FixItHint, 2> copyCaptures(const Task &T, SourceLocation Loc,
                                             TranslationUnit &TU) {
  const LambdaExpr *Lambda = T.Lambda;
  if (!Lambda || Loc.isMacroID() || !Loc.isValid())
    return {};
  const SourceManager &SM = TU.context().getSourceManager();
  std::string List;
  const LambdaCapture *Single = nullptr;
  for (const LambdaCapture &C : Lambda->captures()) {
    SourceLocation At =
        C.isImplicit() ? Lambda->getCaptureDefaultLoc() : C.getLocation();
    if (At != Loc)
      continue;
    const auto *V =
        C.capturesVariable() ? dyn_cast<VarDecl>(C.getCapturedVar()) : nullptr;
    if (!V || C.getCaptureKind() != LCK_ByRef || !isCheapToCopy(*V) ||
        !onlyReads(Lambda->getBody(), *V) ||
        changesAfter(*T.Spawner, *V, T.Spawn->getBeginLoc(), SM))
      return {};
    Single = C.isImplicit() ? nullptr : &C;
    List += (List.empty() ? "" : ", ") + V->getNameAsString();
  }
  if (List.empty())
    return {};
  if (!Single) // `[&]`
    return {FixItHint::CreateReplacement(Loc, List)};
  // `&x`: the `&` stands just before the name.
  SourceLocation Ampersand = Loc.getLocWithOffset(-1);
  if (*SM.getCharacterData(Ampersand) != '&')
    return {};
  return {FixItHint::CreateRemoval(
      CharSourceRange::getCharRange(Ampersand, Loc))};
}

} // namespace threadlint
