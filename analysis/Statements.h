//===- Statements.h - Walks over statements ---------------------*- C++ -*-===//
// The one loop over the statements of a tree that all analyses share. A work list,
// not recursion: deep nesting cannot exhaust the stack.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_STATEMENTS_H
#define THREADLINT_ANALYSIS_STATEMENTS_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"

namespace threadlint {

enum class Lambdas : bool {
  Outside, ///< a lambda's body is another function
  Inside,
};

/// Calls \p Visit for every statement below \p Root, Root included, in no
/// particular order. \p Root may be null.
template <class VisitT>
void forEachStmt(const clang::Stmt *Root, Lambdas Bodies, VisitT Visit) {
  llvm::SmallVector<const clang::Stmt *, 32> Work{Root};
  while (!Work.empty()) {
    const clang::Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    Visit(S);
    const auto *Lambda = llvm::dyn_cast<clang::LambdaExpr>(S);
    if (Lambda && Bodies == Lambdas::Outside)
      Work.append(Lambda->capture_init_begin(), Lambda->capture_init_end());
    else
      Work.append(S->child_begin(), S->child_end());
  }
}

/// The condition that the statement \p S tests. Null: none.
inline const clang::Expr *conditionIn(const clang::Stmt &S) {
  if (const auto *If = llvm::dyn_cast<clang::IfStmt>(&S))
    return If->getCond();
  if (const auto *While = llvm::dyn_cast<clang::WhileStmt>(&S))
    return While->getCond();
  if (const auto *Do = llvm::dyn_cast<clang::DoStmt>(&S))
    return Do->getCond();
  if (const auto *For = llvm::dyn_cast<clang::ForStmt>(&S))
    return For->getCond();
  if (const auto *Switch = llvm::dyn_cast<clang::SwitchStmt>(&S))
    return Switch->getCond();
  if (const auto *Choice =
          llvm::dyn_cast<clang::AbstractConditionalOperator>(&S))
    return Choice->getCond();
  return nullptr;
}

/// The expression that initialises a member or base, a default member
/// initialiser included. Null: none.
inline const clang::Expr *initialiserOf(const clang::CXXCtorInitializer &Init) {
  const clang::Expr *E = Init.getInit();
  const auto *Default = llvm::dyn_cast_or_null<clang::CXXDefaultInitExpr>(E);
  return Default ? Default->getExpr() : E;
}

using DeclSet = llvm::DenseSet<const clang::ValueDecl *>;

/// The variables, functions and members that the statements below \p Root name,
/// lambdas' bodies included. Canonical declarations.
inline DeclSet mentionedDecls(const clang::Stmt *Root) {
  DeclSet Result;
  forEachStmt(Root, Lambdas::Inside, [&](const clang::Stmt *S) {
    const clang::ValueDecl *D = nullptr;
    if (const auto *Member = llvm::dyn_cast<clang::MemberExpr>(S))
      D = Member->getMemberDecl();
    else if (const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(S))
      D = Ref->getDecl();
    if (D)
      Result.insert(llvm::cast<clang::ValueDecl>(D->getCanonicalDecl()));
  });
  return Result;
}

} // namespace threadlint

#endif
