//===- ByReference.cpp - Can a value become a reference? ------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/ByReference.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace threadlint {
namespace {

/// Whether \p Ref does no more than read the variable.
bool onlyReads(const DeclRefExpr *Ref, const BodyParents &Body) {
  const Stmt *Child = Ref;
  const Stmt *P = Body.parent(Child);
  while (P) {
    const auto *Member = dyn_cast<MemberExpr>(P);
    const auto *Cast = dyn_cast<ImplicitCastExpr>(P);
    if (Cast && Cast->getCastKind() == CK_LValueToRValue)
      return true;
    if (Member && !isa<FieldDecl>(Member->getMemberDecl())) {
      const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
      return Method && Method->isConst();
    }
    if (!Member && !isa<ParenExpr>(P) &&
        !(Cast && Cast->getCastKind() == CK_NoOp))
      return false;
    // A conversion to const: bound to a reference to const, or copied.
    if (Cast && Cast->getType().isConstQualified())
      return true;
    Child = P;
    P = Body.parent(P);
  }
  return false;
}

/// Whether nothing in \p F changes \p V or hands it on as something to change.
bool isReadOnly(const BodyParents &Body, const VarDecl &V) {
  for (const Stmt *S : Body.all()) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (Ref->getDecl() == &V && !onlyReads(Ref, Body))
        return false;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      for (const LambdaCapture &C : Lambda->captures())
        if (C.capturesVariable() &&
            static_cast<const Decl *>(C.getCapturedVar()) == &V)
          return false;
  }
  return true;
}

/// Whether every use of \p F that the translation unit shows is a call that a
/// reference suits: to const, or to the objects that it passes.
bool callersFit(TranslationUnit &TU, const FunctionDecl &F, unsigned Index,
                bool ToConst) {
  const FunctionDecl *Wanted = F.getCanonicalDecl();
  QualType T = F.getParamDecl(Index)->getType();
  for (const FunctionDecl *User : TU.functions().functions()) {
    BodyParents Body(*User);
    for (const Stmt *S : Body.all()) {
      const auto *E = dyn_cast<Expr>(S);
      if (!E)
        continue;
      if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
        if (Ref->getDecl()->getCanonicalDecl() == Wanted) {
          // Anything but the callee of a call takes the function's address.
          const Stmt *P = Body.parent(Ref);
          while (P && (isa<ImplicitCastExpr>(P) || isa<ParenExpr>(P)))
            P = Body.parent(P);
          const auto *Call = dyn_cast_or_null<CallExpr>(P);
          if (!Call || Call->getDirectCallee() == nullptr ||
              Call->getDirectCallee()->getCanonicalDecl() != Wanted ||
              Call->getCallee()->IgnoreParenImpCasts() != Ref)
            return false;
        }
      if (!isa<CallExpr>(E) && !isa<CXXConstructExpr>(E))
        continue;
      const FunctionDecl *Callee = namedCallee(E);
      if (!Callee || Callee->getCanonicalDecl() != Wanted || ToConst)
        continue;
      const Expr *Arg = argument(E, Index);
      const Expr *From = Arg ? producer(Arg) : nullptr;
      if (const auto *Copy = dyn_cast_or_null<CXXConstructExpr>(From))
        From = Copy->getNumArgs() == 1 &&
                       Copy->getConstructor()->isCopyConstructor()
                   ? Copy->getArg(0)->IgnoreParenImpCasts()
                   : nullptr;
      if (!From || !From->isLValue() || From->getType().isConstQualified() ||
          From->getType().getCanonicalType() !=
              T.getCanonicalType().getUnqualifiedType())
        return false;
    }
  }
  return true;
}

bool isOverloaded(const FunctionDecl &F) {
  unsigned N = 0;
  llvm::SmallVector<const FunctionDecl *, 4> Seen;
  for (const NamedDecl *D :
       F.getDeclContext()->getRedeclContext()->lookup(F.getDeclName())) {
    (void)D;
    ++N;
  }
  return N > 1;
}

