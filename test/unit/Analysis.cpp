//===- Analysis.cpp - Analyses of a code string, for unit tests -----------===//
// See the header. The visitors of the AST are here, since each takes the
// compiler as long as many tests.
//===----------------------------------------------------------------------===//
#include "Analysis.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace threadlint {
namespace unit {

const CallExpr *marker(const Expr *E, llvm::StringRef Function,
                       std::string &Name) {
  const auto *Call = llvm::dyn_cast_or_null<CallExpr>(E);
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  if (!F || !F->getIdentifier() || F->getName() != Function ||
      Call->getNumArgs() == 0)
    return nullptr;
  const auto *Literal =
      llvm::dyn_cast<StringLiteral>(Call->getArg(0)->IgnoreParenImpCasts());
  if (!Literal)
    return nullptr;
  Name = Literal->getString().str();
  return Call;
}

namespace {

/// Functions by name, and the arguments of look() by theirs.
struct Finder : RecursiveASTVisitor<Finder> {
  explicit Finder(llvm::StringRef Name) : Name(Name) {}
  bool shouldVisitTemplateInstantiations() const { return true; }

  bool VisitFunctionDecl(FunctionDecl *F) {
    if (F->isDependentContext() ||
        (F->getNameAsString() != Name && F->getQualifiedNameAsString() != Name))
      return true;
    if (!Function || (!Function->doesThisDeclarationHaveABody() &&
                      F->doesThisDeclarationHaveABody()))
      Function = F;
    return true;
  }

  bool VisitCallExpr(CallExpr *E) {
    std::string Marked;
    if (!E->isTypeDependent() && E->getNumArgs() == 2 &&
        marker(E, "look", Marked) && Marked == Name)
      LookedAt = E->getArg(1);
    return true;
  }

  llvm::StringRef Name;
  const FunctionDecl *Function = nullptr;
  const Expr *LookedAt = nullptr;
};

} // namespace

const FunctionDecl *Analysis::function(llvm::StringRef Name) {
  Finder F(Name);
  for (auto It = AST->top_level_begin(); It != AST->top_level_end(); ++It)
    F.TraverseDecl(*It); // not what is precompiled
  EXPECT_TRUE(F.Function) << Name.str();
  return F.Function;
}

const Expr *Analysis::lookedAt(llvm::StringRef Name) {
  Finder F(Name);
  F.TraverseDecl(context().getTranslationUnitDecl());
  EXPECT_TRUE(F.LookedAt) << Name.str();
  return F.LookedAt;
}

} // namespace unit
} // namespace threadlint
