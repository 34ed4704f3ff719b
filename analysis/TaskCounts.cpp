//===- TaskCounts.cpp - Counters of running tasks -------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/TaskCounts.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/FlagCondition.h"
#include "analysis/SpawnCall.h"
#include "analysis/Statements.h"
#include "analysis/SyncShapes.h"
#include "analysis/TranslationUnit.h"
#include "analysis/Writes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace threadlint {
namespace {

enum class CountChange : uint8_t { None, Raise, Lower, Wait };

/// What one expression does to a counter.
struct CountStep {
  CountChange Does = CountChange::None;
  const ValueDecl *Counter = nullptr;
};

CountChange ofOperator(OverloadedOperatorKind Op) {
  return Op == OO_PlusPlus || Op == OO_PlusEqual      ? CountChange::Raise
         : Op == OO_MinusMinus || Op == OO_MinusEqual ? CountChange::Lower
                                                      : CountChange::None;
}

CountChange ofModel(Effect Does) {
  return Does == Effect::LatchRaise       ? CountChange::Raise
         : Does == Effect::LatchCountDown ? CountChange::Lower
         : Does == Effect::LatchWait      ? CountChange::Wait
                                          : CountChange::None;
}

CountChange ofMember(const CXXMethodDecl &Method) {
  if (Method.getIdentifier() && isStandard(Method)) // std::atomic
    return Method.getName() == "fetch_add"   ? CountChange::Raise
           : Method.getName() == "fetch_sub" ? CountChange::Lower
                                             : CountChange::None;
  switch (waitGroupMember(Method)) {
  case WaitGroupMember::Add:
    return CountChange::Raise;
  case WaitGroupMember::Done:
    return CountChange::Lower;
  case WaitGroupMember::Wait:
    return CountChange::Wait;
  case WaitGroupMember::None:
    return CountChange::None;
  }
  return CountChange::None;
}

/// C's `atomic_fetch_add(&n, 1)`, and the builtins of compilers.
CountChange ofBuiltin(AtomicExpr::AtomicOp Op) {
  switch (Op) {
  case AtomicExpr::AO__c11_atomic_fetch_add:
  case AtomicExpr::AO__atomic_fetch_add:
  case AtomicExpr::AO__atomic_add_fetch:
    return CountChange::Raise;
  case AtomicExpr::AO__c11_atomic_fetch_sub:
  case AtomicExpr::AO__atomic_fetch_sub:
  case AtomicExpr::AO__atomic_sub_fetch:
    return CountChange::Lower;
  default:
    return CountChange::None;
  }
}

CountStep countStep(const Stmt &S, const Models &M) {
  if (const auto *Builtin = dyn_cast<AtomicExpr>(&S)) {
    const auto *Address = dyn_cast<UnaryOperator>(producer(Builtin->getPtr()));
    return {ofBuiltin(Builtin->getOp()),
            namedDecl(Address ? Address->getSubExpr() : Builtin->getPtr(),
                      true)};
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(&S)) {
    if (Unary->isIncrementDecrementOp())
      return {Unary->isIncrementOp() ? CountChange::Raise : CountChange::Lower,
              namedDecl(Unary->getSubExpr(), true)};
    return {};
  }
  if (const auto *Binary = dyn_cast<CompoundAssignOperator>(&S)) {
    if (Binary->getOpcode() == BO_AddAssign ||
        Binary->getOpcode() == BO_SubAssign)
      return {Binary->getOpcode() == BO_AddAssign ? CountChange::Raise
                                                  : CountChange::Lower,
              namedDecl(Binary->getLHS(), true)};
    return {};
  }
  const auto *Call = dyn_cast<CallExpr>(&S);
  const FunctionDecl *Callee = Call ? namedCallee(Call) : nullptr;
  if (!Callee)
    return {};
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call))
    return {ofOperator(Op->getOperator()),
            Op->getNumArgs() ? namedDecl(Op->getArg(0), true) : nullptr};
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  const Expr *Object = objectArgument(Call);
  if (!Method || !Object)
    return {};
  const FunctionModel *Model = M.function(Callee, writtenArgs(Call));
  CountChange Does = Model ? ofModel(Model->Does) : CountChange::None;
  return {Does == CountChange::None ? ofMember(*Method) : Does,
          namedDecl(Object, true)};
}

