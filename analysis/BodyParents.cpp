//===- BodyParents.cpp - What an expression is part of --------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/BodyParents.h"
#include "analysis/Statements.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

BodyParents::BodyParents(const FunctionDecl &F) {
  auto AddRoot = [this](const Stmt *S) {
    if (S)
      All.push_back(S);
  };
  const Stmt *Body = F.getBody();
  if (const auto *Coroutine = dyn_cast_or_null<CoroutineBodyStmt>(Body))
    Body = Coroutine->getBody();
  AddRoot(Body);
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F))
    for (const CXXCtorInitializer *Init : Ctor->inits())
      AddRoot(initialiserOf(*Init));
  for (size_t I = 0; I < All.size(); ++I) {
    const Stmt *S = All[I];
    auto Add = [&](const Stmt *Child) {
      if (Child && Parents.try_emplace(Child, S).second)
        All.push_back(Child);
    };
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      for (const Expr *Capture : Lambda->capture_inits())
        Add(Capture);
      continue;
    }
    for (const Stmt *Child : S->children())
      Add(Child);
  }
}

bool BodyParents::isInLoop(const Stmt *S) const {
  while ((S = parent(S)))
    if (isa<ForStmt>(S) || isa<WhileStmt>(S) || isa<DoStmt>(S) ||
        isa<CXXForRangeStmt>(S))
      return true;
  return false;
}

bool BodyParents::isUnevaluated(const Stmt *S) const {
  while ((S = parent(S)))
    if (isa<UnaryExprOrTypeTraitExpr>(S) || isa<CXXNoexceptExpr>(S) ||
        isa<CXXTypeidExpr>(S) || isa<GenericSelectionExpr>(S))
      return true;
  return false;
}

bool BodyParents::isDiscarded(const Expr *E) const {
  const Stmt *S = E;
  const Stmt *Parent = parent(S);
  while (Parent && (isa<FullExpr>(Parent) || isa<CastExpr>(Parent) ||
                    isa<ParenExpr>(Parent))) {
    S = Parent;
    Parent = parent(S);
  }
  if (!Parent || isa<CompoundStmt>(Parent) || isa<LabelStmt>(Parent) ||
      isa<SwitchCase>(Parent))
    return true;
  if (const auto *If = dyn_cast<IfStmt>(Parent))
    return S == If->getThen() || S == If->getElse();
  return isa<ForStmt>(Parent) || isa<WhileStmt>(Parent)
             ? S != conditionIn(*Parent)
             : false;
}

} // namespace threadlint
