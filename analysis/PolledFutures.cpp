//===- PolledFutures.cpp - Deferred tasks that nobody runs ----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/PolledFutures.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/FutureUses.h"
#include "analysis/LockPath.h"
#include "analysis/LoopInfo.h"
#include "analysis/SequentialTasks.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace threadlint {
namespace {

bool isEnumerator(const Expr *E, llvm::StringRef Name) {
  const auto *Ref = dyn_cast<DeclRefExpr>(producer(E));
  const auto *Value = Ref ? dyn_cast<EnumConstantDecl>(Ref->getDecl()) : nullptr;
  return Value && Value->getIdentifier() && Value->getName() == Name;
}

class Polls {
public:
  Polls(const FunctionDecl &F, TranslationUnit &TU)
      : F(F), TU(TU), Parents(F) {}

  std::vector<PolledFuture> find();

private:
  const Stmt *loopAround(const Stmt *S) const;
  bool loopsUntilReady(const Expr &Wait) const;
  bool testsDeferred() const;

  const FunctionDecl &F;
  TranslationUnit &TU;
  BodyParents Parents;
};

const Stmt *Polls::loopAround(const Stmt *S) const {
  for (S = Parents.parent(S); S; S = Parents.parent(S))
    if (isLoop(*S, TU.context()))
      return S;
  return nullptr;
}

/// `while (f.wait_for(t) != ready)`, or the same of the variable with the result:
/// `deferred` is not `ready`.
bool Polls::loopsUntilReady(const Expr &Wait) const {
  const Stmt *Loop = loopAround(&Wait);
  const Expr *Condition = Loop ? conditionIn(*Loop) : nullptr;
  const auto *Test =
      dyn_cast_or_null<BinaryOperator>(Condition ? producer(Condition) : nullptr);
  if (!Test || Test->getOpcode() != BO_NE)
    return false;
  const Expr *Status = isEnumerator(Test->getRHS(), "ready")   ? Test->getLHS()
                       : isEnumerator(Test->getLHS(), "ready") ? Test->getRHS()
                                                               : nullptr;
  if (!Status)
    return false;
  for (const Stmt *S = &Wait; S && S != Loop; S = Parents.parent(S))
    if (S == Status)
      return true;
  const auto *Assigned = dyn_cast_or_null<BinaryOperator>(Parents.parent(&Wait));
  return Assigned && Assigned->getOpcode() == BO_Assign &&
         TU.paths().of(Assigned->getLHS()) == TU.paths().of(Status);
}

bool Polls::testsDeferred() const {
  return llvm::any_of(Parents.all(), [](const Stmt *S) {
    const auto *E = dyn_cast<DeclRefExpr>(S);
    return E && isEnumerator(E, "deferred") &&
           E->getType().getAsString().find("future_status") !=
               std::string::npos;
  });
}

std::vector<PolledFuture> Polls::find() {
  std::vector<PolledFuture> Result;
  for (const Task &T : TU.tasks().of(&F)) {
    LaunchPolicy Policy = launchPolicy(T, TU.context());
    const VarDecl *V = T.Handle ? T.Handle->variable() : nullptr;
    if ((Policy != LaunchPolicy::Any && Policy != LaunchPolicy::Deferred) ||
        !V || !V->hasLocalStorage() || isa<ParmVarDecl>(V) ||
        !isFuture(V->getType(), TU.models()))
      continue;
    FutureUses Used = futureUses(*V, F, Parents, TU.models());
    if (Used.Unknown || Used.Timed.empty() || testsDeferred())
      continue;
    for (const Expr *Wait : Used.Timed) {
      bool Never = Policy == LaunchPolicy::Deferred
                       ? true
                       : loopsUntilReady(*Wait) ||
                             (!Used.Waits && loopAround(Wait));
      if (!Never)
        continue;
      Result.push_back({&T, Wait, Policy == LaunchPolicy::Deferred});
      break;
    }
  }
  return Result;
}

} // namespace

std::vector<PolledFuture> polledFutures(const FunctionDecl &F,
                                        TranslationUnit &TU) {
  const FunctionDecl *Definition = nullptr;
  if (!F.hasBody(Definition) || Definition->isDependentContext())
    return {};
  bool Any = llvm::any_of(TU.tasks().of(Definition), [](const Task &T) {
    return T.Model->Ends == TaskEnd::FutureDestructor && T.Handle;
  });
  return Any ? Polls(*Definition, TU).find() : std::vector<PolledFuture>();
}

} // namespace threadlint