/// Which numbers and variables an expression names. Functions, enumerators and
/// std::memory_order_acquire do not count.
struct Operands {
  bool Counter = false; ///< the counter
  bool Other = false;   ///< another variable, or a number that is not zero
};

/// `(n = active.load()) != 0`: n stands for the counter. Null: nothing does.
const ValueDecl *copyIn(const Stmt &S, const ValueDecl &Counter) {
  const ValueDecl *Result = nullptr;
  forEachStmt(&S, Lambdas::Outside, [&](const Stmt *Inner) {
    const auto *Assign = dyn_cast<BinaryOperator>(Inner);
    const ValueDecl *To = Assign && Assign->getOpcode() == BO_Assign
                              ? namedVariable(Assign->getLHS())
                              : nullptr;
    if (To && mentionedDecls(Assign->getRHS())
                  .count(cast<ValueDecl>(Counter.getCanonicalDecl())))
      Result = cast<ValueDecl>(To->getCanonicalDecl());
  });
  return Result;
}

Operands operandsOf(const Stmt &S, const ValueDecl &Counter) {
  Operands Result;
  const ValueDecl *Copy = copyIn(S, Counter);
  llvm::SmallPtrSet<const Stmt *, 2> Orders; // of memory, in C
  forEachStmt(&S, Lambdas::Inside, [&](const Stmt *Inner) {
    if (const auto *Builtin = dyn_cast<AtomicExpr>(Inner))
      Orders.insert(Builtin->getOrder()->IgnoreParenImpCasts());
    if (const auto *Number = dyn_cast<IntegerLiteral>(Inner))
      Result.Other |= Number->getValue() != 0 && !Orders.count(Number);
    const ValueDecl *D = nullptr;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Inner))
      D = Ref->getDecl();
    else if (const auto *Member = dyn_cast<MemberExpr>(Inner))
      D = Member->getMemberDecl();
    if (!D || isa<FunctionDecl>(D) || isa<EnumConstantDecl>(D) ||
        D->isInStdNamespace())
      return;
    bool Same = D->getCanonicalDecl() == Counter.getCanonicalDecl();
    Result.Counter |= Same;
    Result.Other |= !Same && D->getCanonicalDecl() != Copy;
  });
  return Result;
}

/// The condition compares the counter with zero and is about nothing else.
bool isAboutZero(const Stmt &Condition, const ValueDecl &Counter) {
  Operands Of = operandsOf(Condition, Counter);
  return Of.Counter && !Of.Other;
}

/// The body that does the work: `[this] { run(); }` is run().
const FunctionDecl *workOf(const FunctionDecl *Entry) {
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Entry->getBody());
  if (!Body || Body->size() != 1)
    return Entry;
  const auto *Only = dyn_cast<Expr>(*Body->body_begin());
  const auto *Call = Only ? dyn_cast<CallExpr>(producer(Only)) : nullptr;
  const FunctionDecl *Callee = Call ? callee(Call) : nullptr;
  const FunctionDecl *Definition = nullptr;
  bool Known = Callee && Call->getNumArgs() == 0 &&
               Callee->hasBody(Definition) && !Definition->isDependentContext();
  return Known ? Definition : Entry;
}

