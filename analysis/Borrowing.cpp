//===- Borrowing.cpp - Which state does a value point into? ---------------===//
// Two questions that ask each other: what does a glvalue denote, and what does
// a pointing value point into? A pointer that is itself stored in the state is
// a copy and ends the search. See the header.
//===----------------------------------------------------------------------===//
#include "analysis/Borrowing.h"
#include "analysis/AccessUses.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

// Callees that make the pointer; steps of one search.
static constexpr unsigned MaxDepth = 3;
static constexpr unsigned MaxSteps = 200;

bool isPointing(QualType T) {
  return (T->isPointerType() && !T->isFunctionPointerType()) || isView(T);
}

Borrowing::Borrowing(const FunctionAccesses &F, LockedAccesses &All,
                     const Models &M, unsigned Depth)
    : F(F), All(All), M(M), Depth(Depth) {
  for (const Access &A : F.Body.All)
    Named[A.Where] = &A;
}

Borrow Borrowing::behind(const Expr *E, QualType T) {
  Steps = 0;
  if (T->isReferenceType())
    return refersTo(E);
  return isPointing(T) ? pointsInto(E) : Borrow();
}

/// Wrappers that keep the object: no loads, no conversions by calls.
static const Expr *sameObjectBelow(const Expr *E) {
  while (E) {
    const Expr *Next = E->IgnoreParens();
    if (const auto *Full = dyn_cast<FullExpr>(Next))
      Next = Full->getSubExpr();
    else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(Next))
      Next = Bind->getSubExpr();
    else if (const auto *Cast = dyn_cast<CastExpr>(Next);
             Cast && (Cast->getCastKind() == CK_NoOp ||
                      Cast->getCastKind() == CK_DerivedToBase ||
                      Cast->getCastKind() == CK_UncheckedDerivedToBase ||
                      Cast->getCastKind() == CK_BaseToDerived))
      Next = Cast->getSubExpr();
    if (Next == E)
      break;
    E = Next;
  }
  return E;
}

Borrow Borrowing::either(const Expr *A, const Expr *B, bool Pointer) {
  Borrow First = Pointer ? pointsInto(A) : refersTo(A);
  return First ? First : Pointer ? pointsInto(B) : refersTo(B);
}

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

Borrow Borrowing::refersTo(const Expr *E) {
  E = E ? sameObjectBelow(E) : nullptr;
  if (!E || ++Steps > MaxSteps)
    return {};
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return ofMember(*Member);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return ofVariable(*Ref, /*Pointer=*/false);
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return pointsInto(Subscript->getBase());
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref ? pointsInto(Unary->getSubExpr())
                                          : Borrow();
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E))
    return either(Choice->getTrueExpr(), Choice->getFalseExpr(), false);
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
    return ofOperator(*Op, /*Pointer=*/false);
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
    return ofMemberCall(*Call, /*Pointer=*/false);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return ofCall(*Call, /*Pointer=*/false);
  // A view that is a temporary may still be looked into.
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
    return isPointing(Temporary->getType())
               ? pointsInto(Temporary->getSubExpr())
               : Borrow();
  return {};
}

/// The state that \p E names. It is looked at by the lock that guards it, which
/// is the caller's business.
Borrow Borrowing::ofStorage(const Expr &E) {
  const Access *A = Named.lookup(&E);
  if (!A)
    return {};
  return {A, &F, &E, Reach::Whole, false};
}

Borrow Borrowing::ofMember(const MemberExpr &E) {
  const auto *Field = dyn_cast<FieldDecl>(E.getMemberDecl());
  if (!Field)
    return isa<VarDecl>(E.getMemberDecl()) ? ofStorage(E) : Borrow();
  if (Field->getType()->isReferenceType())
    return {};
  // The object around it first: `items_[i].name` is a part of items_.
  Borrow Whole = E.isArrow() ? pointsInto(E.getBase()) : refersTo(E.getBase());
  return Whole ? Whole : ofStorage(E);
}

