//===- SameObject.cpp - Do two threads touch one object? ------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/SameObject.h"
#include "analysis/Accesses.h"
#include "analysis/LockPath.h"
#include "analysis/ReachedAccesses.h"
#include "analysis/Statements.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

static const Stmt *bodyOfLoop(const Stmt *S) {
  if (const auto *For = dyn_cast<ForStmt>(S))
    return For->getBody();
  if (const auto *While = dyn_cast<WhileStmt>(S))
    return While->getBody();
  if (const auto *Do = dyn_cast<DoStmt>(S))
    return Do->getBody();
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(S))
    return Range->getBody();
  return nullptr;
}

/// The variable or parameter that \p P is. Null: it is something else.
static const VarDecl *variableOf(const LockPath *P) {
  if (P->kind() != LockPath::Kind::Parameter)
    return P->variable();
  const auto *F = static_cast<const FunctionDecl *>(P->decl());
  const FunctionDecl *Definition = nullptr;
  return F->hasBody(Definition) && P->number() < Definition->getNumParams()
             ? Definition->getParamDecl(P->number())
             : nullptr;
}

bool SameObject::isOfOneRound(const VarDecl *V, const Expr &Spawn) const {
  if (!V || V->hasGlobalStorage())
    return false;
  if (V->isImplicit())
    return true; // the iterator of a range-based `for`
  const Stmt *Loop = Parents.parent(&Spawn);
  while (Loop && !bodyOfLoop(Loop))
    Loop = Parents.parent(Loop);
  if (!Loop)
    return false;
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(Loop);
      Range && Range->getLoopVariable() == V)
    return true;
  const SourceManager &SM = F.getASTContext().getSourceManager();
  const Stmt *Body = bodyOfLoop(Loop);
  SourceLocation Loc = SM.getExpansionLoc(V->getLocation());
  return !(Loc < SM.getExpansionLoc(Body->getBeginLoc())) &&
         !(SM.getExpansionLoc(Body->getEndLoc()) < Loc);
}

bool SameObject::isOfOneRound(const LockPath *Object, const Expr &Spawn) const {
  return isOfOneRound(variableOf(Object->root()), Spawn);
}

bool SameObject::isLoopCounter(const LockPath *Object,
                               const Expr &Spawn) const {
  const VarDecl *V = variableOf(Object->root());
  for (const Stmt *S = &Spawn; S && V; S = Parents.parent(S))
    if (const auto *For = dyn_cast<ForStmt>(S))
      if (const auto *Init = dyn_cast_or_null<DeclStmt>(For->getInit()))
        if (llvm::is_contained(Init->decls(), static_cast<const Decl *>(V)))
          return true;
  return false;
}

/// The index has one value for all tasks, and for the spawner.
bool SameObject::isFixed(const Expr *Index, const Expr &Spawn) const {
  if (!Index || Index->isValueDependent() || Index->isTypeDependent())
    return false;
  if (Index->isEvaluatable(F.getASTContext()))
    return true;
  bool Fixed = true;
  forEachStmt(Index, Lambdas::Outside, [&](const Stmt *S) {
    if (isa<CallExpr>(S) || isa<MemberExpr>(S) || isa<UnaryOperator>(S))
      Fixed = false;
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    if (!Ref)
      return;
    const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
    Fixed &= V && V->hasLocalStorage() && !V->getType()->isReferenceType() &&
             V->getParentFunctionOrMethod() == &F && !Paths.isRebound(V) &&
             !isOfOneRound(V, Spawn);
  });
  return Fixed;
}

bool SameObject::isSameStep(const LockPath *A, const LockPath *B,
                            const Expr &Spawn) const {
  if (A->kind() != B->kind())
    return false;
  if (A->field())
    return A->field()->getCanonicalDecl() == B->field()->getCanonicalDecl();
  if (A->kind() == LockPath::Kind::Element)
    return A->number() == B->number() && isFixed(A->index(), Spawn);
  return A == B;
}

bool SameObject::isChanged(const LockPath *Pointer) const {
  const VarDecl *V = variableOf(Pointer);
  if (V && V->hasLocalStorage())
    return Paths.isRebound(V);
  return Changed.count(Pointer);
}

using Steps = llvm::SmallVector<const LockPath *, 4>;

static Steps stepsOf(const LockPath *P) {
  Steps Result;
  for (; P; P = P->parent())
    Result.push_back(P);
  std::reverse(Result.begin(), Result.end());
  return Result;
}

/// The last step of \p P names a part of the memory of what is before it.
static bool isPart(const LockPath *P) {
  QualType Whole = typeOf(P->parent());
  if (Whole.isNull())
    return false;
  if (P->kind() == LockPath::Kind::Element)
    return Whole->isArrayType();
  const RecordDecl *Held = Whole->getAsRecordDecl();
  if (!P->field() || !Held)
    return false;
  const RecordDecl *Owner = P->field()->getParent();
  if (Owner->getCanonicalDecl() == Held->getCanonicalDecl())
    return true;
  const auto *Derived = dyn_cast<CXXRecordDecl>(Held);
  const auto *Base = dyn_cast<CXXRecordDecl>(Owner);
  return Derived && Base && Derived->hasDefinition() &&
         Derived->isDerivedFrom(Base);
}

bool SameObject::overlap(const Access &A, const Access &B,
                         const Expr &Spawn) const {
  Steps L = stepsOf(A.Path), R = stepsOf(B.Path);
  bool LThrough = A.Through, RThrough = B.Through;
  if (L.size() > R.size()) {
    std::swap(L, R);
    std::swap(LThrough, RThrough);
  }
  if (L.front() != R.front())
    return false;
  for (size_t I = 1; I < L.size(); ++I)
    if (!isSameStep(L[I], R[I], Spawn))
      return false;
  // What is before the last step of the longer one leads there.
  for (size_t I = 0; I < R.size(); ++I) {
    bool Last = I + 1 == R.size();
    QualType T = typeOf(R[I]);
    bool Pointer = T.isNull() || leadsElsewhere(T);
    if (Pointer && (Last ? RThrough : true) && isChanged(R[I]))
      return false;
  }
  if (L.size() == R.size())
    return LThrough == RThrough;
  // A whole and its part.
  for (size_t I = L.size(); I < R.size(); ++I) {
    bool Behind = I == L.size() && LThrough;
    if (!Behind && !isPart(R[I]))
      return false;
  }
  return !RThrough;
}

} // namespace threadlint
