//===- OrderPoints.cpp - Where threads wait for one another ---------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/OrderPoints.h"
#include "analysis/Accesses.h"
#include "analysis/AtomicOps.h"
#include "analysis/CallInfo.h"
#include "analysis/LockedAccesses.h"
#include "analysis/NameWords.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {
namespace {

class Finder {
public:
  Finder(const FunctionDecl &F, TranslationUnit &TU, OrderLookup Callees)
      : F(F), TU(TU), SM(TU.context().getSourceManager()), Callees(Callees),
        Locks(TU.accesses().of(&F)) {}

  FunctionOrder run() {
    forEachStmt(F.getBody(), Lambdas::Outside,
                [&](const Stmt *S) { visit(*S); });
    return std::move(Result);
  }

private:
  void visit(const Stmt &S);
  void visitCall(const Expr &Call);
  void visitLoop(const Stmt &S);
  void visitBranch(const Stmt &S);
  void visitChoice(const IfStmt &S);
  bool tellsOfThreads(const Stmt &S) const;
  bool isTold(const Expr &Condition) const;
  bool readsUnderLock(const Expr &Condition) const;
  bool picksThread(const Expr &Condition) const;
  void add(OrderKind Kind, SourceLocation Loc) {
    Result.Points.push_back({Kind, SM.getExpansionLoc(Loc)});
  }

  const FunctionDecl &F;
  TranslationUnit &TU;
  const SourceManager &SM;
  OrderLookup Callees;
  const FunctionAccesses *Locks;
  FunctionOrder Result;
};

bool isLoop(const Stmt &S) {
  return isa<ForStmt>(S) || isa<WhileStmt>(S) || isa<DoStmt>(S);
}

bool isSystem(const FunctionDecl &F) {
  return F.getASTContext().getSourceManager().isInSystemHeader(
             F.getLocation()) ||
         F.getBuiltinID() != 0;
}

/// `waitForStart`, `barrier_sync`: an unseen function that says so.
bool namesWait(const FunctionDecl &F) {
  if (!F.getIdentifier())
    return false;
  for (const std::string &Word : nameWords(F.getName()))
    for (llvm::StringRef Wait :
         {"wait", "await", "join", "sync", "barrier", "arrive", "acquire",
          "block", "rendezvou", "pop", "dequeue", "take", "receive", "recv"})
      if (Word == Wait)
        return true;
  return false;
}

/// An unseen function may ask an object that threads share.
bool takesObject(const FunctionDecl &F) {
  return llvm::any_of(F.parameters(), [](const ParmVarDecl *P) {
    QualType T = P->getType();
    return (T->isPointerType() || T->isReferenceType()) &&
           T->getPointeeType()->isRecordType();
  });
}

/// `i >= n`: the next piece of work, of which each thread gets its own.
bool isTicketsEnd(const IfStmt &S) {
  const auto *Compared =
      dyn_cast<BinaryOperator>(S.getCond()->IgnoreParenImpCasts());
  const Stmt *Then = S.getThen();
  if (const auto *Block = dyn_cast<CompoundStmt>(Then))
    Then = Block->size() == 1 ? Block->body_front() : nullptr;
  bool Leaves = Then && (isa<BreakStmt>(Then) || isa<ReturnStmt>(Then));
  return Compared && Compared->isRelationalOp() && Leaves;
}

/// \p S itself is something that another thread may have set for this one.
bool Finder::tellsOfThreads(const Stmt &S) const {
  const auto *E = dyn_cast<Expr>(&S);
  if (!E)
    return false;
  if (std::optional<AtomicOp> Op = atomicOp(*E))
    return Op->Kind != AtomicOpKind::Store;
  if (E->getType().isVolatileQualified())
    return true;
  if (E->isGLValue() && E->getType()->isAtomicType())
    return true;
  if (!isa<CallExpr>(E))
    return false;
  const FunctionDecl *Named = namedCallee(E);
  if (!Named || isSystem(*Named)) {
    const TypeModel *Type =
        objectArgument(E)
            ? TU.models().type(objectArgument(E)->getType())
            : nullptr;
    return Type && Type->Kind == TypeKind::StopToken;
  }
  const FunctionDecl *Callee = callee(E);
  if (Callee && isOwnBody(*Callee)) {
    const FunctionOrder *Known = Callees(*Callee);
    return Known && (Known->ReadsAtomics || !Known->Points.empty());
  }
  return isa<CXXMethodDecl>(Named) || takesObject(*Named);
}

/// The condition tests what another thread may have set, itself or through a
/// local that was made of it.
bool Finder::isTold(const Expr &Condition) const {
  bool Found = false;
  forEachStmt(&Condition, Lambdas::Outside, [&](const Stmt *S) {
    Found |= tellsOfThreads(*S);
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (V && V->hasLocalStorage() && V->hasInit() &&
        V->getType()->isScalarType())
      forEachStmt(V->getInit(), Lambdas::Outside,
                  [&](const Stmt *Init) { Found |= tellsOfThreads(*Init); });
  });
  return Found;
}

bool Finder::readsUnderLock(const Expr &Condition) const {
  if (!Locks || !Locks->HasFlow)
    return false;
  bool Found = false;
  forEachStmt(&Condition, Lambdas::Outside, [&](const Stmt *S) {
    if (!isa<DeclRefExpr>(S) && !isa<MemberExpr>(S))
      return;
    const LocksAt *At = LockedAccesses::at(*Locks, cast<Expr>(S));
    Found |= At && !At->Must.empty();
  });
  return Found;
}

/// Compares numbers that the thread was given with each other or with constants.
bool Finder::picksThread(const Expr &Condition) const {
  bool Picks = false, Other = false;
  forEachStmt(&Condition, Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      Other |= Binary->isRelationalOp();
    if (isa<MemberExpr>(S) || isa<CallExpr>(S))
      Other = true;
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!V || V->getType().isConstQualified())
      return;
    bool Given = V->getType()->isScalarType() && !V->hasGlobalStorage() &&
                 (isa<ParmVarDecl>(V) || Ref->refersToEnclosingVariableOrCapture());
    Picks |= Given;
    Other |= !Given;
  });
  return Picks && !Other;
}

