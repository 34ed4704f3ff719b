//===- BrokenPromises.cpp - Tasks that end without a result ---------------===//
// See the header. A promise that somebody besides the task may set is left
// alone.
//===----------------------------------------------------------------------===//
#include "analysis/BrokenPromises.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/PromiseUses.h"
#include "analysis/SpawnCall.h"
#include "analysis/Statements.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {
namespace {

using Op = PromiseOp::Kind;

class Finder {
public:
  Finder(const FunctionDecl &F, TranslationUnit &TU)
      : F(F), TU(TU), Paths(TU.paths()), Parents(F),
        Uses(findPromiseUses(F, TU)) {}

  void look(const Task &T);
  std::vector<BrokenPromise> Result;

private:
  struct Given {
    const LockPath *Inner = nullptr; ///< null: the task does not get it
    bool Owned = false;
  };
  Given given(const Task &T, const LockPath *Promise) const;
  Given captured(const LambdaExpr &Lambda, const LockPath *Promise) const;
  bool isGivenOnce(const Task &T, unsigned Object) const;
  bool setsField(const FunctionDecl &Other, const LockPath &P) const;
  const Expr *waiter(const LockPath *Promise, const FunctionDecl *Only) const;
  void judge(const Task &T, const PromiseObject &O, Given How,
             const FunctionDecl *Only);

