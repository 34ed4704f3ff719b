//===- ExclusiveBranches.cpp - Do two places exclude each other? ----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/ExclusiveBranches.h"
#include "analysis/BodyParents.h"
#include "analysis/PathFacts.h"
#include "analysis/Statements.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {
namespace {

/// A condition, and what it is where a place is reached.
struct Decided {
  const Expr *Test;
  bool Outcome;
};

/// `a && b` is true: so are both of them.
void addTest(const Expr *Test, bool Outcome,
             llvm::SmallVectorImpl<Decided> &Out) {
  const auto *Logical = dyn_cast<BinaryOperator>(Test->IgnoreParenImpCasts());
  if (Logical && Logical->getOpcode() == (Outcome ? BO_LAnd : BO_LOr)) {
    addTest(Logical->getLHS(), Outcome, Out);
    return addTest(Logical->getRHS(), Outcome, Out);
  }
  Out.push_back({Test, Outcome});
}

/// The branches that \p S stands in, from the inside out.
llvm::SmallVector<Decided, 4> decidedAt(const Stmt &S,
                                        const BodyParents &Parents) {
  llvm::SmallVector<Decided, 4> Result;
  const Stmt *Inner = &S;
  for (const Stmt *P = Parents.parent(Inner); P;
       Inner = P, P = Parents.parent(P)) {
    if (const auto *If = dyn_cast<IfStmt>(P)) {
      if (If->getCond() && (Inner == If->getThen() || Inner == If->getElse()))
        addTest(If->getCond(), Inner == If->getThen(), Result);
    } else if (const auto *Choice = dyn_cast<ConditionalOperator>(P)) {
      if (Inner != Choice->getCond())
        addTest(Choice->getCond(), Inner == Choice->getTrueExpr(), Result);
    }
  }
  return Result;
}

} // namespace

bool areExclusive(const Stmt &A, const Stmt &B, const BodyParents &Parents,
                  llvm::function_ref<bool(const ValueDecl &)> IsStable) {
  auto Counts = [&](const Decided &D) {
    DeclList Of = testedDecls(*D.Test);
    return !Of.empty() &&
           llvm::all_of(Of, [&](const ValueDecl *V) { return IsStable(*V); });
  };
  llvm::SmallVector<Decided, 4> AtA = decidedAt(A, Parents);
  if (AtA.empty())
    return false;
  PathFacts Facts;
  for (const Decided &D : AtA)
    if (Counts(D))
      Facts.decide(*D.Test, D.Outcome);
  return llvm::any_of(decidedAt(B, Parents), [&](const Decided &D) {
    bool Around = llvm::any_of(
        AtA, [&](const Decided &Other) { return Other.Test == D.Test; });
    if (!Counts(D))
      return false;
    PathFacts Known = Facts;
    PathFacts::Verdict V = Known.decide(*D.Test, D.Outcome);
    return V == PathFacts::Verdict::Contradicts ||
           (V == PathFacts::Verdict::Related && !Around);
  });
}

} // namespace threadlint
