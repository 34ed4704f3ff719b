//===- FutureUses.cpp - What a function does with a future ----------------===//
// See the header. From each mention upwards, as long as an expression still
// denotes a future or the container.
//===----------------------------------------------------------------------===//
#include "analysis/FutureUses.h"
#include "analysis/AccessUses.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/Models.h"
#include "analysis/Statements.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

static constexpr unsigned MaxNames = 16; // references to references

bool isFuture(QualType T, const Models &M) {
  const TypeModel *Type = M.type(T);
  return Type && Type->Kind == TypeKind::Future;
}

bool holdsFutures(QualType T, const Models &M) {
  if (isFuture(T, M))
    return true;
  const TypeModel *Type = M.type(T);
  QualType Held =
      Type && Type->Kind == TypeKind::Container ? heldType(T) : QualType();
  return !Held.isNull() && isFuture(Held, M);
}

namespace {

class Follower {
public:
  Follower(const FunctionDecl &F, const BodyParents &Parents, const Models &M)
      : F(F), Parents(Parents), M(M) {}

  void variable(const VarDecl &V);
  void member(const FieldDecl &Field);
  FutureUses Result;

private:
  void use(const Expr *E);
  void useInCall(const CallExpr &Call, QualType Object);
  void useInDeclaration(const DeclStmt &S, const Expr *E);

  const FunctionDecl &F;
  const BodyParents &Parents;
  const Models &M;
  unsigned Names = 0;
};

} // namespace

void Follower::variable(const VarDecl &V) {
  if (isa<DecompositionDecl>(V) || ++Names > MaxNames) {
    Result.Unknown = true;
    return;
  }
  forEachStmt(F.getBody(), Lambdas::Inside, [&](const Stmt *S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    if (Ref && Ref->getDecl() == &V)
      use(Ref);
  });
}

void Follower::member(const FieldDecl &Field) {
  for (const Stmt *S : Parents.all())
    if (const auto *Member = dyn_cast<MemberExpr>(S))
      if (Member->getMemberDecl()->getCanonicalDecl() ==
          Field.getCanonicalDecl())
        use(Member);
}

/// Looks at what is around \p E, a future or a container of futures.
void Follower::use(const Expr *E) {
  QualType Object = E->getType();
  const Stmt *Above = Parents.parent(E);
  while (Above &&
         (isa<ImplicitCastExpr>(Above) || isa<ParenExpr>(Above) ||
          isa<FullExpr>(Above) || isa<MaterializeTemporaryExpr>(Above))) {
    E = cast<Expr>(Above);
    Above = Parents.parent(Above);
  }
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Above)) {
    Above = Parents.parent(Member);
    while (Above && isa<ParenExpr>(Above))
      Above = Parents.parent(Above);
    if (const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Above))
      return useInCall(*Call, Object);
  } else if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(Above)) {
    if (Op->getNumArgs() == 2 && Op->getArg(0) == E) {
      if (Op->getOperator() == OO_Equal)
        return; // gets a new one
      if (Op->getOperator() == OO_Subscript)
        return useInCall(*Op, Object);
    }
  } else if (const auto *Declared = dyn_cast_or_null<DeclStmt>(Above)) {
    return useInDeclaration(*Declared, E);
  } else if (Above && Parents.isDiscarded(E)) {
    return;
  }
  Result.Unknown = true;
}

/// Adds or drops elements, or asks how many there are.
static bool isBookkeeping(const FunctionDecl &F) {
  static constexpr llvm::StringLiteral Names[] = {
      "push_back", "emplace_back",  "push_front", "emplace_front",
      "pop_back",  "pop_front",     "clear",      "reserve",
      "resize",    "shrink_to_fit", "empty",      "size",
      "capacity"};
  return F.getIdentifier() && llvm::is_contained(Names, F.getName());
}

void Follower::useInCall(const CallExpr &Call, QualType Object) {
  const FunctionDecl *Callee = namedCallee(&Call);
  const FunctionModel *Model =
      Callee ? M.function(Callee, writtenArgs(&Call)) : nullptr;
  if (Callee && !isFuture(Object, M)) {
    if (isFuture(Callee->getReturnType().getNonReferenceType(), M))
      use(&Call); // an element
    else
      Result.Unknown |= !isBookkeeping(*Callee);
  } else if (!Model || Model->Does != Effect::FutureWait) {
    // valid() is a question, share() moves it.
    Result.Unknown |= !Callee || !Callee->getReturnType()->isBooleanType();
  } else if (Model->Timeout != ArgNone) {
    Result.Timed.push_back(&Call);
  } else {
    Result.Waits = true;
    Result.Gets |= Model->Throws;
  }
}

/// `auto &f = futures[0];`, or the range of a `for`.
void Follower::useInDeclaration(const DeclStmt &S, const Expr *E) {
  const VarDecl *V = nullptr;
  for (const Decl *D : S.decls())
    if (const auto *Declared = dyn_cast<VarDecl>(D))
      if (Declared->getInit() == E && Declared->getType()->isReferenceType())
        V = Declared;
  const auto *For = dyn_cast_or_null<CXXForRangeStmt>(Parents.parent(&S));
  if (V && For && For->getRangeStmt() == &S)
    V = For->getLoopVariable();
  if (V && holdsFutures(V->getType().getNonReferenceType(), M))
    variable(*V);
  else
    Result.Unknown = true;
}

FutureUses futureUses(const ValueDecl &D, const FunctionDecl &F,
                      const BodyParents &Parents, const Models &M) {
  Follower All(F, Parents, M);
  if (const auto *Field = dyn_cast<FieldDecl>(&D))
    All.member(*Field);
  else
    All.variable(cast<VarDecl>(D));
  return std::move(All.Result);
}

} // namespace threadlint
