//===- CallersChoice.cpp - What a function leaves to its caller -----------===//
// Reachability over the event graph from both sides of a branch; see the header.
//===----------------------------------------------------------------------===//
#include "analysis/CallersChoice.h"
#include "analysis/CallInfo.h"
#include "analysis/Events.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace threadlint {

/// `if (flag)`, `if (!flags)`, `if (flags & X)`: a number that is compared is
/// data.
static bool isFlag(const Expr *Condition, const ParmVarDecl &P) {
  QualType T = P.getType().getNonReferenceType();
  if (T->isBooleanType() || T->isEnumeralType())
    return true;
  if (!T->isIntegerType())
    return false;
  const Expr *Tested = producer(Condition);
  while (const auto *Not = dyn_cast<UnaryOperator>(Tested))
    Tested = producer(Not->getSubExpr());
  const auto *Mask = dyn_cast<BinaryOperator>(Tested);
  return isa<DeclRefExpr>(Tested) || (Mask && Mask->getOpcode() == BO_And);
}

static StringRef nameOf(const NamedDecl *D) {
  return D && D->getIdentifier() ? D->getName() : StringRef();
}

/// The condition asks what only the caller, or the owner of the lock, knows.
static bool asksCaller(const Expr *Condition) {
  if (!Condition)
    return false;
  bool Asks = false;
  forEachStmt(Condition, Lambdas::Outside, [&](const Stmt *S) {
    const ValueDecl *D = nullptr;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      D = Ref->getDecl();
    else if (const auto *Member = dyn_cast<MemberExpr>(S))
      D = Member->getMemberDecl();
    if (!D)
      return;
    const auto *P = dyn_cast<ParmVarDecl>(D);
    Asks |= (P && isFlag(Condition, *P)) || namesOwnership(nameOf(D));
  });
  return Asks;
}

static std::vector<bool> reachableFrom(const EventGraph &Graph, int Start) {
  std::vector<bool> Seen(Graph.Blocks.size());
  llvm::SmallVector<int, 16> Work{Start};
  while (!Work.empty()) {
    int Block = Work.pop_back_val();
    if (Block < 0 || Seen[Block])
      continue;
    Seen[Block] = true;
    Work.append(Graph.Blocks[Block].Successors.begin(),
                Graph.Blocks[Block].Successors.end());
  }
  return Seen;
}

llvm::DenseSet<const Event *> leftToCaller(const EventGraph &Graph) {
  llvm::DenseSet<const Event *> Result;
  // Beyond this nothing is left to anybody but chance.
  unsigned Branches = 0;
  constexpr unsigned MaxBranches = 16;
  for (unsigned Block : Graph.Order) {
    const EventBlock &B = Graph.Blocks[Block];
    if (B.Successors.size() < 2 || !asksCaller(B.Test) ||
        ++Branches > MaxBranches)
      continue;
    std::vector<unsigned> Sides(Graph.Blocks.size());
    for (int To : B.Successors) {
      std::vector<bool> Reached = reachableFrom(Graph, To);
      for (unsigned I = 0; I < Reached.size(); ++I)
        Sides[I] += Reached[I];
    }
    for (unsigned I = 0; I < Sides.size(); ++I)
      if (Sides[I] != 0 && Sides[I] != B.Successors.size())
        for (const Event &E : Graph.Blocks[I].Events)
          Result.insert(&E);
  }
  return Result;
}

} // namespace threadlint
