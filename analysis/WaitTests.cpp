//===- WaitTests.cpp - Is the state tested again after a wait? ------------===//
// See the header. The order of the source stands for the order of execution
// within one round of a loop.
//===----------------------------------------------------------------------===//
#include "analysis/WaitTests.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/ConditionUses.h"
#include "analysis/LoopInfo.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

namespace {

/// One wait and the function around it.
class Judge {
public:
  Judge(const ConditionWait &W, const DeclSet &State, const ASTContext &Context)
      : W(W), Context(Context), Parents(*W.In), State(State) {
    findLoop();
    addGuards();
  }

  WaitJudgement judge();
  llvm::SmallVector<const Expr *, 2> loopTests() const;

private:
  struct Mention {
    const Expr *E = nullptr;
    bool IsTest = false;
  };

  void findLoop();
  void addGuards();
  bool isBelow(const Stmt *S, const Stmt *Outer) const;
  bool isBefore(const Stmt *A, const Stmt *B) const;
  const GotoStmt *jumpBack(const LabelStmt *&To) const;
  bool jumpsBack() const;
  bool isDiscarded() const { return Parents.isDiscarded(W.Call); }
  bool mentionsShared(const Expr *Condition) const;
  bool isTested(const Expr *E) const;
  Mention firstMention(const Stmt *Region) const;
  const Expr *guardBefore() const;
  bool concerns(const ValueDecl *D) const;
  bool takes(const Expr *E, const ValueDecl *D) const;
  const Stmt *regionAfter(const Stmt *Whole) const;
  WaitJudgement afterTimeout();
  WaitJudgement inLoop() const;
  WaitJudgement outsideLoop() const;

  const ConditionWait &W;
  const ASTContext &Context;
  BodyParents Parents;
  DeclSet State;
  DeclSet Predicate;          ///< what the wait's own test looks at
  const Stmt *Loop = nullptr; ///< the innermost one around the wait
};

} // namespace

static const ValueDecl *namedBy(const Stmt *S) {
  const ValueDecl *D = nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(S))
    D = Member->getMemberDecl();
  else if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    D = Ref->getDecl();
  return D ? cast<ValueDecl>(D->getCanonicalDecl()) : nullptr;
}

void Judge::findLoop() {
  for (const Stmt *S = W.Call; S && !Loop; S = Parents.parent(S))
    if (isLoop(*S, Context))
      Loop = S;
}

/// Whoever waits only if a member says so waits for that member.
void Judge::addGuards() {
  for (const Stmt *S = W.Call; S; S = Parents.parent(S))
    if (const auto *If = dyn_cast<IfStmt>(S))
      for (const ValueDecl *D : mentionedDecls(If->getCond())) {
        const auto *V = dyn_cast<VarDecl>(D);
        if (isa<FieldDecl>(D) || (V && V->hasGlobalStorage()))
          State.insert(D);
      }
}

bool Judge::isBelow(const Stmt *S, const Stmt *Outer) const {
  for (; S; S = Parents.parent(S))
    if (S == Outer)
      return true;
  return false;
}

bool Judge::isBefore(const Stmt *A, const Stmt *B) const {
  const SourceManager &SM = Context.getSourceManager();
  return SM.isBeforeInTranslationUnit(SM.getExpansionLoc(A->getBeginLoc()),
                                      SM.getExpansionLoc(B->getBeginLoc()));
}

/// The jump behind the wait to the label \p To before it: a loop without a
/// statement for it. Null: none.
const GotoStmt *Judge::jumpBack(const LabelStmt *&To) const {
  for (const Stmt *S : Parents.all())
    if (const auto *Goto = dyn_cast<GotoStmt>(S))
      if (const LabelStmt *Label = Goto->getLabel()->getStmt())
        if (isBefore(Label, W.Call) && isBefore(W.Call, Goto)) {
          To = Label;
          return Goto;
        }
  return nullptr;
}

bool Judge::jumpsBack() const {
  const LabelStmt *To = nullptr;
  return jumpBack(To) || llvm::any_of(Parents.all(), [](const Stmt *S) {
           return isa<IndirectGotoStmt>(S);
         });
}

/// Something that another thread may change: no literal, and not only local
/// variables that the loop counts with.
bool Judge::mentionsShared(const Expr *Condition) const {
  bool Shared = false;
  forEachStmt(Condition, Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Call = dyn_cast<CallExpr>(S))
      Shared |= Call != W.Call;
    const ValueDecl *D = namedBy(S);
    if (isa_and_nonnull<FieldDecl>(D))
      Shared = true;
    const auto *V = dyn_cast_or_null<VarDecl>(D);
    if (!V || V->getType().isConstQualified())
      return;
    const auto *For = dyn_cast_or_null<ForStmt>(Loop);
    Shared |= !For || !For->getInc() || !mentionedDecls(For->getInc()).count(V);
  });
  return Shared;
}

