//===- Callable.cpp - What runs when a callable is called -----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/Callable.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/Models.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

static const FunctionDecl *definitionOf(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  return F && F->hasBody(Definition) && !Definition->isDependentContext()
             ? Definition
             : nullptr;
}

/// The body of a generic lambda or call operator, if it has just one.
static const FunctionDecl *onlyInstance(const FunctionTemplateDecl *Template) {
  const FunctionDecl *Only = nullptr;
  for (const FunctionDecl *F : Template->specializations()) {
    if (Only)
      return nullptr;
    Only = F;
  }
  return definitionOf(Only);
}

static const FunctionDecl *callOperator(const CXXRecordDecl *R) {
  if (!R || !(R = R->getDefinition()))
    return nullptr;
  DeclarationName Name =
      R->getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  const NamedDecl *Only = nullptr;
  for (const NamedDecl *D : R->lookup(Name)) {
    if (Only)
      return nullptr; // overloaded
    Only = D;
  }
  if (const auto *Template = dyn_cast_or_null<FunctionTemplateDecl>(Only))
    return onlyInstance(Template);
  return definitionOf(dyn_cast_or_null<FunctionDecl>(Only));
}

static bool overridesRun(const CXXMethodDecl &Method) {
  return Method.getIdentifier() && Method.getName() == "run" &&
         Method.param_empty() && Method.size_overridden_methods() > 0;
}

/// The `run()` of a thread or runnable class, as its static type defines it.
static const FunctionDecl *runOverride(const CXXRecordDecl *R) {
  if (!R || !(R = R->getDefinition()))
    return nullptr;
  for (const CXXMethodDecl *Method : R->methods())
    if (overridesRun(*Method))
      return definitionOf(Method);
  return nullptr;
}

bool isThreadsRun(const CXXMethodDecl &Method, const Models &M) {
  return overridesRun(Method) &&
         llvm::any_of(Method.overridden_methods(), [&](const CXXMethodDecl *Base) {
           const TypeModel *Type = M.record(Base->getParent());
           return Type && Type->Kind == TypeKind::Thread;
         });
}

/// `&C::f` of a virtual function may be any override.
static bool isOverridable(const FunctionDecl *F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(F);
  return Method && Method->isVirtual() && !Method->hasAttr<FinalAttr>() &&
         !Method->getParent()->isEffectivelyFinal();
}

/// The expression that the callable is copied, converted or wrapped from. Null:
/// E is the callable itself.
static const Expr *madeFrom(const Expr *E, const Models &M, LockPaths &Paths,
                            Callable &Out) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    // std::function, std::packaged_task, and copies.
    if (writtenArgs(E) >= 1 && isCallableType(E->getType()) &&
        isCallableType(Construct->getArg(0)->getType()))
      return Construct->getArg(0);
    return nullptr;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Plus ||
                   Unary->getOpcode() == UO_Deref
               ? Unary->getSubExpr()
               : nullptr;
  if (const Expr *Same = handedOn(E)) {
    const FunctionDecl *F = namedCallee(E);
    bool ByReference = F->getReturnType()->isRecordType(); // ref, cref
    if (const auto *Ref = dyn_cast<DeclRefExpr>(producer(Same)))
      if (ByReference)
        Out.Referenced = dyn_cast<VarDecl>(Ref->getDecl());
    return Same;
  }
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E))
    return isa_and_nonnull<CXXConversionDecl>(Member->getMethodDecl())
               ? Member->getImplicitObjectArgument()
               : nullptr;
  if (const FunctionDecl *F = namedCallee(E)) {
    const FunctionModel *Model = M.function(F, writtenArgs(E));
    if (!Model || Model->Does != Effect::Bind)
      return nullptr;
    const Expr *Inner = argumentAt(*E, Model->Callable);
    for (unsigned I = 0, N = writtenArgs(E); I < N; ++I)
      if (argument(E, I) != Inner)
        Out.Bound.push_back(argument(E, I));
    return Inner;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (V && V->isLocalVarDecl() && V->hasInit() && !Paths.isRebound(V) &&
      isCallableType(V->getType()))
    return V->getInit();
  return nullptr;
}

Callable resolveCallable(const Expr *E, const Models &M, LockPaths &Paths) {
  Callable Result;
  E = producer(E);
  for (unsigned Steps = 0; Steps < 16; ++Steps) {
    if (const auto *Lambda = dyn_cast<LambdaExpr>(E)) {
      Result.Lambda = Lambda;
      Result.Entry = callOperator(Lambda->getLambdaClass());
      return Result;
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl())) {
        Result.Entry = isOverridable(F) ? nullptr : definitionOf(F);
        return Result;
      }
    const Expr *From = madeFrom(E, M, Paths, Result);
    if (!From)
      break;
    E = producer(From);
  }
  const CXXRecordDecl *R = E->getType().getNonReferenceType()->getAsCXXRecordDecl();
  // A functor, or a lambda whose captures cannot be seen.
  if (R && !R->isInStdNamespace())
    Result.Entry = callOperator(R);
  if (!R)
    R = E->getType()->getPointeeCXXRecordDecl();
  if (!Result.Entry)
    Result.Entry = runOverride(R);
  return Result;
}

} // namespace threadlint
