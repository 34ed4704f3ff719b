//===- AccessUses.cpp - What an access does to its object -----------------===//
// See the header. Conventions of containers are used where there is no model: a
// member that is const, or has a const twin, only looks.
//===----------------------------------------------------------------------===//
#include "analysis/AccessUses.h"
#include "analysis/Accesses.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/Models.h"
#include "analysis/NameWords.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static const CXXRecordDecl *classOf(QualType T) {
  const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  return R ? R->getDefinition() : nullptr;
}

template <class AttrT> static bool hasAttribute(const CXXRecordDecl &R) {
  if (R.hasAttr<AttrT>())
    return true;
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&R);
  return Special && Special->getSpecializedTemplate()
                        ->getTemplatedDecl()
                        ->hasAttr<AttrT>();
}

static bool hasMember(const CXXRecordDecl &R, llvm::StringRef Name) {
  return !R.lookup(&R.getASTContext().Idents.get(Name)).empty();
}

static bool hasOperator(const CXXRecordDecl &R, OverloadedOperatorKind Op) {
  return !R.lookup(R.getASTContext().DeclarationNames.getCXXOperatorName(Op))
              .empty();
}

bool isIterator(QualType T) {
  const CXXRecordDecl *R = classOf(T);
  return R && R->getIdentifier() && namesIterator(R->getName());
}

bool isView(QualType T) {
  const CXXRecordDecl *R = classOf(T);
  if (!R || !R->getIdentifier())
    return false;
  return hasAttribute<PointerAttr>(*R) || isIterator(T) ||
         (namesView(R->getName()) && R->hasTrivialDestructor());
}

bool isContainer(QualType T, const Models &M) {
  const CXXRecordDecl *R = classOf(T);
  if (!R || isView(T) || hasOperator(*R, OO_Arrow))
    return false;
  const TypeModel *Type = M.type(T);
  return (Type && Type->Kind == TypeKind::Container) ||
         hasAttribute<OwnerAttr>(*R) ||
         (hasMember(*R, "begin") && hasMember(*R, "end"));
}

bool isSmartPointer(QualType T) {
  const CXXRecordDecl *R = classOf(T);
  return R && !isView(T) && hasOperator(*R, OO_Arrow);
}

QualType heldType(QualType T) {
  const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T.getNonReferenceType()->getAsCXXRecordDecl());
  if (!R || R->getTemplateArgs().size() == 0 ||
      R->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return {};
  return R->getTemplateArgs()[0].getAsType();
}

bool isKeyed(QualType T) {
  const CXXRecordDecl *R = classOf(T);
  return R && hasMember(*R, "key_type");
}

//===----------------------------------------------------------------------===//
// Uses
//===----------------------------------------------------------------------===//

/// Looks at what a call that only reads the object yields.
static ObjectUse useOfAnswer(const Expr &Call, const BodyParents &Parents) {
  if (Call.isLValue())
    return ObjectUse::Element;
  // `map.find(key)->second`
  const Stmt *Child = &Call;
  for (const Stmt *S = Parents.parent(Child); S && isa<Expr>(S);
       Child = S, S = Parents.parent(S)) {
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
    const auto *Unary = dyn_cast<UnaryOperator>(S);
    if ((Op && Op->getArg(0) == Child &&
         (Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star)) ||
        (Unary && Unary->getOpcode() == UO_Deref))
      return ObjectUse::Element;
    if (!isa<ImplicitCastExpr>(S) && !isa<MaterializeTemporaryExpr>(S) &&
        !isa<ParenExpr>(S) && !isa<CXXBindTemporaryExpr>(S))
      break;
  }
  return ObjectUse::Asks;
}

/// `begin()`, `find(key)`: a container of the user's may have no const twin of
/// it.
static bool isLookUp(llvm::StringRef Name) {
  return Name.consume_front("find") || Name == "begin" || Name == "end" ||
         Name == "rbegin" || Name == "rend" || Name.consume_front("lower_") ||
         Name.consume_front("upper_");
}

