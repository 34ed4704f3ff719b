//===- LoopHeaders.cpp - What the condition of a loop bounds --------------===//
// The half of LoopBounds that reads conditions: counters, iterators, input that
// is taken until there is none, flags.
//===----------------------------------------------------------------------===//
#include "analysis/CallInfo.h"
#include "analysis/LoopBounds.h"
#include "analysis/Models.h"
#include "analysis/NameWords.h"
#include "analysis/Writes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

/// One loop whose condition is read.
class LoopBounds::Header {
public:
  Header(LoopBounds &Bounds, const Stmt &Loop, const FunctionDecl &F)
      : Bounds(Bounds), Loop(Loop), Stored(Bounds.writes(F)) {}

  LoopBound condition(const Expr *E);

private:
  LoopBound logical(const BinaryOperator &E);
  LoopBound comparison(const Expr *Left, const Expr *Right);
  LoopBound objects(const Expr *Left, const Expr *Right);
  LoopBound counted(const ValueDecl &Counter, const Expr *Limit);
  LoopBound initially(const ValueDecl &Counter);
  LoopBound call(const Expr &Call);
  LoopBound value(const Expr &E);
  const ValueDecl *counter(const Expr *E) const;
  bool isInside(const Write &W) const;
  bool isInput(const Expr *E) const;
  bool walksList(const ValueDecl &D) const;

  LoopBounds &Bounds;
  const Stmt &Loop;
  const Writes &Stored;
  unsigned Depth = 0;
};

bool LoopBounds::Header::isInside(const Write &W) const {
  for (int L = W.Loop; L >= 0; L = Stored.loop(L).Parent)
    if (Stored.loop(L).S == &Loop)
      return true;
  return false;
}

/// The variable that the loop counts: it steps it, or gives it a new value.
const ValueDecl *LoopBounds::Header::counter(const Expr *E) const {
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(producer(E)))
    if (Unary->isIncrementDecrementOp())
      E = Unary->getSubExpr();
  const ValueDecl *D = namedDecl(E);
  if (!D)
    return nullptr;
  for (const Write &W : Stored.of(D))
    if (isInside(W) &&
        (W.Kind == WriteKind::Step || W.Kind == WriteKind::Assign))
      return D;
  return nullptr;
}

/// `accept(…)`, `fd = accept(…)`, `in >> word`, a modelled call that waits for
/// the network, a file or a database.
bool LoopBounds::isInput(const Expr *E) const {
  E = producer(E);
  if (const auto *Binary = dyn_cast_or_null<BinaryOperator>(E))
    if (Binary->isAssignmentOp())
      E = producer(Binary->getRHS());
  if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(E)) {
    if (Op->getOperator() == OO_Equal && Op->getNumArgs() == 2)
      return isInput(Op->getArg(1));
    // Of the classes that have it, streams are what loops test.
    return Op->getOperator() == OO_GreaterGreater;
  }
  const FunctionDecl *F = E ? namedCallee(E) : nullptr;
  if (!F || isa<CXXConstructExpr>(E))
    return false;
  if (isa<CXXConversionDecl>(F))
    return isInput(objectArgument(E));
  if (F->getIdentifier() && namesInput(F->getName()))
    return true;
  return false;
}

/// The same, also for the variable of `while (auto c = listener.accept())`.
bool LoopBounds::Header::isInput(const Expr *E) const {
  E = producer(E);
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
    if (const auto *While = dyn_cast<WhileStmt>(&Loop))
      if (const VarDecl *V = While->getConditionVariable())
        if (V == Ref->getDecl() && V->getInit())
          return Bounds.isInput(V->getInit());
  return Bounds.isInput(E);
}

LoopBound LoopBounds::Header::logical(const BinaryOperator &E) {
  LoopBound A = condition(E.getLHS()), B = condition(E.getRHS());
  auto Either = [&](BoundKind Kind) {
    return A.Kind == Kind ? A : B.Kind == Kind ? B : LoopBound();
  };
  if (E.getOpcode() == BO_LAnd) {
    // The loop ends when the first of the two does.
    for (BoundKind Kind :
         {BoundKind::Workers, BoundKind::Constant, BoundKind::Unknown,
          BoundKind::Data, BoundKind::Input, BoundKind::Flag})
      if (A.Kind == Kind || B.Kind == Kind)
        return Either(Kind);
    return A;
  }
  for (BoundKind Kind : {BoundKind::Endless, BoundKind::Unknown,
                         BoundKind::Input, BoundKind::Data, BoundKind::Flag})
    if (A.Kind == Kind || B.Kind == Kind)
      return Either(Kind);
  return {};
}

