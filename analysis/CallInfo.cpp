//===- CallInfo.cpp - Calls and constructions in one shape ----------------===//
// Helpers of the analyses; see the header.
//===----------------------------------------------------------------------===//
#include "analysis/CallInfo.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace threadlint {

static const Expr *stripOne(const Expr *E) {
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return Full->getSubExpr();
  if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E))
    return Temp->getSubExpr();
  if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(E))
    return Bind->getSubExpr();
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    // A conversion by a member function or constructor is a call.
    return Cast->getSubExpr();
  if (const auto *Subst = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
    return Subst->getReplacement();
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    if (Construct->isElidable() && Construct->getNumArgs() >= 1)
      return Construct->getArg(0);
  return E->IgnoreParens();
}

const Expr *producer(const Expr *E) {
  while (E) {
    const Expr *Next = stripOne(E);
    if (Next == E)
      break;
    E = Next;
  }
  return E;
}

const FunctionDecl *namedCallee(const Expr *Call) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Call)) {
    const CXXConstructorDecl *Ctor = Construct->getConstructor();
    // An inherited constructor has the base's body and parameters.
    if (InheritedConstructor Inherited = Ctor->getInheritedConstructor())
      return Inherited.getConstructor();
    return Ctor;
  }
  if (const auto *C = dyn_cast<CallExpr>(Call))
    return C->getDirectCallee();
  return nullptr;
}

const FunctionDecl *callee(const Expr *Call) {
  const FunctionDecl *F = namedCallee(Call);
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F);
  if (!Method || !Method->isVirtual())
    return F;
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  if (!Member)
    return nullptr;
  if (const auto *Written =
          dyn_cast<MemberExpr>(Member->getCallee()->IgnoreParens()))
    if (Written->hasQualifier())
      return F; // Base::f() is not a virtual call
  const Expr *Object = Member->getImplicitObjectArgument();
  return Object ? Method->getDevirtualizedMethod(Object, false) : nullptr;
}

/// Member operators have their object as the first argument.
static bool hasObjectFirst(const Expr *Call) {
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
  if (!Op)
    return false;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Op->getCalleeDecl());
  return Method && Method->isInstance();
}

const Expr *objectArgument(const Expr *Call) {
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    return Member->getImplicitObjectArgument();
  if (hasObjectFirst(Call))
    return cast<CallExpr>(Call)->getArg(0);
  return nullptr;
}

const Expr *argument(const Expr *Call, unsigned Index) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Call))
    return Index < Construct->getNumArgs() ? Construct->getArg(Index) : nullptr;
  const auto *C = dyn_cast<CallExpr>(Call);
  if (!C)
    return nullptr;
  if (hasObjectFirst(Call))
    ++Index;
  return Index < C->getNumArgs() ? C->getArg(Index) : nullptr;
}

unsigned numArguments(const Expr *Call) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Call))
    return Construct->getNumArgs();
  const auto *C = dyn_cast<CallExpr>(Call);
  if (!C)
    return 0;
  return C->getNumArgs() - (hasObjectFirst(Call) ? 1 : 0);
}

unsigned writtenArgs(const Expr *Call) {
  unsigned N = numArguments(Call);
  while (N > 0 && isa<CXXDefaultArgExpr>(argument(Call, N - 1)))
    --N;
  return N;
}

const LambdaExpr *lambdaOf(const Expr *E) {
  E = producer(E);
  while (const auto *Copy = dyn_cast_or_null<CXXConstructExpr>(E)) {
    if (Copy->getNumArgs() != 1 || !Copy->getConstructor()->isCopyOrMoveConstructor())
      break;
    E = producer(Copy->getArg(0));
  }
  if (const auto *Lambda = dyn_cast_or_null<LambdaExpr>(E))
    return Lambda;
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
    if (const auto *V = dyn_cast<VarDecl>(Ref->getDecl()))
      if (V->hasInit() && !isa<ParmVarDecl>(V) && V->isLocalVarDecl())
        if (const auto *R = V->getType().getNonReferenceType()->getAsCXXRecordDecl())
          if (R->isLambda())
            return dyn_cast_or_null<LambdaExpr>(producer(V->getInit()));
  return nullptr;
}