Borrow Borrowing::ofVariable(const DeclRefExpr &E, bool Pointer) {
  if (const auto *Binding = dyn_cast<BindingDecl>(E.getDecl())) {
    const auto *Whole = dyn_cast<VarDecl>(Binding->getDecomposedDecl());
    if (!Whole || Pointer || !Whole->getType()->isReferenceType())
      return {};
    Locals.insert(Binding);
    return refersTo(Whole->getInit());
  }
  const auto *V = dyn_cast<VarDecl>(E.getDecl());
  if (!V || isa<ParmVarDecl>(V))
    return {};
  if (V->hasGlobalStorage())
    return Pointer ? Borrow() : ofStorage(E);
  if (!V->isLocalVarDecl())
    return {};
  bool Reference = V->getType()->isReferenceType();
  if (Pointer && Reference && !isIterator(V->getType()))
    return {}; // loads a stored pointer
  if (!Pointer && !Reference)
    return isView(V->getType()) ? ofValues(*V) : Borrow();
  if (!Reference)
    return ofValues(*V);
  Locals.insert(V);
  Borrow B = refersTo(V->getInit());
  return B ? B : ofStorage(E); // another name for a field
}

/// All values that the local pointer gets: what cannot be followed ends it.
Borrow Borrowing::ofValues(const VarDecl &V) {
  if (!Locals.insert(&V).second)
    return {}; // `p = p->next`
  if (!Values)
    Values = std::make_unique<LocalValues>(*F.F);
  Borrow Found;
  for (const Expr *Value : Values->of(V)) {
    if (Value->isNullPointerConstant(F.F->getASTContext(),
                                     Expr::NPC_ValueDependentIsNotNull))
      continue;
    const auto *Construct = dyn_cast<CXXConstructExpr>(sameObjectBelow(Value));
    if (Construct && Construct->getNumArgs() == 0)
      continue; // an iterator that is still to be set
    Borrow B = pointsInto(Value);
    if (!B)
      return {};
    if (!Found)
      Found = B;
  }
  return Found;
}

/// An element of the container that \p Object denotes.
Borrow Borrowing::ofElement(const Expr *Object) {
  Borrow B = refersTo(Object);
  if (!B)
    return {};
  const TypeModel *Type = M.type(Object->getType());
  B.Moves |= Type && Type->Relocates;
  if (B.How == Reach::Whole)
    B.How = Reach::Element;
  return B;
}

//===----------------------------------------------------------------------===//
// Pointers, iterators, views
//===----------------------------------------------------------------------===//

Borrow Borrowing::pointsInto(const Expr *E) {
  E = E ? sameObjectBelow(E) : nullptr;
  if (!E || ++Steps > MaxSteps)
    return {};
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    if (Cast->getCastKind() == CK_ArrayToPointerDecay)
      return refersTo(Cast->getSubExpr());
    if (Cast->getCastKind() == CK_LValueToRValue) {
      const auto *Ref =
          dyn_cast<DeclRefExpr>(Cast->getSubExpr()->IgnoreParens());
      return Ref ? ofVariable(*Ref, /*Pointer=*/true) : Borrow();
    }
    return pointsInto(Cast->getSubExpr());
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return ofVariable(*Ref, /*Pointer=*/true);
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
    return pointsInto(Temporary->getSubExpr());
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() == UO_AddrOf)
      return refersTo(Unary->getSubExpr());
    return Unary->isIncrementDecrementOp() ? pointsInto(Unary->getSubExpr())
                                           : Borrow();
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (!Binary->isAdditiveOp() && !Binary->isCommaOp())
      return {};
    bool Left = Binary->getLHS()->getType()->isPointerType();
    return pointsInto(Left && !Binary->isCommaOp() ? Binary->getLHS()
                                                   : Binary->getRHS());
  }
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E))
    return either(Choice->getTrueExpr(), Choice->getFalseExpr(), true);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return ofConstruction(*Construct);
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    for (const Expr *Init : List->inits())
      if (isPointing(Init->getType()))
        return pointsInto(Init);
    return {};
  }
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
    return ofOperator(*Op, /*Pointer=*/true);
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
    return ofMemberCall(*Call, /*Pointer=*/true);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return ofCall(*Call, /*Pointer=*/true);
  return {};
}

/// A view or iterator made of what it is given.
Borrow Borrowing::ofConstruction(const CXXConstructExpr &E) {
  if (!isView(E.getType()))
    return {};
  for (const Expr *Arg : E.arguments()) {
    if (isPointing(Arg->getType()))
      return pointsInto(Arg);
    if (Arg->isLValue())
      return refersTo(Arg);
  }
  return {};
}