/// Where the declarator starts and the type ends. Invalid: in a macro, or
/// written in a way that cannot be edited by insertion.
bool editsOf(const VarDecl &V, bool ToConst, const ASTContext &Context,
             std::vector<Insertion> &Out) {
  const SourceManager &SM = Context.getSourceManager();
  SourceLocation Begin = V.getTypeSpecStartLoc(), Name = V.getLocation();
  // Where there is no name, the location is the end of the type.
  if (V.getBeginLoc().isMacroID() || Begin.isMacroID() || Name.isMacroID() ||
      V.getEndLoc().isMacroID())
    return false;
  if (V.getDeclName()) {
    Out.push_back({Name, "&"});
  } else {
    const TypeSourceInfo *Info = V.getTypeSourceInfo();
    if (!Info)
      return false;
    SourceLocation End = Lexer::getLocForEndOfToken(
        Info->getTypeLoc().getEndLoc(), 0, SM, Context.getLangOpts());
    if (End.isInvalid())
      return false;
    Out.push_back({End, " &"});
  }
  if (ToConst && !V.getType().isConstQualified())
    Out.push_back({V.getBeginLoc(), "const "});
  return true;
}

} // namespace

std::vector<Insertion> parameterByReference(TranslationUnit &TU,
                                            const FunctionDecl &F,
                                            unsigned Index) {
  ASTContext &Context = TU.context();
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  const ParmVarDecl *P = F.getParamDecl(Index);
  if (!Context.getLangOpts().CPlusPlus || F.isExternC() ||
      F.getTemplatedKind() != FunctionDecl::TK_NonTemplate ||
      F.isDependentContext() || F.isMain() ||
      isa_and_nonnull<CoroutineBodyStmt>(F.getBody()) || P->hasDefaultArg() ||
      !P->getType()->isRecordType())
    return {};
  bool IsLambda = Method && Method->getParent()->isLambda();
  if (Method && (Method->isVirtual() || Method->isOverloadedOperator()) &&
      !IsLambda)
    return {};
  if (!IsLambda && isOverloaded(F))
    return {};
  // What the body does with a copy of its own, it would do to the caller's.
  BodyParents Body(F);
  bool ToConst = isReadOnly(Body, *P) || P->getType().isConstQualified();
  // Who calls a lambda is seldom seen.
  if (IsLambda ? !ToConst : !callersFit(TU, F, Index, ToConst))
    return {};
  std::vector<Insertion> Out;
  for (const FunctionDecl *Redecl : F.redecls()) {
    const ParmVarDecl *Other = Redecl->getParamDecl(Index);
    if (!TU.functions().isUserCode(Redecl->getLocation()) ||
        Other->hasDefaultArg() || !editsOf(*Other, ToConst, Context, Out))
      return {};
  }
  return Out;
}

std::vector<Insertion> loopVariableByReference(TranslationUnit &TU,
                                               const FunctionDecl &F,
                                               const VarDecl &V) {
  // Behind a proxy there is no object to refer to.
  const auto *Copy = dyn_cast_or_null<CXXConstructExpr>(V.getInit() ? producer(V.getInit()) : nullptr);
  if (F.getTemplatedKind() != FunctionDecl::TK_NonTemplate ||
      F.isTemplateInstantiation() || !Copy || Copy->getNumArgs() != 1 ||
      !Copy->getArg(0)->IgnoreParenImpCasts()->isLValue() || isa<DecompositionDecl>(V))
    return {};
  // `auto &` takes over the elements' const; a written type must say it.
  bool ElementsAreConst =
      Copy->getArg(0)->IgnoreParenImpCasts()->getType().isConstQualified();
  bool Deduced = V.getType()->getContainedAutoType() != nullptr;
  // What the body changes in its copy, it would change in the elements.
  BodyParents Body(F);
  bool ReadOnly = isReadOnly(Body, V);
  if (ElementsAreConst && !ReadOnly)
    return {};
  std::vector<Insertion> Out;
  if (!editsOf(V, ElementsAreConst && !Deduced, TU.context(), Out))
    return {};
  return Out;
}

} // namespace threadlint