/// The argument of which \p Guard, a construction, raises the counter, and lowers
/// it in its destructor. Null: it is no such guard.
const Expr *countedByGuard(const CXXConstructExpr &Guard, const Models &M) {
  const CXXConstructorDecl *Ctor = Guard.getConstructor();
  const FunctionDecl *Begin = nullptr, *End = nullptr;
  const CXXRecordDecl *R = Ctor->getParent();
  const CXXDestructorDecl *Dtor =
      R->hasDefinition() && R->hasUserDeclaredDestructor() ? R->getDestructor()
                                                           : nullptr;
  if (!Dtor || isStandard(*Ctor) || !Ctor->hasBody(Begin) ||
      !Dtor->hasBody(End))
    return nullptr;
  const ValueDecl *Lowered = nullptr;
  forEachStmt(End->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    CountStep Does = countStep(*S, M);
    if (Does.Does == CountChange::Lower && Does.Counter)
      Lowered = Does.Counter;
  });
  // The member that keeps a reference or pointer to one of the parameters.
  const ValueDecl *Param = nullptr;
  for (const CXXCtorInitializer *Init : cast<CXXConstructorDecl>(Begin)->inits())
    if (Lowered && Init->isAnyMemberInitializer() &&
        Init->getAnyMember() == Lowered)
      Param = namedDecl(initialiserOf(*Init), true);
  bool Raises = false;
  forEachStmt(Begin->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    CountStep Does = countStep(*S, M);
    Raises |= Does.Does == CountChange::Raise && Param &&
              (Does.Counter == Lowered || Does.Counter == Param);
  });
  const auto *P = dyn_cast_or_null<ParmVarDecl>(Param);
  if (!Raises || !P || P->getFunctionScopeIndex() >= Guard.getNumArgs())
    return nullptr;
  return Guard.getArg(P->getFunctionScopeIndex());
}

/// `WaitGroup *p = &wg;`: the counter is wg.
const ValueDecl *pointedTo(const ValueDecl *D) {
  const auto *V = dyn_cast_or_null<VarDecl>(D);
  if (!V || isa<ParmVarDecl>(V) || !V->hasInit() ||
      !V->getType()->isPointerType())
    return D;
  const auto *Address = dyn_cast<UnaryOperator>(producer(V->getInit()));
  const ValueDecl *Of = Address && Address->getOpcode() == UO_AddrOf
                            ? namedDecl(Address->getSubExpr(), true)
                            : nullptr;
  return Of ? Of : D;
}

class Finder {
public:
  Finder(const FunctionDecl &F, TranslationUnit &TU)
      : F(F), TU(TU), SM(TU.context().getSourceManager()) {}

  std::vector<LateRaise> find();

private:
  void inTask(const Task &T, std::vector<LateRaise> &Out);
  const ValueDecl *inSpawner(const ValueDecl *D, const Task &T,
                             const FunctionDecl &Entry) const;
  SourceLocation waitFor(const ValueDecl &Counter, const Task &T);
  SourceLocation waitIn(const FunctionDecl &Where, const ValueDecl &Counter,
                        SourceLocation After) const;
  bool isWait(const Stmt &S, const ValueDecl &Counter) const;
  bool isUsedBefore(const ValueDecl &Counter, const Task &T,
                    SourceLocation Wait) const;
  bool startsAtZero(const ValueDecl &Counter) const;

  const FunctionDecl &F;
  TranslationUnit &TU;
  const SourceManager &SM;
};

/// The spawner's variable behind a parameter of the entry:
/// `worker(std::ref(wg))`.
const ValueDecl *Finder::inSpawner(const ValueDecl *D, const Task &T,
                                   const FunctionDecl &Entry) const {
  const auto *Param = dyn_cast<ParmVarDecl>(D);
  if (!Param)
    return pointedTo(D);
  SpawnCall Call = spawnCall(*T.Spawn, TU.models());
  bool IsMember = isa<CXXMethodDecl>(Entry) && !T.Lambda;
  unsigned Index = Param->getFunctionScopeIndex() + (IsMember ? 1 : 0);
  if (Index >= Call.Arguments.size() || Index >= 256)
    return nullptr;
  const Expr *Arg = Call.Arguments[Index];
  for (unsigned N = 0; N < 4; ++N)
    if (const Expr *Inner = handedOn(producer(Arg)))
      Arg = Inner;
  return namedDecl(Arg);
}