/// True if the value of \p E decides something: a condition, a comparison, a
/// result, or a loop that an empty container ends at once.
bool Judge::isTested(const Expr *E) const {
  const Stmt *S = E;
  for (const Stmt *Parent = Parents.parent(S); Parent;
       S = Parent, Parent = Parents.parent(Parent)) {
    if (isa<CXXForRangeStmt>(Parent))
      return true;
    // `return ready_`, `return queue_.empty()`, but not `return queue_.front()`
    if (const auto *Return = dyn_cast<ReturnStmt>(Parent))
      return !E->getType()->isRecordType() ||
             Return->getRetValue()->getType()->isBooleanType();
    if (conditionIn(*Parent) == S)
      return true;
    if (const auto *Binary = dyn_cast<BinaryOperator>(Parent))
      if (Binary->isLogicalOp() || Binary->isComparisonOp())
        return true;
    if (!isa<Expr>(Parent) && !isa<DeclStmt>(Parent))
      return false;
  }
  return false;
}

/// `queue.front()`, `queue.pop()`: a member function that needs an element.
static bool takesElement(const Stmt *Callee) {
  const auto *Member = dyn_cast_or_null<MemberExpr>(Callee);
  const auto *Method =
      Member ? dyn_cast<CXXMethodDecl>(Member->getMemberDecl()) : nullptr;
  if (!Method || Method->getNumParams() != 0)
    return false;
  const IdentifierInfo *Name = Method->getIdentifier();
  return Method->getReturnType()->isReferenceType() ||
         (Method->getReturnType()->isVoidType() && Name &&
          Name->getName().find("pop") == 0);
}

/// `*p`, `p->x`, `p[i]`, `queue.front()`, `map[k]`: what is there only if
/// what was waited for has happened. Whole containers may be empty.
static bool takesValue(const Expr *E, const BodyParents &Parents) {
  const Stmt *Parent = Parents.parent(E);
  while (Parent &&
         (isa<ParenExpr>(Parent) ||
          (isa<CastExpr>(Parent) &&
           cast<CastExpr>(Parent)->getCastKind() != CK_LValueToRValue)))
    Parent = Parents.parent(Parent);
  if (!E->getType()->isRecordType()) {
    // A number or a copy of a pointer is as good as the one before.
    const Stmt *Around = Parent ? Parents.parent(Parent) : nullptr;
    const auto *Unary = dyn_cast_or_null<UnaryOperator>(Around);
    return E->getType()->isPointerType() && isa_and_nonnull<CastExpr>(Parent) &&
           ((Unary && Unary->getOpcode() == UO_Deref) ||
            isa_and_nonnull<MemberExpr>(Around) ||
            isa_and_nonnull<ArraySubscriptExpr>(Around));
  }
  if (const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Parent))
    return Operator->getOperator() == OO_Star ||
           Operator->getOperator() == OO_Arrow ||
           Operator->getOperator() == OO_Subscript;
  return takesElement(Parent);
}

/// Part of what is waited for. If nobody is seen who notifies, any shared variable
/// may be.
bool Judge::concerns(const ValueDecl *D) const {
  if (!D || !State.empty())
    return D && State.count(D);
  const auto *V = dyn_cast<VarDecl>(D);
  return isa<FieldDecl>(D) || (V && V->hasGlobalStorage());
}

/// \p E needs what was waited for.
bool Judge::takes(const Expr *E, const ValueDecl *D) const {
  const Stmt *Parent = Parents.parent(E);
  if (State.empty()) // a guess, so that only a queue's element counts
    return takesElement(Parent);
  if (takesValue(E, Parents))
    return true;
  // The value that came with the flag.
  const auto *Cast = dyn_cast_or_null<ImplicitCastExpr>(Parent);
  return W.Predicate && !Loop && !Predicate.count(D) && Cast &&
         Cast->getCastKind() == CK_LValueToRValue;
}

/// The first statement after the wait, in \p Region, that looks at the state:
/// any condition that it may decide counts as a test.
Judge::Mention Judge::firstMention(const Stmt *Region) const {
  Mention First;
  const Stmt *FirstPlace = nullptr;
  for (const Stmt *S : Parents.all()) {
    const auto *E = dyn_cast<Expr>(S);
    const ValueDecl *D = E ? namedBy(E) : nullptr;
    bool IsCall = isa<CallExpr>(S) && S != W.Call;
    if (!concerns(D) && !IsCall)
      continue;
    if (!isBefore(W.Call, S) || isBelow(S, W.Call) || !isBelow(S, Region))
      continue;
    bool Tests = isTested(E);
    // What a call in a condition looks at is unknown.
    if (!Tests && (IsCall || !takes(E, D)))
      continue;
    if (FirstPlace && !isBefore(S, FirstPlace))
      continue;
    FirstPlace = S;
    First = {E, Tests};
  }
  return First;
}

/// A test before the wait: of a branch around it, or of one that leaves the
/// function before it.
const Expr *Judge::guardBefore() const {
  const Expr *Result = nullptr;
  for (const Stmt *S : Parents.all()) {
    const Expr *Condition = isa<IfStmt>(S) || isa<ConditionalOperator>(S)
                                ? conditionIn(*S)
                                : nullptr;
    if (Condition && isBefore(S, W.Call) && !isBelow(W.Call, Condition) &&
        mentionsShared(Condition) &&
        (isBelow(W.Call, S) || State.empty() ||
         llvm::any_of(mentionedDecls(Condition),
                      [&](const ValueDecl *D) { return State.count(D); })))
      Result = Condition;
  }
  return Result;
}

