//===- ValuePlace.cpp - Where the value of an expression goes -------------===//
// See the header. Looks from the expression outwards, one parent at a time.
//===----------------------------------------------------------------------===//
#include "analysis/ValuePlace.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/Statements.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

ValuePlaces::ValuePlaces(const FunctionDecl &F, LockPaths &Paths)
    : F(F), Paths(Paths), Parents(F.getBody()) {
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F))
    for (const CXXCtorInitializer *Init : Ctor->inits())
      Parents.addStmt(const_cast<Expr *>(initialiserOf(*Init)));
}

/// What only passes a value on.
static bool isTransparent(const Stmt *S) {
  return isa<ParenExpr>(S) || isa<CastExpr>(S) || isa<FullExpr>(S) ||
         isa<MaterializeTemporaryExpr>(S) || isa<CXXBindTemporaryExpr>(S) ||
         isa<CXXNewExpr>(S) || isa<ConditionalOperator>(S) ||
         isa<InitListExpr>(S);
}

/// A copy or move, or a smart pointer or optional made from the value.
static bool isWrapping(const Stmt *S) {
  const auto *Construct = dyn_cast<CXXConstructExpr>(S);
  return Construct && Construct->getNumArgs() >= 1 &&
         (Construct->getConstructor()->isCopyOrMoveConstructor() ||
          Construct->getConstructor()->getParent()->isInStdNamespace());
}

/// The member that the constructor initialises with \p E. Null: none.
const LockPath *ValuePlaces::initialised(const Expr *E) {
  const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F);
  if (!Ctor)
    return nullptr;
  for (const CXXCtorInitializer *Init : Ctor->inits())
    if (initialiserOf(*Init) == E && Init->isAnyMemberInitializer())
      return Paths.field(Paths.thisObject(), Init->getAnyMember());
  return nullptr;
}

const LockPath *ValuePlaces::object(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(producer(E));
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (V && V->isCXXForRangeDecl() && V->getType()->isReferenceType())
    for (const Stmt *S = E; S; S = Parents.getParent(S))
      if (const auto *For = dyn_cast<CXXForRangeStmt>(S))
        if (For->getLoopVariable() == V)
          return Paths.of(For->getRangeInit());
  return Paths.of(E);
}

/// The value is an argument of \p Call.
void ValuePlaces::inCall(ValuePlace &Place, const Expr &Call) {
  const Expr *Object = objectArgument(&Call);
  const FunctionDecl *Callee = namedCallee(&Call);
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(&Call);
  bool Assigned = Op && Op->getOperator() == OO_Equal;
  Place.Used = &Call;
  bool IntoContainer = Callee && isStandard(*Callee);
  Place.Object = Object && (Assigned || IntoContainer) ? object(Object)
                                                       : Paths.unknown();
}

/// Looks one step outwards from \p E; false when the place is found.
bool ValuePlaces::step(ValuePlace &Place, const Expr *&E) {
  const Stmt *Parent = Parents.getParent(E);
  if (!Parent) {
    Place.Object = initialised(E);
    return false;
  }
  if (const auto *Decls = dyn_cast<DeclStmt>(Parent)) {
    for (const Decl *D : Decls->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        if (V->getInit() == E)
          Place.Object = Paths.variable(V);
    return false;
  }
  if (isa<ReturnStmt>(Parent) || isa<CoreturnStmt>(Parent)) {
    Place.Returned = true;
    return false;
  }
  const auto *Outer = dyn_cast<Expr>(Parent);
  if (!Outer)
    return false; // discarded
  if (const auto *Binary = dyn_cast<BinaryOperator>(Outer)) {
    if (Binary->getOpcode() == BO_Assign && Binary->getRHS() == E)
      Place.Object = object(Binary->getLHS());
    return false;
  }
  if (isa<LambdaExpr>(Outer)) {
    Place.Object = Paths.unknown(); // captured
    return false;
  }
  if (isa<MemberExpr>(Outer)) {
    const auto *Call =
        dyn_cast_or_null<CXXMemberCallExpr>(Parents.getParent(Outer));
    Place.Used = Call;
    Place.Object = Call ? nullptr : Paths.unknown(); // a part of the value
    return false;
  }
  if (handedOn(Outer) || isTransparent(Outer) || isWrapping(Outer)) {
    E = Outer;
    return true;
  }
  if (isa<CallExpr>(Outer) || isa<CXXConstructExpr>(Outer))
    inCall(Place, *Outer);
  return false;
}

ValuePlace ValuePlaces::of(const Expr &Value) {
  ValuePlace Place;
  const Expr *E = &Value;
  for (unsigned Steps = 0; Steps < 64; ++Steps)
    if (!step(Place, E))
      break;
  return Place;
}

} // namespace threadlint