/// The value that the counter has before the loop.
LoopBound LoopBounds::Header::initially(const ValueDecl &Counter) {
  LoopBound Result;
  unsigned N = 0;
  const Write *Only = nullptr;
  for (const Write &W : Stored.of(&Counter))
    if (W.Kind == WriteKind::Assign && !(isInside(W) && W.Where)) {
      Only = &W;
      ++N;
    } else if (W.Kind == WriteKind::Escape) {
      return {};
    }
  if (N == 1 && Only->Value)
    return Bounds.ofNumber(Only->Value);
  return Result;
}

LoopBound LoopBounds::Header::counted(const ValueDecl &Counter,
                                      const Expr *Limit) {
  bool Down = false;
  uint64_t Step = 1;
  for (const Write &W : Stored.of(&Counter)) {
    if (!isInside(W) || W.Kind != WriteKind::Step || !W.Where)
      continue;
    if (const auto *Unary = dyn_cast<UnaryOperator>(W.Where))
      Down |= Unary->isDecrementOp();
    else if (const auto *Binary = dyn_cast<BinaryOperator>(W.Where)) {
      Down |= Binary->getOpcode() == BO_SubAssign;
      if (Binary->getOpcode() == BO_AddAssign)
        Step = std::max<uint64_t>(
            1, Bounds.constant(Binary->getRHS()).value_or(1));
    }
  }
  LoopBound Start = initially(Counter);
  if (Down)
    return Start;
  LoopBound End = Bounds.ofNumber(Limit);
  if (End.Kind == BoundKind::Constant && Start.Kind == BoundKind::Constant &&
      Start.Count <= End.Count)
    End.Count = (End.Count - Start.Count + Step - 1) / Step;
  return End;
}

static bool isCall(const Expr *E, llvm::StringRef A, llvm::StringRef B) {
  const FunctionDecl *F = E ? namedCallee(E) : nullptr;
  return F && F->getIdentifier() && !isa<CXXConstructExpr>(E) &&
         (F->getName() == A || F->getName() == B);
}

/// Pointers, iterators and other objects that are compared.
LoopBound LoopBounds::Header::objects(const Expr *Left, const Expr *Right) {
  for (const Expr *E : {Right, Left}) {
    if (isCall(E, "end", "cend") || isCall(E, "rend", "constEnd"))
      return Bounds.ofContainer(E);
    const ValueDecl *D = namedDecl(E);
    if (const auto *V = dyn_cast_or_null<VarDecl>(D);
        V && !counter(E) && V->isLocalVarDecl() && V->getInit()) {
      const Expr *Init = producer(V->getInit());
      if (isCall(Init, "end", "cend") || isa<BinaryOperator>(Init))
        return Bounds.ofContainer(Init);
    }
    if (const auto *Sum = dyn_cast<BinaryOperator>(E))
      if (Sum->isAdditiveOp() && Sum->getType()->isPointerType())
        return Bounds.ofContainer(Sum);
  }
  const ValueDecl *D = namedDecl(Left);
  if (D && walksList(*D) &&
      Right->isNullPointerConstant(Bounds.Context,
                                   Expr::NPC_ValueDependentIsNotNull))
    return {BoundKind::Data, 0, Left};
  return {};
}

LoopBound LoopBounds::Header::comparison(const Expr *Left, const Expr *Right) {
  if (isInput(Left) || isInput(Right))
    return {BoundKind::Input, 0, isInput(Left) ? Left : Right};
  Left = producer(Left);
  Right = producer(Right);
  QualType T = Left->getType().getNonReferenceType();
  if (!T->isArithmeticType() && !T->isEnumeralType() &&
      !isa_and_nonnull<CXXConversionDecl>(namedCallee(Left)))
    return objects(Left, Right);
  const ValueDecl *L = counter(Left), *R = counter(Right);
  if (L && !R)
    return counted(*L, Right);
  if (R && !L)
    return counted(*R, Left);
  // while (threads.size() < n), while (!queue.size() > 0)
  if (isCall(Left, "size", "length")) {
    if (Bounds.constant(Right) == 0u)
      return Bounds.ofContainer(Left);
    return Bounds.ofNumber(Right);
  }
  if (L && R)
    return {};
  return {BoundKind::Flag, 0, Left};
}

/// `p = p->next` in the loop.
bool LoopBounds::Header::walksList(const ValueDecl &D) const {
  for (const Write &W : Stored.of(&D))
    if (isInside(W) && W.Kind == WriteKind::Assign && W.Where && W.Value)
      if (const auto *Member = dyn_cast<MemberExpr>(producer(W.Value)))
        if (namedDecl(Member->getBase(), true) == &D)
          return true;
  return false;
}