void Finder::visitCall(const Expr &Call) {
  const FunctionDecl *Named = namedCallee(&Call);
  if (!Named)
    return;
  if (const FunctionModel *Model =
          TU.models().function(Named, writtenArgs(&Call))) {
    bool Waits = Model->Blocks == Category::Wait && Model->Does != Effect::Spawn;
    if (Waits || Model->Does == Effect::ConditionWait ||
        isCallOnce(Call, TU))
      add(OrderKind::Wait, Call.getBeginLoc());
    return;
  }
  const FunctionDecl *Callee = callee(&Call);
  if (Callee && isOwnBody(*Callee)) {
    const FunctionOrder *Known = Callees(*Callee);
    if (!Known)
      return;
    Result.ReadsAtomics |= Known->ReadsAtomics;
    for (OrderKind Kind : {OrderKind::Test, OrderKind::Wait, OrderKind::Lock})
      if (llvm::any_of(Known->Points,
                       [&](const OrderPoint &P) { return P.Kind == Kind; }))
        return add(Kind, Call.getBeginLoc());
  } else if (!isSystem(*Named) && namesWait(*Named)) {
    add(OrderKind::Wait, Call.getBeginLoc());
  }
}

/// The body runs while nobody has said anything yet; what follows may wait.
void Finder::visitLoop(const Stmt &S) {
  const Expr *Condition = conditionIn(S);
  if (!Condition)
    return;
  if (isTold(*Condition))
    add(OrderKind::Test, S.getEndLoc());
  else if (readsUnderLock(*Condition))
    add(OrderKind::Lock, S.getEndLoc());
}

void Finder::visitBranch(const Stmt &S) {
  const Expr *Condition = conditionIn(S);
  if (!Condition)
    return;
  const auto *If = dyn_cast<IfStmt>(&S);
  if (If && isTicketsEnd(*If))
    return;
  if (isTold(*Condition))
    add(OrderKind::Test, Condition->getBeginLoc());
  else if (readsUnderLock(*Condition))
    add(OrderKind::Lock, Condition->getBeginLoc());
}

void Finder::visitChoice(const IfStmt &S) {
  if (!S.getCond() || !picksThread(*S.getCond()))
    return;
  const Stmt *Then = S.getThen();
  if (const auto *Block = dyn_cast<CompoundStmt>(Then))
    Then = Block->size() ? Block->body_back() : nullptr;
  // `if (id != 0) return;`
  bool Leaves = isa_and_nonnull<ReturnStmt>(Then);
  Result.Chosen.push_back(
      {SM.getExpansionLoc(S.getThen()->getBeginLoc()),
       SM.getExpansionLoc(Leaves ? F.getBody()->getEndLoc() : S.getEndLoc())});
}

void Finder::visit(const Stmt &S) {
  if (const auto *E = dyn_cast<Expr>(&S)) {
    std::optional<AtomicOp> Op = atomicOp(*E);
    Result.ReadsAtomics |= Op && Op->Kind != AtomicOpKind::Store;
  }
  if (isa<CallExpr>(S) || isa<CXXConstructExpr>(S))
    visitCall(cast<Expr>(S));
  else if (isa<CoawaitExpr>(S) || isa<CoyieldExpr>(S))
    add(OrderKind::Wait, S.getBeginLoc());
  else if (isLoop(S))
    visitLoop(S);
  else
    visitBranch(S);
  if (const auto *If = dyn_cast<IfStmt>(&S))
    visitChoice(*If);
  if (isLoop(S) || isa<CXXForRangeStmt>(S))
    Result.Loops.push_back({SM.getExpansionLoc(S.getBeginLoc()),
                            SM.getExpansionLoc(S.getEndLoc())});
}

} // namespace

bool isCallOnce(const Expr &Call, TranslationUnit &TU) {
  for (unsigned I = 0, N = numArguments(&Call); I < N; ++I) {
    QualType T = argument(&Call, I)->getType();
    const TypeModel *Type =
        TU.models().type(T->isPointerType() ? T->getPointeeType() : T);
    if (Type && Type->Kind == TypeKind::OnceFlag)
      return true;
  }
  return false;
}

FunctionOrder orderIn(const FunctionDecl &F, TranslationUnit &TU,
                      OrderLookup Callees) {
  return Finder(F, TU, Callees).run();
}

} // namespace threadlint
