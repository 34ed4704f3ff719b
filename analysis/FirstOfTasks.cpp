//===- FirstOfTasks.cpp - Is one of several tasks enough? -----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/FirstOfTasks.h"
#include "analysis/Branches.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "analysis/Writes.h"

using namespace clang;

namespace threadlint {

static DeclSet variablesIn(const Stmt *S) {
  DeclSet Result;
  for (const ValueDecl *D : mentionedDecls(S))
    if (!isa<FunctionDecl>(D))
      Result.insert(D);
  return Result;
}

/// A flag must be set to `true`: `done = --pending == 0` counts.
static bool sets(const Writes &W, const ValueDecl *D) {
  bool IsFlag = D->getType().getNonReferenceType()->isBooleanType();
  return llvm::any_of(W.of(D), [&](const Write &Each) {
    const Expr *Value = Each.Value ? Each.Value->IgnoreParenImpCasts() : nullptr;
    return Each.Kind == WriteKind::Assign && Value &&
           (!IsFlag || isa<CXXBoolLiteralExpr>(Value));
  });
}

bool fulfilsAlone(const FunctionDecl &Entry, const Stmt &Condition,
                  TranslationUnit &TU) {
  if (!Entry.hasBody() || TU.functions().mayWait(&Entry))
    return false;
  DeclSet Read = variablesIn(&Condition);
  bool Alone = !Read.empty();
  forEachStmt(Entry.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    for (const ValueDecl *D : variablesIn(decidingExpr(*S)))
      Alone &= Read.count(D) != 0;
  });
  if (!Alone)
    return false;
  Writes W(Entry);
  return llvm::all_of(Read, [&](const ValueDecl *D) { return sets(W, D); });
}

} // namespace threadlint