LoopBound LoopBounds::Header::call(const Expr &Call) {
  const FunctionDecl *F = namedCallee(&Call);
  const Expr *Object = objectArgument(&Call);
  if (F && isa<CXXConversionDecl>(F))
    return condition(Object);
  llvm::StringRef Name =
      F && F->getIdentifier() ? F->getName() : llvm::StringRef();
  if (Object && (Name == "load" || Name == "test"))
    return condition(Object);
  if (Object && (Name == "empty" || Name == "isEmpty")) {
    LoopBound Size = Bounds.ofContainer(Object);
    // Others may fill it while the loop runs.
    return Size.Kind == BoundKind::Workers
               ? Size
               : LoopBound{BoundKind::Data, 0, Object};
  }
  for (const std::string &Word : nameWords(Name))
    for (llvm::StringRef Said :
         {"run",         "running",  "stop",   "stopped",    "done",
          "quit",        "exit",     "alive",  "ok",         "requested",
          "interrupted", "shutdown", "open",   "connected",  "listening",
          "good",        "eof",      "closed", "terminated", "cancelled"})
      if (Word == Said)
        return {BoundKind::Flag, 0, &Call};
  return {};
}

/// A value that is tested by itself: `while (running)`, `while (node)`,
/// `while (n--)`.
LoopBound LoopBounds::Header::value(const Expr &E) {
  const ValueDecl *D = namedDecl(&E);
  if (const auto *Unary = dyn_cast<UnaryOperator>(&E))
    if (Unary->isDecrementOp())
      D = namedDecl(Unary->getSubExpr());
  if (!D)
    return {};
  QualType T = D->getType().getNonReferenceType();
  if (T->isPointerType())
    return walksList(*D) ? LoopBound{BoundKind::Data, 0, &E} : LoopBound();
  if (T->isBooleanType() || !T->isIntegralOrEnumerationType())
    return {BoundKind::Flag, 0, &E};
  for (const Write &W : Stored.of(D))
    if (isInside(W) && W.Kind == WriteKind::Step)
      return initially(*D);
  return {BoundKind::Flag, 0, &E};
}

LoopBound LoopBounds::Header::condition(const Expr *E) {
  if (!E || E->isInstantiationDependent() || ++Depth > 100)
    return {};
  bool True = false;
  if (E->EvaluateAsBooleanCondition(True, Bounds.Context))
    return True ? LoopBound{BoundKind::Endless, 0, E}
                : LoopBound{BoundKind::Constant, 1, E};
  E = producer(E);
  if (isInput(E)) {
    const auto *While = dyn_cast<WhileStmt>(&Loop);
    const VarDecl *V = While ? While->getConditionVariable() : nullptr;
    return {BoundKind::Input, 0, V && isa<DeclRefExpr>(E) ? V->getInit() : E};
  }
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E)) {
    auto Form = Rewritten->getDecomposedForm();
    return comparison(Form.LHS, Form.RHS);
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    if (Binary->isLogicalOp())
      return logical(*Binary);
    if (Binary->isComparisonOp())
      return comparison(Binary->getLHS(), Binary->getRHS());
    if (Binary->getOpcode() == BO_Comma)
      return condition(Binary->getRHS());
    return {};
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    if (Unary->getOpcode() == UO_LNot)
      return condition(Unary->getSubExpr());
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (Op->isComparisonOp() && Op->getNumArgs() == 2)
      return comparison(Op->getArg(0), Op->getArg(1));
    if (Op->getOperator() == OO_Exclaim)
      return condition(Op->getArg(0));
  }
  if (isa<CallExpr>(E))
    return call(*E);
  return value(*E);
}

LoopBound LoopBounds::of(const Stmt &Loop, const FunctionDecl &F) {
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(&Loop)) {
    const VarDecl *V = Range->getLoopVariable();
    LoopBound Size = ofContainer(Range->getRangeInit());
    if (Size.Kind != BoundKind::Constant && V && V->getIdentifier() &&
        namesWorkers(V->getName()) &&
        !holdsThreads(Range->getRangeInit()->getType()))
      return {BoundKind::Workers, 0, Range->getRangeInit()};
    return Size;
  }
  const Expr *Condition = nullptr;
  if (const auto *For = dyn_cast<ForStmt>(&Loop))
    Condition = For->getCond();
  else if (const auto *While = dyn_cast<WhileStmt>(&Loop))
    Condition = While->getCond();
  else if (const auto *Do = dyn_cast<DoStmt>(&Loop))
    Condition = Do->getCond();
  else
    return {};
  if (!Condition)
    return {BoundKind::Endless};
  return Header(*this, Loop, F).condition(Condition);
}

} // namespace threadlint
