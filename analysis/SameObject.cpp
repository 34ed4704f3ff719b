//===- SameObject.cpp - Do two threads touch one object? ------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/SameObject.h"
#include "analysis/Accesses.h"
#include "analysis/CallInfo.h"
#include "analysis/ExclusiveBranches.h"
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

bool SameObject::areExclusive(const Expr &Spawn, const Expr &Point) const {
  return threadlint::areExclusive(
      Spawn, Point, Parents, [&](const ValueDecl &D) {
        const auto *V = dyn_cast<VarDecl>(&D);
        return V ? !Paths.isRebound(V) && !isOfOneRound(V, Spawn)
                 : isa<FieldDecl>(D);
      });
}

const VarDecl *SameObject::deletedBy(const Access &A) const {
  const Stmt *S = Parents.parent(A.Where);
  while (S && isa<ImplicitCastExpr>(S))
    S = Parents.parent(S);
  const auto *Delete = dyn_cast_or_null<CXXDeleteExpr>(S);
  const auto *Ref =
      Delete ? dyn_cast<DeclRefExpr>(producer(Delete->getArgument())) : nullptr;
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return V && V->hasLocalStorage() && !Paths.isRebound(V) ? V : nullptr;
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

//===----------------------------------------------------------------------===//
// What member functions give: `list.back()`
//===----------------------------------------------------------------------===//

void SameObject::noteWritten(const LockPath *P, const Expr *Where,
                             bool TasksRun) {
  auto Entry = Written.insert({P, Where});
  if (TasksRun || Entry.first->second != Where)
    Renewed.insert(P);
}

/// The variable or call that \p Where names an object or a part of it by.
static const Expr *namedBy(const Expr *Where) {
  while (true) {
    Where = producer(Where);
    const auto *Member = dyn_cast<MemberExpr>(Where);
    const auto *Unary = dyn_cast<UnaryOperator>(Where);
    const auto *Subscript = dyn_cast<ArraySubscriptExpr>(Where);
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(Where);
    if (Member)
      Where = Member->getBase();
    else if (Unary && (Unary->getOpcode() == UO_Deref ||
                       Unary->getOpcode() == UO_AddrOf))
      Where = Unary->getSubExpr();
    else if (Subscript)
      Where = Subscript->getBase();
    else if (Op && Op->getNumArgs() > 0)
      Where = Op->getArg(0);
    else
      return Where;
  }
}

static const VarDecl *aliasIn(const Expr *Where) {
  const auto *Ref = dyn_cast<DeclRefExpr>(namedBy(Where));
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

/// The call is made where the object is touched, not before.
static bool isCalledIn(const Expr *Where, const LockPath *Result) {
  const FunctionDecl *F = namedCallee(namedBy(Where));
  return F && F->getCanonicalDecl() == Result->decl();
}

/// Both have \p Result by the same call, or by calls that give the same object.
/// `back()` does not if the container grows, `emplace_back()` never does.
bool SameObject::isSameResult(const LockPath *Result, const Access &A,
                              const Access &B, const Expr &Spawn,
                              bool OtherRound) const {
  const auto *Method = dyn_cast<CXXMethodDecl>(
      static_cast<const FunctionDecl *>(Result->decl()));
  if (!Method)
    return true; // std::get<0>(pair)
  const VarDecl *Alias = aliasIn(A.Where);
  if (Alias && Alias == aliasIn(B.Where) &&
      Alias->getParentFunctionOrMethod() == &F)
    return !OtherRound || !isOfOneRound(Alias, Spawn);
  if (OtherRound &&
      !(isCalledIn(A.Where, Result) && isCalledIn(B.Where, Result)))
    return false;
  return Method->getReturnType()->isReferenceType() &&
         (Method->isConst() || hasConstTwin(*Method)) &&
         !Renewed.count(Result->parent());
}

/// The function reserves room in \p Vector, or somebody else may.
bool SameObject::mayBeReserved(const LockPath *Vector) const {
  bool May = false;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? namedCallee(Call) : nullptr;
    const Expr *Object = Callee ? objectArgument(Call) : nullptr;
    if (Object && Callee->getIdentifier() && Callee->getName() == "reserve")
      May |= Paths.of(Object) == Vector;
    if (Callee && !isStandard(*Callee))
      for (unsigned I = 0, N = numArguments(Call); I < N; ++I)
        May |= Paths.of(argument(Call, I)) == Vector;
  });
  return May;
}

/// `v.push_back(x)` moves v.back(), of which the task has a reference.
bool SameObject::isMovedBy(const LockPath *Element, const Access &Whole) const {
  const LockPath *Vector = Element->parent();
  if (Element->kind() != LockPath::Kind::Result || Whole.Path != Vector ||
      Whole.Through || Whole.Kind != AccessKind::ReadWrite)
    return false;
  const VarDecl *V = Vector->variable();
  const CXXRecordDecl *R = V ? V->getType()->getAsCXXRecordDecl() : nullptr;
  return R && R->isInStdNamespace() && R->getIdentifier() &&
         R->getName() == "vector" && V->hasLocalStorage() &&
         static_cast<const FunctionDecl *>(Element->decl())
             ->getReturnType()
             ->isReferenceType() &&
         !mayBeReserved(Vector);
}

//===----------------------------------------------------------------------===//
// All steps
//===----------------------------------------------------------------------===//

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
  if (P->kind() == LockPath::Kind::Result)
    return !isa<CXXMethodDecl>(static_cast<const FunctionDecl *>(P->decl()));
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

bool SameObject::overlap(const Access &A, const Access &B, const Expr &Spawn,
                         bool OtherRound) const {
  Steps L = stepsOf(A.Path), R = stepsOf(B.Path);
  bool LThrough = A.Through, RThrough = B.Through;
  const Access *Whole = &A;
  if (L.size() > R.size()) {
    std::swap(L, R);
    std::swap(LThrough, RThrough);
    Whole = &B;
  }
  if (L.front() != R.front())
    return false;
  for (size_t I = 1; I < L.size(); ++I)
    if (!isSameStep(L[I], R[I], Spawn) ||
        (L[I]->kind() == LockPath::Kind::Result &&
         !isSameResult(L[I], A, B, Spawn, OtherRound)))
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
    if (!Behind && !isPart(R[I]) && !(I == L.size() && isMovedBy(R[I], *Whole)))
      return false;
  }
  return !RThrough;
}

} // namespace threadlint
