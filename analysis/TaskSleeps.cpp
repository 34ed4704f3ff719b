//===- TaskSleeps.cpp - Sleeps that stand for a wait ----------------------===//
// See the header. The order of the source stands for the order of execution.
//===----------------------------------------------------------------------===//
#include "analysis/TaskSleeps.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/FlagCondition.h"
#include "analysis/LoopInfo.h"
#include "analysis/Statements.h"
#include "analysis/TaskEnds.h"
#include "analysis/TranslationUnit.h"
#include "analysis/Writes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

namespace {
/// The sleeps of one function that spawns.
class Finder {
public:
  Finder(const FunctionDecl &F, TranslationUnit &TU)
      : TU(TU), Parents(F), Ends(findTaskEnds(F, TU)) {}

  void look(const Task &T, TaskSet Bit, const Expr &Sleep);
  bool isSleep(const Stmt *S) const;
  const BodyParents &body() const { return Parents; }
  std::vector<TaskSleep> Found;

private:
  const Expr *firstUse(const Task &T, const Expr &Sleep) const;
  bool isBefore(const Stmt *A, const Stmt *B) const;
  bool isOver(TaskSet Bit, const Expr &Use) const;
  const Stmt *around(const Stmt *S, bool Loops) const;
  bool isRead(const Expr &E) const;

  TranslationUnit &TU;
  const BodyParents Parents;
  const TaskEnds Ends;
};
} // namespace

bool Finder::isBefore(const Stmt *A, const Stmt *B) const {
  const SourceManager &SM = TU.context().getSourceManager();
  return SM.isBeforeInTranslationUnit(SM.getExpansionLoc(A->getBeginLoc()),
                                      SM.getExpansionLoc(B->getBeginLoc()));
}

bool Finder::isSleep(const Stmt *S) const {
  const auto *Call = dyn_cast<CallExpr>(S);
  const FunctionDecl *Named = Call ? namedCallee(Call) : nullptr;
  const FunctionModel *M =
      Named ? TU.models().function(Named, writtenArgs(Call)) : nullptr;
  return M && M->Blocks == Category::Sleep;
}

/// The innermost loop, or block of statements, around \p S. Null: none.
const Stmt *Finder::around(const Stmt *S, bool Loops) const {
  for (S = Parents.parent(S); S; S = Parents.parent(S))
    if (Loops ? isLoop(*S, TU.context()) : isa<CompoundStmt>(S))
      return S;
  return nullptr;
}

/// `*p = 1`, `job->sum = 2`, `n = 3`: the variable at the bottom of \p E.
static const VarDecl *rootOf(const Expr *E) {
  for (unsigned Depth = 0; E && Depth < 16; ++Depth) {
    E = E->IgnoreParenCasts();
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      E = Member->getBase();
    else if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      E = Unary->getSubExpr();
    else if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
      E = Element->getBase();
    else
      break;
  }
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

/// What the task's entry writes: captured variables, members, globals; and
/// whether it writes to what its parameters lead to.
static DeclSet writtenIn(const FunctionDecl &Entry, bool &ThroughParameters) {
  DeclSet Result;
  auto Note = [&](const Expr *Target) {
    const Expr *Named = Target->IgnoreParenCasts();
    const auto *Member = dyn_cast<MemberExpr>(Named);
    if (Member && isa<CXXThisExpr>(Member->getBase()->IgnoreParenCasts()))
      Result.insert(cast<ValueDecl>(Member->getMemberDecl()->getCanonicalDecl()));
    const VarDecl *V = rootOf(Target);
    if (!V)
      return;
    // `struct job *job = arg;`
    if (const VarDecl *Source =
            V->isLocalVarDecl() && V->hasInit() &&
                    V->getParentFunctionOrMethod() == &Entry
                ? rootOf(V->getInit())
                : nullptr)
      V = Source;
    if (const auto *P = dyn_cast<ParmVarDecl>(V);
        P && P->getDeclContext() == &Entry)
      ThroughParameters |=
          P->getType()->isReferenceType() || P->getType()->isPointerType();
    else
      Result.insert(cast<ValueDecl>(V->getCanonicalDecl()));
  };
  forEachStmt(Entry.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    if (const auto *Binary = dyn_cast<BinaryOperator>(S);
        Binary && Binary->isAssignmentOp())
      Note(Binary->getLHS());
    const auto *Unary = dyn_cast<UnaryOperator>(S);
    if (Unary && Unary->isIncrementDecrementOp())
      Note(Unary->getSubExpr());
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
    if (Op && Op->isAssignmentOp())
      Note(Op->getArg(0));
  });
  return Result;
}