const FunctionDecl *callableBody(const Expr *E) {
  if (const LambdaExpr *Lambda = lambdaOf(E)) {
    const FunctionDecl *Call = Lambda->getCallOperator();
    // A generic lambda has no body of its own, but for the one that is made of
    // it.
    if (const FunctionTemplateDecl *Generic =
            Call ? Call->getDescribedFunctionTemplate() : nullptr) {
      auto Made = Generic->specializations();
      Call = std::distance(Made.begin(), Made.end()) == 1 ? *Made.begin()
                                                          : nullptr;
    }
    return Call && !Call->isDependentContext() ? Call : nullptr;
  }
  E = producer(E);
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(E))
    if (Unary->getOpcode() == UO_AddrOf)
      E = producer(Unary->getSubExpr());
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
    if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl()))
      return F;
  return nullptr;
}

const FunctionDecl *elementConstructor(const Expr *Call) {
  const FunctionDecl *F = namedCallee(Call);
  if (!F || !isStandard(*F) || !F->getIdentifier())
    return nullptr;
  const TemplateArgumentList *Args = nullptr;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(F)) {
    const auto *Container =
        dyn_cast<ClassTemplateSpecializationDecl>(Method->getParent());
    // A map's first argument is its key.
    if (Container && F->getName().take_front(7) == "emplace" &&
        !Container->getName().contains("map"))
      Args = &Container->getTemplateArgs();
  } else if (F->getName().take_front(5) == "make_") {
    Args = F->getTemplateSpecializationArgs();
  }
  if (!Args || !Args->size() ||
      Args->get(0).getKind() != TemplateArgument::Type)
    return nullptr;
  const CXXRecordDecl *R = Args->get(0).getAsType()->getAsCXXRecordDecl();
  if (!R || R->isInStdNamespace() || !(R = R->getDefinition()))
    return nullptr;
  unsigned Given = writtenArgs(Call);
  const FunctionDecl *Only = nullptr;
  for (const CXXConstructorDecl *Ctor : R->ctors()) {
    if (Ctor->isCopyOrMoveConstructor() ||
        Given < Ctor->getMinRequiredArguments() ||
        Given > Ctor->getNumParams())
      continue;
    if (Only)
      return nullptr;
    Only = Ctor;
  }
  return Only;
}

/// Boost has its own names for what the standard library took over.
static bool isInStdOrBoost(const FunctionDecl &F) {
  const auto *Space = dyn_cast<NamespaceDecl>(
      F.getDeclContext()->getEnclosingNamespaceContext());
  return F.isInStdNamespace() ||
         (Space && Space->getName() == "boost" &&
          Space->getParent()->getRedeclContext()->isTranslationUnit());
}

const Expr *handedOn(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  if (!F || !F->getIdentifier() || Call->getNumArgs() != 1 ||
      !isInStdOrBoost(*F))
    return nullptr;
  static constexpr llvm::StringLiteral Names[] = {
      "move", "forward", "addressof", "ref", "cref", "as_const"};
  return llvm::is_contained(Names, F->getName()) ? Call->getArg(0) : nullptr;
}

bool isNothrow(const FunctionDecl &F) {
  const auto *Proto = F.getType()->getAs<FunctionProtoType>();
  return Proto && !isUnresolvedExceptionSpec(Proto->getExceptionSpecType()) &&
         Proto->isNothrow();
}

bool isStandard(const FunctionDecl &F) {
  for (const DeclContext *C = F.getDeclContext(); C; C = C->getParent())
    if (C->isStdNamespace())
      return true;
  return false;
}

bool isCallableType(QualType T) {
  T = T.getNonReferenceType();
  if (T->isFunctionType() || T->isFunctionPointerType() ||
      T->isMemberFunctionPointerType())
    return true;
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !(R = R->getDefinition()))
    return false;
  DeclarationName Call =
      R->getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  return !R->lookup(Call).empty();
}

} // namespace threadlint
