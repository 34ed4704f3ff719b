//===- Writes.cpp - What a function stores where --------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/Writes.h"
#include "analysis/CallInfo.h"
#include "analysis/LoopInfo.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

const ValueDecl *namedDecl(const Expr *E, bool Whole) {
  for (unsigned Depth = 0; E && Depth < 16; ++Depth) {
    E = producer(E);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return cast<ValueDecl>(Ref->getDecl()->getCanonicalDecl());
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return Member->getMemberDecl();
    if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      E = Unary->getOpcode() == UO_AddrOf || Whole ? Unary->getSubExpr()
                                                   : nullptr;
    else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
      E = Whole ? Element->getBase() : nullptr;
    else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
      E = Whole && Op->getNumArgs() ? Op->getArg(0) : nullptr;
    else
      return nullptr;
  }
  return nullptr;
}

Writes::Writes(const FunctionDecl &F) {
  struct Item {
    const Stmt *S;
    int Loop;
  };
  llvm::SmallVector<Item, 64> Work{{F.getBody(), -1}};
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(&F))
    for (const CXXCtorInitializer *Init : Ctor->inits()) {
      if (const FieldDecl *Field = Init->getAnyMember())
        All[Field].push_back({WriteKind::Assign, Init->getInit()});
      Work.push_back({Init->getInit(), -1});
    }
  while (!Work.empty()) {
    Item Next = Work.pop_back_val();
    if (!Next.S)
      continue;
    visit(*Next.S, Next.Loop);
    int Inside = Next.Loop;
    if (isLoop(*Next.S, F.getASTContext())) {
      Inside = static_cast<int>(Loops.size());
      Loops.push_back({Next.S, Next.Loop});
    }
    const auto *For = dyn_cast<ForStmt>(Next.S);
    for (const Stmt *Child : Next.S->children())
      Work.push_back(
          {Child, For && Child == For->getInit() ? Next.Loop : Inside});
  }
}

llvm::ArrayRef<Write> Writes::of(const ValueDecl *D) const {
  auto It = All.find(D);
  if (It == All.end())
    return {};
  return It->second;
}

void Writes::add(const Expr *Target, WriteKind Kind, const Expr *Value,
                 const Expr *Where, int InLoop) {
  if (const ValueDecl *D = namedDecl(Target))
    All[D].push_back({Kind, Value, Where, InLoop});
}

/// True for `T &&` of a template: it passes its argument on.
static bool isForwarding(const FunctionDecl &F, unsigned Index) {
  const FunctionTemplateDecl *Template = F.getPrimaryTemplate();
  if (!Template)
    return false;
  const FunctionDecl *Pattern = Template->getTemplatedDecl();
  unsigned N = Pattern->getNumParams();
  if (N == 0)
    return false;
  // Everything behind the last one belongs to a pack.
  QualType T = Pattern->getParamDecl(std::min(Index, N - 1))->getType();
  if (const auto *Pack = T->getAs<PackExpansionType>())
    T = Pack->getPattern();
  return T->isRValueReferenceType();
}

/// `f(n)` with `f(int &)`, `scanf("%d", &n)`.
void Writes::visitArguments(const Expr &Call, int InLoop) {
  const FunctionDecl *F = namedCallee(&Call);
  for (unsigned I = 0, N = numArguments(&Call); I < N; ++I) {
    const Expr *Arg = argument(&Call, I);
    const Expr *Plain = Arg->IgnoreParenImpCasts();
    if (const auto *Unary = dyn_cast<UnaryOperator>(Plain)) {
      if (Unary->getOpcode() == UO_AddrOf)
        add(Unary->getSubExpr(), WriteKind::Escape, nullptr, &Call, InLoop);
      continue;
    }
    if (!F || I >= F->getNumParams())
      continue;
    QualType T = F->getParamDecl(I)->getType();
    if (T->isReferenceType() && !T->isRValueReferenceType() &&
        !T->getPointeeType().isConstQualified() && !isForwarding(*F, I))
      add(Plain, WriteKind::Escape, nullptr, &Call, InLoop);
  }
}

void Writes::visitCall(const Expr &Call, int InLoop) {
  const FunctionDecl *F = namedCallee(&Call);
  const Expr *Object = objectArgument(&Call);
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(&Call)) {
    // Of an atomic, an iterator, a smart pointer or a thread.
    switch (Op->getOperator()) {
    case OO_Equal:
      if (Op->getNumArgs() == 2)
        add(Op->getArg(0), WriteKind::Assign, Op->getArg(1), &Call, InLoop);
      return;
    case OO_PlusPlus:
    case OO_MinusMinus:
    case OO_PlusEqual:
    case OO_MinusEqual:
      return add(Op->getArg(0), WriteKind::Step, nullptr, &Call, InLoop);
    default:
      return visitArguments(Call, InLoop);
    }
  }
  if (Object && F && F->getIdentifier()) {
    llvm::StringRef Name = F->getName();
    const Expr *First = argument(&Call, 0);
    if (Name == "push_back" || Name == "emplace_back" || Name == "push" ||
        Name == "insert" || Name == "emplace" || Name == "append" ||
        Name == "push_front" || Name == "emplace_front" ||
        Name == "try_emplace")
      add(Object, WriteKind::Grow, nullptr, &Call, InLoop);
    else if ((Name == "resize" || Name == "assign") && First &&
             First->getType()->isIntegralOrEnumerationType())
      add(Object, WriteKind::Resize, First, &Call, InLoop);
    else if (Name == "fetch_add" || Name == "fetch_sub")
      add(Object, WriteKind::Step, nullptr, &Call, InLoop);
    else if (Name == "store" || Name == "exchange" || Name == "reset" ||
             Name == "assign" || Name == "swap" ||
             Name == "compare_exchange_strong" ||
             Name == "compare_exchange_weak")
      add(Object, WriteKind::Assign, First, &Call, InLoop);
  }
  visitArguments(Call, InLoop);
}

void Writes::visit(const Stmt &S, int InLoop) {
  if (const auto *Declaration = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *D : Declaration->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        if (V->getInit())
          All[cast<VarDecl>(V->getCanonicalDecl())].push_back(
              {WriteKind::Assign, V->getInit(), nullptr, InLoop});
  } else if (const auto *Binary = dyn_cast<BinaryOperator>(&S)) {
    if (Binary->isCompoundAssignmentOp())
      add(Binary->getLHS(), WriteKind::Step, Binary->getRHS(), Binary, InLoop);
    else if (Binary->isAssignmentOp())
      add(Binary->getLHS(), WriteKind::Assign, Binary->getRHS(), Binary,
          InLoop);
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(&S)) {
    if (Unary->isIncrementDecrementOp())
      add(Unary->getSubExpr(), WriteKind::Step, nullptr, Unary, InLoop);
  } else if (isa<CallExpr>(S) || isa<CXXConstructExpr>(S)) {
    visitCall(cast<Expr>(S), InLoop);
  }
}

} // namespace threadlint