/// `x = y` does not read x, `&x` and `std::ref(x)` hand it on.
bool Finder::isRead(const Expr &E) const {
  const Stmt *S = &E;
  const Stmt *Parent = Parents.parent(S);
  while (Parent && isa<ParenExpr>(Parent)) {
    S = Parent;
    Parent = Parents.parent(S);
  }
  if (const auto *Cast = dyn_cast_or_null<ImplicitCastExpr>(Parent))
    return Cast->getCastKind() == CK_LValueToRValue ||
           (Cast->getCastKind() == CK_NoOp && Cast->getType().isConstQualified());
  const auto *Member = dyn_cast_or_null<MemberExpr>(Parent);
  return Member && isa<FieldDecl>(Member->getMemberDecl()) && isRead(*Member);
}

const Expr *Finder::firstUse(const Task &T, const Expr &Sleep) const {
  bool ThroughParameters = false;
  DeclSet Results = writtenIn(*T.Entry, ThroughParameters);
  DeclSet Shared;
  bool HasThis = false;
  for (const Capture &C : T.Captures) {
    HasThis |= C.Kind == CaptureKind::This;
    if (!C.Var || C.Kind == CaptureKind::Value)
      continue;
    const auto *V = cast<ValueDecl>(C.Var->getCanonicalDecl());
    if (Results.count(V) || (!T.Lambda && ThroughParameters))
      Shared.insert(V);
  }
  for (const ValueDecl *D : Results) {
    const auto *V = dyn_cast<VarDecl>(D);
    if ((V && V->hasGlobalStorage()) || (isa<FieldDecl>(D) && HasThis))
      Shared.insert(D);
  }
  const Expr *First = nullptr;
  for (const Stmt *S : Parents.all()) {
    const auto *E = dyn_cast<Expr>(S);
    const ValueDecl *D = E && (isa<DeclRefExpr>(E) || isa<MemberExpr>(E))
                             ? namedVariable(E)
                             : nullptr;
    if (D && Shared.count(cast<ValueDecl>(D->getCanonicalDecl())) &&
        !isAtomic(E->getType()) && !E->getType().isVolatileQualified() &&
        isBefore(&Sleep, E) && isRead(*E) && (!First || isBefore(E, First)))
      First = E;
  }
  return First;
}

/// The task has been waited for before \p Use, or nobody can tell.
bool Finder::isOver(TaskSet Bit, const Expr &Use) const {
  if (Ends.Unknown & Bit)
    return true;
  for (const auto &[S, Over] : Ends.After)
    if ((Over & Bit) && isBefore(S, &Use))
      return true;
  for (const auto &[S, Over] : Ends.WhenFalse)
    if ((Over & Bit) && isBefore(S, &Use))
      return true;
  for (const auto &[V, Over] : Ends.AtDeath) {
    if (!(Over & Bit))
      continue;
    const Stmt *Scope = nullptr;
    for (const Stmt *S : Parents.all())
      if (const auto *Declared = dyn_cast<DeclStmt>(S))
        if (llvm::is_contained(Declared->decls(), V))
          Scope = around(Declared, /*Loops=*/false);
    const Stmt *Above = &Use;
    while (Above && Above != Scope)
      Above = Parents.parent(Above);
    if (!Above)
      return true;
  }
  return false;
}

void Finder::look(const Task &T, TaskSet Bit, const Expr &Sleep) {
  if (!T.Entry || !isBefore(T.Spawn, &Sleep))
    return;
  // A loop that sleeps polls; one around both does all of it each time.
  const Stmt *Loop = around(&Sleep, /*Loops=*/true);
  const Stmt *Above = T.Spawn;
  while (Loop && Above && Above != Loop)
    Above = Parents.parent(Above);
  if (Loop && !Above)
    return;
  const Expr *Use = firstUse(T, Sleep);
  if (!Use || isOver(Bit, *Use) || TU.functions().mayLock(T.Entry))
    return;
  Found.push_back({&Sleep, T.Spawn, Use,
                   cast<ValueDecl>(namedVariable(Use)->getCanonicalDecl())});
}

std::vector<TaskSleep> sleepsForTasks(const FunctionDecl &F,
                                      TranslationUnit &TU) {
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (!Scan || Scan->OverBudget || !TU.functions().maySpawn(&F))
    return {};
  llvm::ArrayRef<Task> All = TU.tasks().of(&F);
  if (All.empty())
    return {};
  Finder Here(F, TU);
  for (const Stmt *S : Here.body().all()) {
    if (!Here.isSleep(S))
      continue;
    size_t Before = Here.Found.size();
    for (unsigned I = 0; I < All.size() && I < MaxTasks; ++I)
      if (Here.Found.size() == Before)
        Here.look(All[I], TaskSet(1) << I, *cast<Expr>(S));
  }
  return std::move(Here.Found);
}

} // namespace threadlint
