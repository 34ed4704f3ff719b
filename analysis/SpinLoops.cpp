//===- SpinLoops.cpp - Loops that only look at a variable -----------------===//
// See the header. What is not known to be a plain read makes the loop work.
//===----------------------------------------------------------------------===//
#include "analysis/SpinLoops.h"
#include "analysis/AtomicOps.h"
#include "analysis/CallInfo.h"
#include "analysis/FlagCondition.h"
#include "analysis/Models.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "analysis/Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {

static constexpr unsigned MaxAccessorDepth = 2;

namespace {

/// Walks over one round of the loop.
class Round {
public:
  Round(const FunctionDecl &F, const Models &M) : F(F), M(M) {}

  /// False: the round does something.
  bool visit(const Stmt *S, unsigned Depth = 0);
  std::optional<SpinLoop> result() const;

private:
  bool visitCall(const CallExpr &E, unsigned Depth);
  bool visitChildren(const Stmt &S, unsigned Depth);
  bool visitRead(const Expr &E, const ValueDecl &D, bool IsAtomic);
  bool visitPointee(const Expr &E, const ValueDecl &P, bool IsAtomic);
  bool isShared(const Expr &E, const ValueDecl &D) const;

  const FunctionDecl &F;
  const Models &M;
  std::optional<SpinLoop> Atomic, Plain;
  bool Sleeps = false;
};

} // namespace

bool Round::visitChildren(const Stmt &S, unsigned Depth) {
  for (const Stmt *Child : S.children())
    if (Child && !visit(Child, Depth))
      return false;
  return true;
}

/// A variable of an enclosing function that a lambda refers to, or one whose
/// lambdas run elsewhere.
static bool isCaptured(const VarDecl &V, const FunctionDecl &F) {
  if (V.getDeclContext() != &F)
    return !isa<ParmVarDecl>(V); // an accessor's, as a rule
  bool Captured = false;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      for (const LambdaCapture &C : Lambda->captures())
        Captured |= C.capturesVariable() && C.getCaptureKind() == LCK_ByRef &&
                    C.getCapturedVar() == &V;
    if (const auto *Unary = dyn_cast<UnaryOperator>(S))
      Captured |= Unary->getOpcode() == UO_AddrOf &&
                  namedVariable(Unary->getSubExpr()) == &V;
    // std::ref(flag)
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (const Expr *Same = handedOn(Call))
        Captured |= namedVariable(Same) == &V;
  });
  return Captured;
}

/// Whether another thread can reach the object.
bool Round::isShared(const Expr &E, const ValueDecl &D) const {
  const Expr *Named = producer(&E);
  if (const auto *Member = dyn_cast<MemberExpr>(Named)) {
    if (Member->isArrow())
      return true;
    const ValueDecl *Base = namedVariable(Member->getBase());
    return !Base || isShared(*Member->getBase(), *Base);
  }
  const auto *V = dyn_cast<VarDecl>(&D);
  if (!V || V->getTLSKind() != VarDecl::TLS_None)
    return false;
  return V->hasGlobalStorage() || V->getType()->isReferenceType() ||
         isCaptured(*V, F);
}

bool Round::visitRead(const Expr &E, const ValueDecl &D, bool IsAtomic) {
  if (!isShared(E, D))
    return true; // a constant as far as the loop is concerned
  if (E.getType().isVolatileQualified() || D.getType().isVolatileQualified())
    return false;
  if (!IsAtomic && E.getType().isConstQualified())
    return true;
  std::optional<SpinLoop> &Slot = IsAtomic ? Atomic : Plain;
  if (!Slot)
    Slot = SpinLoop{&E, &D, IsAtomic, false};
  return true;
}

/// The parameter of which \p E names the pointee: `*p`. Null: it is something
/// else.
static const ParmVarDecl *pointerIn(const Expr &E) {
  const auto *Deref = dyn_cast<UnaryOperator>(E.IgnoreParenImpCasts());
  if (!Deref || Deref->getOpcode() != UO_Deref)
    return nullptr;
  return dyn_cast_or_null<ParmVarDecl>(namedVariable(Deref->getSubExpr()));
}

/// The same for the object of an operation, which may be the pointer:
/// `p->load()`.
static const ParmVarDecl *pointerTo(const Expr &Object) {
  if (const ParmVarDecl *P = pointerIn(Object))
    return P;
  const auto *P = dyn_cast_or_null<ParmVarDecl>(namedVariable(&Object));
  return P && P->getType()->isPointerType() ? P : nullptr;
}

/// What \p P, a parameter, points to may be anybody's, as for a reference.
bool Round::visitPointee(const Expr &E, const ValueDecl &P, bool IsAtomic) {
  QualType T = P.getType()->getPointeeType();
  // A string or an array that is gone through.
  if (T.isVolatileQualified() || (!IsAtomic && !T->isBooleanType()))
    return false;
  if (!IsAtomic && T.isConstQualified())
    return true;
  std::optional<SpinLoop> &Slot = IsAtomic ? Atomic : Plain;
  if (!Slot)
    Slot = SpinLoop{&E, &P, IsAtomic, false};
  return true;
}