/// A wait for zero, by condition variable, loop, atomic or wait group.
bool Finder::isWait(const Stmt &S, const ValueDecl &Counter) const {
  if (isa<WhileStmt>(S) || isa<DoStmt>(S) || isa<ForStmt>(S)) {
    const auto *While = dyn_cast<WhileStmt>(&S);
    const VarDecl *Declared = While ? While->getConditionVariable() : nullptr;
    const Expr *Condition = Declared && Declared->hasInit()
                                ? Declared->getInit() // `while (int n = …)`
                                : conditionIn(S);
    return Condition && isAboutZero(*Condition, Counter);
  }
  const auto *Call = dyn_cast<CallExpr>(&S);
  if (!Call)
    return false;
  CountStep Does = countStep(S, TU.models());
  if (Does.Does == CountChange::Wait && Does.Counter &&
      Does.Counter->getCanonicalDecl() == Counter.getCanonicalDecl())
    return true;
  const FunctionDecl *Callee = namedCallee(Call);
  const FunctionModel *Model =
      Callee ? TU.models().function(Callee, writtenArgs(Call)) : nullptr;
  if (!Model || Model->Does != Effect::ConditionWait)
    return false;
  for (unsigned I = 0, N = numArguments(Call); I < N; ++I)
    if (const LambdaExpr *Predicate = lambdaOf(argument(Call, I)))
      return isAboutZero(*Predicate->getBody(), Counter);
  return false;
}

SourceLocation Finder::waitIn(const FunctionDecl &Where,
                              const ValueDecl &Counter,
                              SourceLocation After) const {
  SourceLocation First;
  forEachStmt(Where.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    SourceLocation Loc = S->getBeginLoc();
    if (!isWait(*S, Counter) ||
        (After.isValid() && !SM.isBeforeInTranslationUnit(After, Loc)))
      return;
    if (First.isInvalid() || SM.isBeforeInTranslationUnit(Loc, First))
      First = Loc;
  });
  return First;
}

/// In the spawner behind the spawn; for a member in any function of its class.
SourceLocation Finder::waitFor(const ValueDecl &Counter, const Task &T) {
  SourceLocation Here = waitIn(F, Counter, T.Spawn->getEndLoc());
  if (Here.isValid() || !isa<FieldDecl>(Counter) || T.Join ||
      (!T.Detach && TU.threadCalls().mayFind(Effect::Join, T.Handle)))
    return Here;
  const auto *Class = dyn_cast<CXXRecordDecl>(Counter.getDeclContext());
  if (!Class)
    return Here;
  for (const CXXMethodDecl *Method : Class->methods()) {
    const FunctionDecl *Definition = nullptr;
    if (Method->hasBody(Definition) && TU.functions().scan(Definition))
      if (SourceLocation Loc = waitIn(*Definition, Counter, SourceLocation());
          Loc.isValid())
        return Loc;
  }
  return Here;
}

/// Somebody may raise the counter, join the task or wait for its start before
/// the wait: whatever else the spawner does with it counts.
bool Finder::isUsedBefore(const ValueDecl &Counter, const Task &T,
                          SourceLocation Wait) const {
  bool Used = false;
  auto IsBeforeWait = [&](const Stmt *S) {
    return SM.isBeforeInTranslationUnit(S->getBeginLoc(), Wait);
  };
  llvm::SmallVector<const Stmt *, 32> Work{F.getBody()};
  while (!Work.empty() && !Used) {
    const Stmt *S = Work.pop_back_val();
    bool IsSpawn = llvm::any_of(
        TU.tasks().of(&F), [&](const Task &Other) { return Other.Spawn == S; });
    if (!S || isa<LambdaExpr>(S) || IsSpawn)
      continue;
    if (const auto *E = dyn_cast<Expr>(S)) {
      bool Names = isa<DeclRefExpr>(E) || isa<MemberExpr>(E);
      Used |= Names && IsBeforeWait(E) && namedDecl(E) &&
              namedDecl(E)->getCanonicalDecl() == Counter.getCanonicalDecl();
      const FunctionDecl *Callee = isa<CallExpr>(E) ? namedCallee(E) : nullptr;
      const FunctionModel *Model =
          Callee ? TU.models().function(Callee, writtenArgs(E)) : nullptr;
      Used |=
          Model && Model->Blocks == Category::Wait && IsBeforeWait(E) &&
          SM.isBeforeInTranslationUnit(T.Spawn->getEndLoc(), E->getBeginLoc());
    }
    Work.append(S->child_begin(), S->child_end());
  }
  return Used;
}

