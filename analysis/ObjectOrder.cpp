//===- ObjectOrder.cpp - Which of two objects comes first? ----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/ObjectOrder.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;

namespace threadlint {

namespace {
/// What the code calls one of the two objects.
struct Named {
  DeclSet Decls; ///< the parameter, or the variables of an index
  bool IsThis = false;
};
} // namespace

static bool mentionsThis(const Stmt *S) {
  bool Found = false;
  forEachStmt(S, Lambdas::Outside,
              [&](const Stmt *Inner) { Found |= isa<CXXThisExpr>(Inner); });
  return Found;
}

/// \p S mentions both, each by a name of its own: `low` and `high` may be made of
/// the same two variables.
static bool mentionsBoth(const Stmt *S, const Named &A, const Named &B) {
  llvm::SmallVector<const ValueDecl *, 4> OfA, OfB;
  for (const ValueDecl *D : mentionedDecls(S)) {
    if (A.Decls.count(D))
      OfA.push_back(D);
    if (B.Decls.count(D))
      OfB.push_back(D);
  }
  if ((A.IsThis || B.IsThis) && mentionsThis(S))
    return !(A.IsThis ? OfB : OfA).empty();
  return !OfA.empty() && !OfB.empty() &&
         (OfA.size() > 1 || OfB.size() > 1 || OfA.front() != OfB.front());
}

/// `std::swap(a.data, b.data)`: the objects stay where they are.
static bool swapsMembers(const CallExpr &Call) {
  auto IsMember = [](const Expr *E) {
    const auto *Member = dyn_cast<MemberExpr>(producer(E));
    return Member && isa<FieldDecl>(Member->getMemberDecl());
  };
  const FunctionDecl *F = Call.getDirectCallee();
  const Expr *Object = objectArgument(&Call);
  return F && F->getIdentifier() && F->getName() == "swap" &&
         Call.getNumArgs() + (Object ? 1 : 0) == 2 &&
         (!Object || IsMember(Object)) &&
         llvm::all_of(Call.arguments(), IsMember);
}

/// `a < b`, `std::less<>{}(a, b)`, `min(a, b)`, `std::swap(a, b)`.
static bool mayOrder(const Stmt &S) {
  if (const auto *Binary = dyn_cast<BinaryOperator>(&S))
    return Binary->isRelationalOp() || Binary->getOpcode() == BO_Cmp ||
           Binary->getOpcode() == BO_Sub;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(&S)) {
    OverloadedOperatorKind Kind = Op->getOperator();
    return Kind == OO_Less || Kind == OO_Greater || Kind == OO_LessEqual ||
           Kind == OO_GreaterEqual || Kind == OO_Spaceship || Kind == OO_Call;
  }
  const auto *Call = dyn_cast<CallExpr>(&S);
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  return F && F->getIdentifier() && namesOrder(F->getName()) &&
         !swapsMembers(*Call);
}

/// `int low = std::min(i, j);`: the variables that the name is made of count, too.
static void addSources(Named &Object) {
  llvm::SmallVector<const ValueDecl *, 4> Names(Object.Decls.begin(),
                                                Object.Decls.end());
  for (const ValueDecl *D : Names)
    if (const auto *V = dyn_cast<VarDecl>(D))
      if (V->isLocalVarDecl() && V->hasInit())
        for (const ValueDecl *Source : mentionedDecls(V->getInit()))
          Object.Decls.insert(Source);
}

static bool isOrdered(Named A, Named B, const FunctionDecl &F) {
  addSources(A);
  addSources(B);
  bool Ordered = false;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    Ordered = Ordered || (mayOrder(*S) && mentionsBoth(S, A, B));
  });
  return Ordered;
}

/// Fills \p Out for an object that may be any of its class.
static bool isAnyObject(const LockPath &P, const FunctionDecl &F, Named &Out) {
  switch (P.kind()) {
  case LockPath::Kind::This:
    Out.IsThis = true;
    return true;
  case LockPath::Kind::Parameter: {
    const auto *Home = static_cast<const FunctionDecl *>(P.decl());
    if (Home->getCanonicalDecl() != F.getCanonicalDecl() ||
        P.number() >= F.getNumParams())
      return false;
    const ParmVarDecl *Param = F.getParamDecl(P.number());
    // Owners come before what they own.
    if (Param->getIdentifier() && namesRelative(Param->getName()))
      return false;
    Out.Decls.insert(Param);
    return true;
  }
  case LockPath::Kind::Element: {
    Expr::EvalResult Value;
    if (!P.index() || P.index()->isValueDependent() ||
        P.index()->EvaluateAsInt(Value, F.getASTContext()))
      return false;
    bool Calls = false;
    forEachStmt(P.index(), Lambdas::Outside,
                [&](const Stmt *S) { Calls |= isa<CallExpr>(S); });
    Out.Decls = mentionedDecls(P.index());
    return !Calls && !Out.Decls.empty(); // `min(i, j)`
  }
  default:
    return false;
  }
}

bool areUnordered(const LockPath &First, const LockPath &Second,
                  const FunctionDecl &F) {
  const LockPath *A = &First, *B = &Second;
  // Equal indices are equal by number: each place has an expression of its own.
  while (A->parent() && B->parent() && A->kind() == B->kind() &&
         (A->decl() == B->decl() || A->index()) &&
         A->number() == B->number()) {
    A = A->parent();
    B = B->parent();
  }
  // One is reached through the other, or both are members of one object.
  if (A == B || (A->kind() == LockPath::Kind::Element) !=
                    (B->kind() == LockPath::Kind::Element) ||
      (A->kind() == LockPath::Kind::Element && A->parent() != B->parent()))
    return false;
  Named NameA, NameB;
  return F.hasBody() && isAnyObject(*A, F, NameA) &&
         isAnyObject(*B, F, NameB) && !isOrdered(NameA, NameB, F);
}

} // namespace threadlint