static ObjectUse useOfMember(const Access &A, const CXXMethodDecl &Method,
                             const Expr &Call, const BodyParents &Parents) {
  if (A.Kind == AccessKind::Read ||
      (Method.getIdentifier() && isLookUp(Method.getName())))
    return useOfAnswer(Call, Parents);
  if (!Method.getIdentifier())
    return ObjectUse::Changes;
  llvm::StringRef Name = Method.getName();
  if (namesInsertion(Name))
    return ObjectUse::Inserts;
  if (namesReplacement(Name))
    return ObjectUse::Replaces;
  // `v.front() = x`: the const twin makes it no change of the container.
  return Call.isLValue() && Method.getNumParams() == 0 ? ObjectUse::Element
                                                       : ObjectUse::Changes;
}

static ObjectUse useOfOperator(const Access &A, const CXXOperatorCallExpr &Call,
                               const BodyParents &Parents) {
  switch (Call.getOperator()) {
  case OO_Subscript:
    if (A.Kind == AccessKind::ReadWrite && isKeyed(Call.getArg(0)->getType()))
      return ObjectUse::Inserts;
    return ObjectUse::Element;
  case OO_Star:
  case OO_Arrow:
    return ObjectUse::Element;
  case OO_Equal:
    return ObjectUse::Replaces;
  default:
    return A.Kind == AccessKind::Read ? useOfAnswer(Call, Parents)
                                      : ObjectUse::Changes;
  }
}

static ObjectUse useByKind(AccessKind K) {
  switch (K) {
  case AccessKind::Read:
    return ObjectUse::Asks;
  case AccessKind::Write:
    return ObjectUse::Replaces;
  case AccessKind::ReadWrite:
    return ObjectUse::Changes;
  default:
    return ObjectUse::Unknown;
  }
}

/// `old.swap(items_)`, `std::exchange(items_, {})`, `std::move(items_)`: all of
/// it goes, whatever it was.
static bool takesWhole(const Expr &E, const Stmt &Object) {
  const auto *Call = dyn_cast<CallExpr>(&E);
  const FunctionDecl *F = Call ? namedCallee(Call) : nullptr;
  if (!F || !F->getIdentifier() || Call->getNumArgs() == 0)
    return false;
  return F->getName() == "swap" ||
         ((F->getName() == "exchange" || F->getName() == "move") &&
          Call->getArg(0) == &Object);
}

UseOfObject useOf(const Access &A, const BodyParents &Parents) {
  const Stmt *Child = A.Where;
  const Stmt *S = Parents.parent(Child);
  while (S && (isa<ImplicitCastExpr>(S) || isa<ParenExpr>(S))) {
    Child = S;
    S = Parents.parent(S);
  }
  const auto *E = dyn_cast_or_null<Expr>(S);
  if (!E)
    return {useByKind(A.Kind)};
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
    const Stmt *Call = Parents.parent(Member);
    while (Call && isa<ParenExpr>(Call))
      Call = Parents.parent(Call);
    if (Member->isArrow() || !Method || !isa_and_nonnull<CallExpr>(Call))
      return {ObjectUse::Element, Member};
    return {useOfMember(A, *Method, *cast<CallExpr>(Call), Parents),
            cast<CallExpr>(Call)};
  }
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E);
      Call && Call->getNumArgs() > 0 && Call->getArg(0) == Child)
    return {useOfOperator(A, *Call, Parents), Call};
  if (takesWhole(*E, *Child))
    return {ObjectUse::Replaces, E};
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    if (Unary->getOpcode() == UO_Deref)
      return {ObjectUse::Element, Unary};
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    if (Subscript->getBase() == Child)
      return {ObjectUse::Element, Subscript};
  return {useByKind(A.Kind), E};
}

} // namespace threadlint