  const FunctionDecl &F;
  TranslationUnit &TU;
  LockPaths &Paths;
  BodyParents Parents;
  PromiseUses Uses;
};

bool isSame(const LockPath *A, const LockPath *B) {
  const void *Name = commonName(A);
  return A == B || (Name && Name == commonName(B));
}

//===----------------------------------------------------------------------===//
// What the task is given
//===----------------------------------------------------------------------===//

/// The path of what \p E hands on, and whether it is moved.
const LockPath *handed(const Expr *E, LockPaths &Paths, bool &Moved) {
  const Expr *Value = producer(E);
  while (const auto *Construct = dyn_cast<CXXConstructExpr>(Value)) {
    if (Construct->getNumArgs() != 1)
      break;
    Value = producer(Construct->getArg(0));
  }
  Moved = handedOn(Value) && Value->isXValue();
  return Paths.of(Value);
}

Finder::Given Finder::captured(const LambdaExpr &Lambda,
                               const LockPath *Promise) const {
  for (const LambdaCapture &C : Lambda.captures()) {
    const auto *V =
        C.capturesVariable() ? dyn_cast<VarDecl>(C.getCapturedVar()) : nullptr;
    if (!V)
      continue;
    if (!V->isInitCapture()) {
      // A copy of a smart pointer leads to the same promise.
      if (Paths.variable(V) == Promise)
        return {Promise, false};
      continue;
    }
    bool Moved = false;
    if (handed(V->getInit(), Paths, Moved) == Promise)
      return {Paths.variable(V), Moved};
  }
  return {};
}

Finder::Given Finder::given(const Task &T, const LockPath *Promise) const {
  if (T.Lambda)
    if (Given G = captured(*T.Lambda, Promise); G.Inner)
      return G;
  SpawnCall Call = spawnCall(*T.Spawn, TU.models());
  const auto *Method = dyn_cast<CXXMethodDecl>(T.Entry);
  bool HasObject = Method && !T.Lambda && Method->isInstance() && T.Callable &&
                   T.Callable->IgnoreImplicit()
                       ->getType()
                       .getNonReferenceType()
                       ->isMemberFunctionPointerType();
  for (unsigned I = HasObject; I < Call.Arguments.size(); ++I) {
    bool Moved = false;
    unsigned Parameter = I - HasObject;
    if (Parameter < T.Entry->getNumParams() &&
        handed(Call.Arguments[I], Paths, Moved) == Promise)
      return {Paths.parameter(T.Entry, Parameter), Moved};
  }
  return {};
}

/// `p.reset()`: the spawner gives its share of the promise up.
bool isReset(const Expr &E) {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(&E);
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  return Method && Method->getIdentifier() && isStandard(*Method) &&
         Method->getName() == "reset" && writtenArgs(Call) == 0;
}

/// The spawner does nothing else with the promise that might set it.
bool Finder::isGivenOnce(const Task &T, unsigned Object) const {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceRange Range = T.Spawn->getSourceRange();
  // A lambda with a name may run more than once.
  bool Once = !Parents.isInLoop(T.Spawn) &&
              llvm::count_if(TU.tasks().of(&F), [&](const Task &Other) {
                return Other.Lambda && Other.Lambda == T.Lambda;
              }) <= 1;
  for (const auto &Entry : Uses.Ops)
    for (const PromiseOp &O : Entry.second) {
      if (O.Object != Object || O.Does == Op::Retrieve || O.Does == Op::Wait)
        continue;
      SourceLocation At = O.Where->getBeginLoc();
      bool Inside = !SM.isBeforeInTranslationUnit(At, Range.getBegin()) &&
                    !SM.isBeforeInTranslationUnit(Range.getEnd(), At);
      // The lambda may have a name of its own.
      if (T.Lambda) {
        SourceRange Lambda = T.Lambda->getSourceRange();
        Inside |= !SM.isBeforeInTranslationUnit(At, Lambda.getBegin()) &&
                  !SM.isBeforeInTranslationUnit(Lambda.getEnd(), At);
      }
      if (isReset(*O.Where) &&
          SM.isBeforeInTranslationUnit(Range.getEnd(), At))
        continue;
      Once &= Inside && (O.Does == Op::Forget || O.Does == Op::Move);
    }
  return Once;
}

/// \p Other sets, or hands on, the member that \p P names. What is given `this`
/// is looked at on its own.
bool Finder::setsField(const FunctionDecl &Other, const LockPath &P) const {
  bool Found = false;
  if (const FunctionScan *Scan = TU.functions().scan(&Other);
      !Scan || Scan->OverBudget)
    return false;
  PromiseUses There = findPromiseUses(Other, TU);
  for (const auto &Entry : There.Ops)
    for (const PromiseOp &O : Entry.second)
      Found |= isSame(There.All[O.Object].Path, &P) && !O.Indirect &&
               O.Does != Op::Retrieve && O.Does != Op::Wait &&
               O.Does != Op::Begin;
  return Found;
}

//===----------------------------------------------------------------------===//
// Who waits
//===----------------------------------------------------------------------===//

/// The futures of \p Promise that \p In names; \p Wait becomes a wait on one
/// that has no name.
void futuresIn(const FunctionDecl &In, const PromiseUses &Uses,
               const LockPath *Promise, TranslationUnit &TU,
               llvm::SmallVectorImpl<const LockPath *> &Futures,
               const Expr *&Wait) {
  auto Look = [&](const PromiseOp &O) {
    if (O.From < 0 || !isSame(Uses.All[O.From].Path, Promise))
      return;
    if (O.Does == Op::Begin && !Uses.All[O.Object].IsPromise)
      Futures.push_back(Uses.All[O.Object].Path);
    bool Waits = O.Does == Op::Wait || O.Does == Op::Take;
    if (Waits &&
        (!Wait || TU.context().getSourceManager().isBeforeInTranslationUnit(
                      O.Where->getExprLoc(), Wait->getExprLoc())))
      Wait = O.Where;
  };
  for (const PromiseObject &O : Uses.All)
    if (auto It = Uses.Begins.find(O.Local); O.Local && It != Uses.Begins.end())
      Look(It->second);
  for (const auto &Entry : Uses.Ops)
    for (const PromiseOp &O : Entry.second)
      Look(O);
  const auto *Ctor = dyn_cast<CXXConstructorDecl>(&In);
  if (!Ctor)
    return;
  for (const CXXCtorInitializer *Init : Ctor->inits()) {
    const Expr *E =
        Init->isMemberInitializer() ? producer(initialiserOf(*Init)) : nullptr;
    while (const auto *Move = dyn_cast_or_null<CXXConstructExpr>(E))
      E = Move->getNumArgs() == 1 ? producer(Move->getArg(0)) : nullptr;
    const Expr *Object = E ? promiseOfFuture(*E, TU.models()) : nullptr;
    if (Object && isSame(TU.paths().of(Object), Promise))
      Futures.push_back(
          TU.paths().field(TU.paths().thisObject(), Init->getMember()));
  }
}

/// Where the future of \p Promise, which only the function \p Only names unless
/// that is null, is waited for. Null: nowhere.
const Expr *Finder::waiter(const LockPath *Promise,
                           const FunctionDecl *Only) const {
  llvm::SmallVector<const LockPath *, 4> Futures;
  const Expr *Wait = nullptr;
  auto Named = [&](const FunctionDecl &In) {
    const FunctionScan *Scan = TU.functions().scan(&In);
    if (Scan && !Scan->OverBudget && Scan->Promises)
      futuresIn(In, findPromiseUses(In, TU), Promise, TU, Futures, Wait);
  };
  auto Waits = [&](const FunctionDecl &In) {
    const FunctionScan *Scan = TU.functions().scan(&In);
    if (Wait || !Scan || Scan->OverBudget || !Scan->Promises)
      return;
    PromiseUses There = findPromiseUses(In, TU);
    BodyParents Body(In);
    for (const Stmt *S : Body.all())
      if (auto It = There.Ops.find(S); It != There.Ops.end() && !Wait)
        for (const PromiseOp &O : It->second)
          if ((O.Does == Op::Take || O.Does == Op::Wait) && O.From < 0 &&
              llvm::any_of(Futures, [&](const LockPath *P) {
                return isSame(P, There.All[O.Object].Path);
              }))
            Wait = O.Where;
  };
  llvm::ArrayRef<const FunctionDecl *> All = TU.functions().functions();
  if (Only)
    Named(*Only);
  else
    for (const FunctionDecl *Each : All)
      Named(*Each);
  if (Wait || Futures.empty())
    return Wait;
  if (Only)
    Waits(*Only);
  if (llvm::any_of(Futures, [](const LockPath *P) { return commonName(P); }))
    for (const FunctionDecl *Each : All)
      Waits(*Each);
  return Wait;
}

//===----------------------------------------------------------------------===//
// Tasks
//===----------------------------------------------------------------------===//

void Finder::judge(const Task &T, const PromiseObject &O, Given How,
                   const FunctionDecl *Only) {
  BrokenPromise Broken;
  Broken.Exits = unsetExits(*T.Entry, How.Inner, TU);
  if (Broken.Exits.empty())
    return;
  Broken.Waiter = waiter(O.Path, Only);
  if (!Broken.Waiter || handlesFutureErrors(*Broken.Waiter, Parents))
    return;
  Broken.Promise = How.Inner;
  Broken.IsTask = O.IsTask;
  Broken.Owned = How.Owned;
  Broken.Spawn = T.Spawn;
  Result.push_back(std::move(Broken));
}

void Finder::look(const Task &T) {
  const FunctionScan *Scan = T.Entry ? TU.functions().scan(T.Entry) : nullptr;
  if (!Scan || Scan->OverBudget)
    return;
  for (unsigned I = 0; I < Uses.All.size(); ++I) {
    const PromiseObject &O = Uses.All[I];
    Given How = O.IsPromise && O.Path->root()->kind() != LockPath::Kind::This
                    ? given(T, O.Path)
                    : Given();
    if (How.Inner && (How.Owned || isGivenOnce(T, I)))
      judge(T, O, How, &F);
  }
  // A member that the task, a member function or a lambda of one, sets itself.
  if (!Scan->Promises || Parents.isInLoop(T.Spawn))
    return;
  PromiseUses Inside = findPromiseUses(*T.Entry, TU);
  for (const PromiseObject &O : Inside.All) {
    if (!O.IsPromise || !O.Path->field() ||
        O.Path->root()->kind() != LockPath::Kind::This ||
        !setsField(*T.Entry, *O.Path))
      continue;
    bool Elsewhere = llvm::any_of(
        TU.functions().functions(), [&](const FunctionDecl *Other) {
          return Other != T.Entry && setsField(*Other, *O.Path);
        });
    if (!Elsewhere)
      judge(T, O, {O.Path, false}, nullptr);
  }
}

} // namespace

std::vector<BrokenPromise> brokenPromises(const FunctionDecl &F,
                                          TranslationUnit &TU) {
  const FunctionScan *Scan = TU.functions().scan(&F);
  const FunctionDecl *Definition = nullptr;
  if (!Scan || Scan->OverBudget || Scan->Spawns.empty() ||
      !F.hasBody(Definition) || Definition->isDependentContext())
    return {};
  Finder Search(*Definition, TU);
  for (const Task &T : TU.tasks().of(Definition))
    Search.look(T);
  return std::move(Search.Result);
}

} // namespace threadlint
