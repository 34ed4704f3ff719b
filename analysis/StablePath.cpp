//===- StablePath.cpp - Does a path name one object throughout? -----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/StablePath.h"
#include "analysis/LockPath.h"
#include "analysis/Statements.h"
#include "analysis/Writes.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace threadlint {

static bool isWritten(const ValueDecl *D, const Writes &All) {
  return llvm::any_of(All.of(D), [](const Write &W) { return W.Where; });
}

/// Smart pointers and iterators are objects, which locks and their owners are as
/// well: these are handed around without becoming others.
static bool isMoved(const ValueDecl *D, const Writes &All) {
  return llvm::any_of(All.of(D), [](const Write &W) {
    return W.Where &&
           (W.Kind == WriteKind::Assign || W.Kind == WriteKind::Step);
  });
}

/// A constant, or made of variables that the function does not change.
static bool isFixedIndex(const Expr *Index, const FunctionDecl &F,
                         const Writes &All) {
  if (!Index || Index->isValueDependent())
    return false;
  bool Fixed = true;
  forEachStmt(Index, Lambdas::Outside, [&](const Stmt *S) {
    if (isa<CallExpr>(S) || isa<MemberExpr>(S))
      Fixed = false;
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!V || V->getType().isConstQualified())
      return;
    // Another function's variables: the index was not translated.
    Fixed &= V->hasLocalStorage() && V->getParentFunctionOrMethod() == &F &&
             !isWritten(V, All);
  });
  return Fixed;
}

/// `instance()`: a reference without arguments is a singleton.
static bool isSingleton(const LockPath &P) {
  return !P.parent() && P.declaredType()->isReferenceType();
}

bool isStable(const LockPath &P, const FunctionDecl &F) {
  if (!F.hasBody())
    return false;
  Writes All(F);
  for (const LockPath *Step = &P; Step; Step = Step->parent()) {
    switch (Step->kind()) {
    case LockPath::Kind::This:
      break;
    case LockPath::Kind::Parameter:
    case LockPath::Kind::Variable:
    case LockPath::Kind::Field: {
      QualType T = Step->declaredType();
      if (T.isNull())
        return false;
      const ValueDecl *D = Step->field();
      if (!D)
        D = Step->variable();
      // Only what leads somewhere else can be made to lead elsewhere.
      if (D && T->isPointerType() && isWritten(D, All))
        return false;
      if (D && T->isRecordType() && isMoved(D, All))
        return false;
      break;
    }
    case LockPath::Kind::Element:
      if (!isFixedIndex(Step->index(), F, All))
        return false;
      break;
    case LockPath::Kind::Result:
      if (!isSingleton(*Step))
        return false;
      break;
    default:
      return false;
    }
  }
  return true;
}

} // namespace threadlint