Borrow Borrowing::ofOperator(const CXXOperatorCallExpr &E, bool Pointer) {
  if (E.getNumArgs() == 0)
    return {};
  const Expr *Object = E.getArg(0);
  QualType T = Object->getType();
  switch (E.getOperator()) {
  case OO_Subscript:
    if (Pointer)
      return {}; // a copy of a stored pointer
    return isContainer(T, M) ? ofElement(Object) : pointsInto(Object);
  case OO_Star:
  case OO_Arrow: {
    if (Pointer && E.getOperator() == OO_Star)
      return {};
    if (isSmartPointer(T)) {
      Borrow B = refersTo(Object);
      B.How = Reach::Owned;
      return B;
    }
    Borrow B = isView(T) ? pointsInto(Object) : Borrow();
    if (B && B.How == Reach::Whole)
      B.How = Reach::Element;
    return B;
  }
  case OO_Plus:
  case OO_Minus:
  case OO_PlusPlus:
  case OO_MinusMinus:
  case OO_PlusEqual:
  case OO_MinusEqual:
  case OO_Equal:
    return isPointing(T) ? pointsInto(Object) : Borrow();
  default:
    return {};
  }
}

Borrow Borrowing::ofMemberCall(const CXXMemberCallExpr &E, bool Pointer) {
  const Expr *Object = E.getImplicitObjectArgument();
  const CXXMethodDecl *Method = E.getMethodDecl();
  if (!Object || !Method)
    return {};
  bool Arrow = Object->getType()->isPointerType();
  QualType T = Arrow ? Object->getType()->getPointeeType() : Object->getType();
  if (isa<CXXThisExpr>(Object->IgnoreParenImpCasts()))
    return Pointer || E.isLValue() ? ofCallee(E) : Borrow();
  if (isView(T))
    return pointsInto(Object); // `view.substr(1)`, `it.value()`
  auto Holder = [&] {
    Borrow B = Arrow ? pointsInto(Object) : refersTo(Object);
    const TypeModel *Type = M.type(T);
    B.Moves |= Type && Type->Relocates;
    return B;
  };
  if (isSmartPointer(T)) {
    // What is not const, `release`, gives the object away.
    Borrow B = Method->isConst() ? Holder() : Borrow();
    B.How = Reach::Owned;
    return B;
  }
  if (!isContainer(T, M))
    return {};
  if (Pointer) {
    if (!isPointing(E.getType()))
      return {};
    // `front()` of a container of pointers yields a copy.
    return Method->getReturnType()->isReferenceType() ? Borrow() : Holder();
  }
  if (!Method->getReturnType()->isReferenceType())
    return {};
  return Arrow ? Borrow() : ofElement(Object);
}

Borrow Borrowing::ofCall(const CallExpr &E, bool Pointer) {
  const FunctionDecl *Callee = E.getDirectCallee();
  if (!Callee)
    return {};
  if (const Expr *Same = handedOn(&E))
    return E.isGLValue() && !Pointer ? refersTo(Same)
           : Same->isGLValue()       ? refersTo(Same)
                                     : pointsInto(Same);
  if (!isStandard(*Callee) || E.getNumArgs() == 0)
    return ofCallee(E);
  const Expr *First = E.getArg(0);
  // `std::find_if(first, last, …)`, `std::begin(c)`, `std::get<0>(t)`
  if (isPointing(First->getType()))
    return Pointer ? pointsInto(First) : Borrow();
  if (!First->isLValue())
    return {};
  if (Pointer)
    return isPointing(E.getType()) && isContainer(First->getType(), M)
               ? refersTo(First)
               : Borrow();
  return E.isLValue() && E.getNumArgs() == 1 ? refersTo(First) : Borrow();
}

/// What a function of the user's returns, if it is state that the caller names
/// alike: of the same object, or of the whole program.
Borrow Borrowing::ofCallee(const CallExpr &E) {
  const FunctionAccesses *Callee = All.of(callee(&E));
  if (!Callee || Callee == &F || Depth >= MaxDepth || !Callee->Acquires.empty())
    return {};
  Borrowing Inside(*Callee, All, M, Depth + 1);
  Borrow Found;
  forEachStmt(Callee->F->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Return = dyn_cast<ReturnStmt>(S);
    if (!Found && Return && Return->getRetValue())
      Found = Inside.behind(Return->getRetValue(), Callee->F->getReturnType());
  });
  if (!Found)
    return {};
  const LockPath *Root = Found.Storage->Path->root();
  bool Same = Root->variable() && Root->variable()->hasGlobalStorage();
  if (Root->kind() == LockPath::Kind::This) {
    const Expr *Object = objectArgument(&E);
    Same = Object && isa<CXXThisExpr>(Object->IgnoreParenImpCasts());
  }
  if (!Same)
    return {};
  Found.At = &E;
  return Found;
}

} // namespace threadlint