/// What can run after the wait in one round of \p Whole: a block around the wait
/// that ends in a jump, or all of it.
const Stmt *Judge::regionAfter(const Stmt *Whole) const {
  for (const Stmt *S = W.Call; S && S != Whole; S = Parents.parent(S))
    if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
      const Stmt *Last = Block->body_empty() ? nullptr : Block->body_back();
      if (isa_and_nonnull<ContinueStmt>(Last) || isa_and_nonnull<BreakStmt>(Last) ||
          isa_and_nonnull<ReturnStmt>(Last))
        return Block;
    }
  return Whole;
}

WaitJudgement Judge::inLoop() const {
  const Expr *Condition = conditionIn(*Loop);
  // A timed wait makes the rounds of a loop periodic.
  if (W.Timed || isBelow(W.Call, Condition))
    return {};
  Mention After = firstMention(regionAfter(Loop));
  if (After.E && !After.IsTest && isDiscarded())
    return {WaitVerdict::UsedAtOnce, After.E};
  // A loop that counts is no test. Others test something each round: what, only
  // their author knows.
  const auto *For = dyn_cast<ForStmt>(Loop);
  bool Counts = For && Condition && For->getInc() && !mentionsShared(Condition);
  if (Counts && !After.E && !guardBefore())
    return {WaitVerdict::Untested, nullptr};
  return {};
}

WaitJudgement Judge::outsideLoop() const {
  Mention After = firstMention(regionAfter(W.In->getBody()));
  if (W.Timed) {
    if (After.E && !After.IsTest && isDiscarded())
      return {WaitVerdict::UsedAtOnce, After.E};
    return {};
  }
  const Expr *Guard = guardBefore();
  if (Guard && After.E && After.IsTest)
    return {}; // tells its caller
  if (Guard && W.LocksHere)
    return {WaitVerdict::TestedOnce, Guard};
  // The caller has the lock, and the loop.
  if (!W.LocksHere) {
    bool TestsState =
        Guard && isBelow(W.Call, Parents.parent(Guard)) &&
        llvm::any_of(mentionedDecls(Guard),
                     [&](const ValueDecl *D) { return State.count(D); });
    return TestsState ? WaitJudgement{WaitVerdict::TestedOnce, Guard}
                      : WaitJudgement{};
  }
  return {WaitVerdict::Untested, nullptr};
}

/// The predicate is false after a time-out, and nobody asks.
WaitJudgement Judge::afterTimeout() {
  Predicate = mentionedDecls(W.Predicate);
  for (const ValueDecl *D : Predicate) {
    const auto *V = dyn_cast<VarDecl>(D);
    if (isa<FieldDecl>(D) || (V && !V->getType()->isReferenceType()))
      State.insert(D);
  }
  if (!W.Timed || !isDiscarded() || State.empty())
    return {};
  Mention After = firstMention(regionAfter(Loop ? Loop : W.In->getBody()));
  if (After.E && !After.IsTest)
    return {WaitVerdict::TimeoutIgnored, After.E};
  return {};
}

WaitJudgement Judge::judge() {
  if (jumpsBack())
    return {};
  if (W.Predicate)
    return afterTimeout();
  return Loop ? inLoop() : outsideLoop();
}

static bool leavesLoop(const IfStmt &If) {
  const Stmt *S = If.getThen();
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
    S = Block->body_empty() ? nullptr : Block->body_back();
  return isa_and_nonnull<BreakStmt>(S) || isa_and_nonnull<ReturnStmt>(S);
}

llvm::SmallVector<const Expr *, 2> Judge::loopTests() const {
  llvm::SmallVector<const Expr *, 2> Result;
  if (!Loop) {
    const LabelStmt *To = nullptr;
    const GotoStmt *Jump = jumpBack(To);
    for (const Stmt *S : Parents.all())
      if (const auto *If = dyn_cast<IfStmt>(S))
        if (Jump && isBefore(To, If) && isBefore(If, Jump) &&
            (isBelow(W.Call, If) || isBelow(Jump, If)))
          Result.push_back(If->getCond());
    return Result;
  }
  if (const Expr *Condition = conditionIn(*Loop))
    Result.push_back(Condition);
  for (const Stmt *S : Parents.all())
    if (const auto *If = dyn_cast<IfStmt>(S))
      if (isBelow(If, Loop) && (isBelow(W.Call, If) || leavesLoop(*If)))
        Result.push_back(If->getCond());
  return Result;
}

WaitJudgement judgeWait(const ConditionWait &W, const DeclSet &State,
                        const ASTContext &Context) {
  return Judge(W, State, Context).judge();
}

llvm::SmallVector<const Expr *, 2> loopTests(const ConditionWait &W,
                                             const ASTContext &Context) {
  return Judge(W, DeclSet(), Context).loopTests();
}

} // namespace threadlint