bool Finder::startsAtZero(const ValueDecl &Counter) const {
  const Expr *Init = nullptr;
  if (const auto *V = dyn_cast<VarDecl>(&Counter))
    Init = V->getInit();
  else if (const auto *Field = dyn_cast<FieldDecl>(&Counter))
    Init = Field->getInClassInitializer();
  return !Init || !operandsOf(*Init, Counter).Other;
}

void Finder::inTask(const Task &T, std::vector<LateRaise> &Out) {
  const FunctionDecl *Work = workOf(T.Entry);
  const FunctionScan *Scan = TU.functions().scan(Work);
  // A task with tasks of its own may count these.
  if (!Scan || Scan->OverBudget || !Scan->Spawns.empty())
    return;
  struct Seen {
    const Expr *Raise = nullptr;
    bool Lowers = false, IsGroup = false;
  };
  llvm::MapVector<const ValueDecl *, Seen> Counters;
  std::unique_ptr<BodyParents> Parents;
  forEachStmt(Work->getBody(), Lambdas::Inside, [&](const Stmt *S) {
    CountStep Does = countStep(*S, TU.models());
    if (const auto *Guard = dyn_cast<CXXConstructExpr>(S))
      if (const Expr *Counted = countedByGuard(*Guard, TU.models()))
        if (const ValueDecl *D = namedDecl(Counted, true)) {
          Counters[D].Lowers = true;
          Does = {CountChange::Raise, D};
        }
    if (!Does.Counter || Does.Does == CountChange::None ||
        Does.Does == CountChange::Wait)
      return;
    Seen &Of = Counters[Does.Counter];
    if (Does.Does == CountChange::Lower) {
      Of.Lowers = true;
      return;
    }
    if (!Parents)
      Parents = std::make_unique<BodyParents>(*Work);
    // Inside a lambda it runs who knows when.
    if (Parents->parent(S) && !Parents->isInLoop(S) && !Of.Raise)
      Of.Raise = cast<Expr>(S);
  });
  for (const auto &[D, Of] : Counters) {
    const ValueDecl *Counter =
        Of.Raise && Of.Lowers ? inSpawner(D, T, *Work) : nullptr;
    const auto *V = dyn_cast_or_null<VarDecl>(Counter);
    // A local of the task counts something else.
    if (!Counter ||
        (V && V->hasLocalStorage() && V->getDeclContext() == Work) ||
        !startsAtZero(*Counter))
      continue;
    SourceLocation Wait = waitFor(*Counter, T);
    if (Wait.isValid() && !isUsedBefore(*Counter, T, Wait))
      Out.push_back({&T, Counter, Of.Raise, Wait});
  }
}

std::vector<LateRaise> Finder::find() {
  std::vector<LateRaise> Result;
  for (const Task &T : TU.tasks().of(&F))
    if (T.Entry)
      inTask(T, Result);
  return Result;
}

} // namespace

std::vector<LateRaise> lateRaises(const FunctionDecl &F, TranslationUnit &TU) {
  const FunctionDecl *Definition = nullptr;
  if (!F.hasBody(Definition) || Definition->isDependentContext())
    return {};
  return Finder(*Definition, TU).find();
}

} // namespace threadlint