/// Accessors are looked through, sleeping counts as nothing.
bool Round::visitCall(const CallExpr &E, unsigned Depth) {
  const FunctionDecl *Callee = callee(&E);
  if (!Callee)
    return false;
  if (const FunctionModel *Model = M.function(Callee, writtenArgs(&E))) {
    if (Model->Blocks != Category::Sleep)
      return false;
    Sleeps = true;
    return true;
  }
  const FunctionDecl *Definition = nullptr;
  if (Depth >= MaxAccessorDepth || !Callee->hasBody(Definition))
    return false;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Definition->getBody());
  if (!Body || Body->size() != 1)
    return false;
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_front());
  if (!Return || !Return->getRetValue())
    return false;
  for (unsigned I = 0, N = E.getNumArgs(); I < N; ++I)
    if (!visit(E.getArg(I), Depth))
      return false;
  return visit(Return->getRetValue(), Depth + 1);
}

bool Round::visit(const Stmt *S, unsigned Depth) {
  if (!S || isa<NullStmt>(S) || isa<ContinueStmt>(S) || isa<BreakStmt>(S) ||
      isa<IntegerLiteral>(S) || isa<CXXBoolLiteralExpr>(S) ||
      isa<CXXNullPtrLiteralExpr>(S) || isa<CXXThisExpr>(S))
    return true;
  if (isa<CompoundStmt>(S) || isa<ParenExpr>(S) || isa<FullExpr>(S) ||
      isa<MaterializeTemporaryExpr>(S))
    return visitChildren(*S, Depth);
  if (const auto *If = dyn_cast<IfStmt>(S))
    return !If->getInit() && !If->getConditionVariable() &&
           visitChildren(*If, Depth);
  if (const auto *Return = dyn_cast<ReturnStmt>(S))
    return !Return->getRetValue() || visit(Return->getRetValue(), Depth);
  const auto *E = dyn_cast<Expr>(S);
  if (!E || E->isValueDependent())
    return false;
  if (std::optional<AtomicOp> Op = atomicOp(*E)) {
    if (const ValueDecl *P = pointerTo(*Op->Object))
      return Op->Kind == AtomicOpKind::Load &&
             visitPointee(*Op->Object, *P, true);
    const ValueDecl *D = namedVariable(Op->Object);
    if (const auto *Address = dyn_cast<UnaryOperator>(producer(Op->Object)))
      if (Address->getOpcode() == UO_AddrOf)
        return Op->Kind == AtomicOpKind::Load &&
               namedVariable(Address->getSubExpr()) &&
               visitRead(*Address->getSubExpr(),
                         *namedVariable(Address->getSubExpr()), true);
    return D && Op->Kind == AtomicOpKind::Load &&
           visitRead(*Op->Object, *D, true);
  }
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E)) {
    const Expr *Object = Cast->getSubExpr();
    if (Cast->getCastKind() == CK_LValueToRValue)
      if (const ValueDecl *P = pointerIn(*Object))
        return visitPointee(*Object, *P, false);
    if (Cast->getCastKind() == CK_LValueToRValue)
      if (const ValueDecl *D = namedVariable(Object)) {
        const auto *Member = dyn_cast<MemberExpr>(producer(Object));
        // `node->flag`: what the pointer points to is read.
        return visitRead(*producer(Object), *D, false) &&
               (!Member || !Member->isArrow() ||
                isa<CXXThisExpr>(producer(Member->getBase())) ||
                visit(Member->getBase(), Depth));
      }
    return visit(Object, Depth);
  }
  if (isa<CastExpr>(E))
    return visitChildren(*E, Depth);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return !Unary->isIncrementDecrementOp() &&
           !Unary->getSubExpr()->getType().isVolatileQualified() &&
           visit(Unary->getSubExpr(), Depth);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return !Binary->isAssignmentOp() && visitChildren(*Binary, Depth);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return isa<VarDecl>(Ref->getDecl()) ||
           isa<EnumConstantDecl>(Ref->getDecl());
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return isa<FieldDecl>(Member->getMemberDecl()) &&
           visit(Member->getBase(), Depth);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return visitCall(*Call, Depth);
  return false;
}

std::optional<SpinLoop> Round::result() const {
  // The plain one is the worse mistake.
  std::optional<SpinLoop> Found = Plain ? Plain : Atomic;
  if (Found)
    Found->Sleeps = Sleeps;
  return Found;
}

/// Locks are made of such loops.
static bool implementsLock(const FunctionDecl &F) {
  if (F.getIdentifier() && namesLock(F.getName()))
    return true;
  for (const DeclContext *DC = F.getParent(); DC; DC = DC->getParent()) {
    const auto *R = dyn_cast<RecordDecl>(DC);
    if (R && R->getIdentifier() && namesLock(R->getName()))
      return true;
  }
  return false;
}

std::optional<SpinLoop> spinLoop(const Stmt &Loop, const FunctionDecl &F,
                                 const Models &M) {
  const Stmt *Body = nullptr;
  if (const auto *While = dyn_cast<WhileStmt>(&Loop)) {
    if (While->getConditionVariable())
      return std::nullopt;
    Body = While->getBody();
  } else if (const auto *Do = dyn_cast<DoStmt>(&Loop)) {
    Body = Do->getBody();
  } else if (const auto *For = dyn_cast<ForStmt>(&Loop)) {
    if (For->getInc() || For->getConditionVariable())
      return std::nullopt;
    Body = For->getBody();
  }
  Round R(F, M);
  if (!R.visit(conditionIn(Loop)) || !R.visit(Body) || implementsLock(F))
    return std::nullopt;
  return R.result();
}

} // namespace threadlint
