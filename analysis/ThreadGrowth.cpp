//===- ThreadGrowth.cpp - Threads whose number nothing bounds -------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/ThreadGrowth.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/LoopFlow.h"
#include "analysis/NameWords.h"
#include "analysis/Tasks.h"
#include "analysis/TranslationUnit.h"
#include "analysis/Writes.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace threadlint {

// Calls between a loop and the thread.
static constexpr unsigned MaxCalls = 8;
// Functions that are searched for a way back to a recursive one.
static constexpr unsigned MaxReached = 200;

/// Where the thread that a site makes is kept.
enum class Owner : uint8_t {
  Nobody, ///< detached, in a container, a fresh object: one more each time
  This,   ///< a member of the object: each object has one
};

/// An expression that makes a thread each time it runs.
struct ThreadGrowths::Site {
  const Expr *Where;
  const Task *T = nullptr;              ///< null: a call, or fork
  const FunctionDecl *Callee = nullptr; ///< the function that makes it
  const Summary *Helper = nullptr;      ///< Callee's
  const Expr *Algorithm = nullptr;      ///< Where runs Callee for each element
};

/// What a call of a function leaves behind.
struct ThreadGrowths::Summary {
  bool MakesThread = false;
  bool IsProcess = false;
  Owner Kept = Owner::Nobody;
  llvm::SmallVector<SpawnStep, 2> Chain;
};

static llvm::StringRef plainName(const NamedDecl *D) {
  return D && D->getIdentifier() ? D->getName() : llvm::StringRef();
}

/// A policy that includes the enumerator `async`.
static bool asksForThread(const Expr *Policy, const ASTContext &Context) {
  Expr::EvalResult Value;
  const auto *Enum = Policy ? Policy->getType()->getAs<EnumType>() : nullptr;
  if (!Enum || Policy->isValueDependent() ||
      !Policy->EvaluateAsInt(Value, Context))
    return false;
  for (const EnumConstantDecl *E : Enum->getDecl()->enumerators())
    if (plainName(E) == "async")
      return (Value.Val.getInt().getExtValue() &
              E->getInitVal().getExtValue()) != 0;
  return false;
}

ThreadGrowths::ThreadGrowths(TranslationUnit &TU, Limits L)
    : TU(TU), L(L), Bounds(TU.context(), TU.models(), TU.functions()),
      Limiting(TU.context(), TU.models(), TU.functions(), Bounds) {}
ThreadGrowths::~ThreadGrowths() = default;

LoopFlow &ThreadGrowths::flow(const FunctionDecl &F) {
  std::unique_ptr<LoopFlow> &Slot = Flows[&F];
  if (!Slot)
    Slot = std::make_unique<LoopFlow>(F, TU.context());
  return *Slot;
}

bool ThreadGrowths::mayMake(const FunctionDecl &F) {
  FunctionIndex &Index = TU.functions();
  return Index.maySpawn(&F) || (L.Forks && Index.mayBlock(&F));
}

/// Pools have their threads already; so may an async without a policy.
bool ThreadGrowths::isThread(const Task &T) const {
  switch (T.Model->Ends) {
  case TaskEnd::Pool:
    return false;
  case TaskEnd::FutureDestructor:
    return asksForThread(argument(T.Spawn, 0), TU.context());
  default:
    return true;
  }
}

//===----------------------------------------------------------------------===//
// One function
//===----------------------------------------------------------------------===//

class ThreadGrowths::Finder {
public:
  Finder(ThreadGrowths &All, const FunctionDecl &F)
      : All(All), F(F), Flow(All.flow(F)) {}

  std::vector<ThreadGrowth> growths();
  void summarize(Summary &Result);

private:
  std::vector<Site> sites();
  void addTasks(std::vector<Site> &Sites);
  void addCall(const Expr &Call, std::vector<Site> &Sites);
  bool inLoops(const Site &S, ThreadGrowth &Found);
  bool inAlgorithm(const Site &S, ThreadGrowth &Found);
  bool classify(const LoopBound &Bound, const Site &S, const Stmt *Loop,
                ThreadGrowth &Found);
  bool growsWithoutEnd(const Site &S, const Stmt *Loop, bool IsFlag,
                       ThreadGrowth &Found);
  bool indexesData(const Stmt *Loop, ThreadGrowth &Found);
  bool isSameObject(const Site &S, const Stmt *Loop);
  bool isNumberOfThreads(const Expr *Container);
  bool isElement(const Site &S);
  static bool isProcess(const Site &S) {
    return S.Helper ? S.Helper->IsProcess : !S.T;
  }
  bool endsAtOnce(const Site &S, const Stmt *Region);
  bool isOutsideVariable(const Site &S, const Stmt *Loop);
  bool isStatic(const Expr *E);
  bool isGuardedByState(const Expr *E);
  bool recurses(const Task &T);
  const ValueDecl *handle(const Site &S);
  ThreadLimits::Place place(const Site &S) {
    return {F, Flow, S.Where, handle(S)};
  }

  ThreadGrowths &All;
  const FunctionDecl &F;
  LoopFlow &Flow;
};

/// The variable or member that holds the thread. Null: none.
static const ValueDecl *handleOf(const Task &T) {
  const LockPath *P = T.Handle;
  for (; P && !P->isUnknown(); P = P->parent()) {
    if (const FieldDecl *Field = P->field())
      return Field;
    if (const VarDecl *V = P->variable())
      return V;
  }
  return nullptr;
}

const ValueDecl *ThreadGrowths::Finder::handle(const Site &S) {
  return S.T ? handleOf(*S.T) : nullptr;
}

void ThreadGrowths::Finder::addTasks(std::vector<Site> &Sites) {
  for (const Task &T : All.TU.tasks().of(&F))
    if (All.isThread(T))
      Sites.push_back({T.Spawn, &T});
}

/// The object before the elements of an algorithm is none of its own:
/// `call_once(flag, f)`, `invoke(f)`.
static bool isAlgorithm(const Expr &Call, const FunctionModel &Model,
                        const Models &M) {
  if (Model.Callable == 0 || writtenArgs(&Call) < 2)
    return false;
  const TypeModel *Type = M.type(argument(&Call, 0)->getType());
  if (!Type)
    if (const auto *Pointer =
            argument(&Call, 0)->getType()->getAs<PointerType>())
      Type = M.type(Pointer->getPointeeType());
  return !Type || Type->Kind != TypeKind::OnceFlag;
}

void ThreadGrowths::Finder::addCall(const Expr &Call,
                                    std::vector<Site> &Sites) {
  const FunctionDecl *Named = namedCallee(&Call);
  if (!Named)
    return;
  const Models &M = All.TU.models();
  const FunctionDecl *Callee = nullptr;
  const Expr *Algorithm = nullptr;
  if (const FunctionModel *Model = M.function(Named, writtenArgs(&Call))) {
    if (All.L.Forks && Model->Blocks == Category::Process &&
        (Named->getName() == "fork" || Named->getName() == "vfork"))
      Sites.push_back({&Call});
    if (Model->Does == Effect::Emplace) {
      Callee = elementConstructor(&Call);
    } else if (Model->Does == Effect::RunNow) {
      const Expr *Callable = argumentAt(Call, Model->Callable);
      Callee = Callable ? callableBody(Callable) : nullptr;
      if (!isAlgorithm(Call, *Model, M))
        return;
      Algorithm = &Call;
    }
  } else {
    Callee = callee(&Call);
  }
  const FunctionDecl *Definition = nullptr;
  if (!Callee || !Callee->hasBody(Definition) || Definition == &F ||
      !All.mayMake(*Definition))
    return;
  const Summary &Helper = All.summary(*Definition);
  if (Helper.MakesThread)
    Sites.push_back({&Call, nullptr, Definition, &Helper, Algorithm});
}

std::vector<ThreadGrowths::Site> ThreadGrowths::Finder::sites() {
  std::vector<Site> Result;
  addTasks(Result);
  Flow.forEach(F.getBody(), [&](const Stmt &S) {
    if (!isa<CallExpr>(S) && !isa<CXXConstructExpr>(S))
      return;
    const auto *E = cast<Expr>(&S);
    for (const Site &Known : Result)
      if (Known.Where == E)
        return;
    addCall(*E, Result);
  });
  return Result;
}

/// Initialises a static: runs once.
bool ThreadGrowths::Finder::isStatic(const Expr *E) {
  for (const Stmt *S = E; S; S = Flow.parent(S))
    if (const auto *Decls = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Decls->decls())
        if (const auto *V = dyn_cast<VarDecl>(D))
          if (V->isStaticLocal())
            return true;
  return false;
}

static bool waitsAtEnd(QualType T, const Models &M) {
  const CXXRecordDecl *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition() || !R->getDestructor())
    return false;
  const TypeModel *Type = M.record(R);
  if (Type && Type->Kind == TypeKind::Future)
    return true;
  const FunctionModel *Dtor = M.function(R->getDestructor(), 0);
  return Dtor && Dtor->Does == Effect::Join;
}

/// True if \p V is handed to somebody in the function: moved, passed, returned.
static bool isHandedOn(const VarDecl *V, const Stmt *Region) {
  llvm::SmallVector<const Stmt *, 32> Work{Region};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S)
      continue;
    auto Names = [&](const Expr *E) {
      const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E ? producer(E) : E);
      return Ref && Ref->getDecl() == V;
    };
    if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      if (Names(Return->getRetValue()))
        return true;
    } else if (isa<CallExpr>(S) || isa<CXXConstructExpr>(S)) {
      const auto *Call = cast<Expr>(S);
      for (unsigned I = 0, N = numArguments(Call); I < N; ++I)
        if (Names(argument(Call, I)))
          return true;
    }
    Work.append(S->child_begin(), S->child_end());
  }
  return false;
}

/// The thread is over when the region \p Region ends: a temporary future, a
/// future or jthread that is declared in it.
bool ThreadGrowths::Finder::endsAtOnce(const Site &S, const Stmt *Region) {
  const Models &M = All.TU.models();
  if (!S.T) {
    // What a helper returns.
    if (S.Algorithm || !waitsAtEnd(S.Where->getType(), M))
      return false;
    const Stmt *Up = Flow.parent(S.Where);
    while (Up && isa<Expr>(Up) && producer(cast<Expr>(Up)) == S.Where)
      Up = Flow.parent(Up);
    if (Up && !isa<Expr>(Up) && !isa<DeclStmt>(Up) && !isa<ReturnStmt>(Up))
      return true; // discarded
    const auto *Decls = dyn_cast_or_null<DeclStmt>(Up);
    const auto *V = Decls && Decls->isSingleDecl()
                        ? dyn_cast<VarDecl>(Decls->getSingleDecl())
                        : nullptr;
    return V && Flow.isInside(Decls, Region) && !isHandedOn(V, Region);
  }
  TaskEnd Ends = S.T->Model->Ends;
  if (S.T->Join)
    return Flow.isInside(S.T->Join, Region) &&
           (Region == F.getBody() || Flow.goesOnAfter(Region, S.T->Join));
  if (Ends != TaskEnd::Destructor && Ends != TaskEnd::FutureDestructor)
    return false;
  if (S.T->IsReturned || S.T->Detach)
    return false;
  if (!S.T->Handle)
    return true;
  const auto *V = dyn_cast_or_null<VarDecl>(handleOf(*S.T));
  if (!V || !V->hasLocalStorage() || isa<ParmVarDecl>(V))
    return false;
  // A container is refilled and emptied; a local of the region ends with it.
  bool Inside = Region == F.getBody();
  Flow.forEach(Region, [&](const Stmt &Part) {
    if (const auto *Decls = dyn_cast<DeclStmt>(&Part))
      Inside |= llvm::is_contained(Decls->decls(), V);
  });
  return Inside && !isHandedOn(V, Region);
}

/// A single thread object that outlives the loop: each round would overwrite
/// it, which ends the program or waits.
bool ThreadGrowths::Finder::isOutsideVariable(const Site &S, const Stmt *Loop) {
  if (!S.T || !S.T->Handle || S.T->Detach)
    return false;
  TaskEnd Ends = S.T->Model->Ends;
  const ValueDecl *D =
      S.T->Handle->field()
          ? static_cast<const ValueDecl *>(S.T->Handle->field())
          : S.T->Handle->variable();
  if (!D || !D->getType()->getAsCXXRecordDecl())
    return false;
  const TypeModel *Type = All.TU.models().type(D->getType());
  if (!Type ||
      (Type->Kind != TypeKind::Thread && Type->Kind != TypeKind::Future))
    return false;
  // The member of an element is another one in each round.
  if (isa<FieldDecl>(D))
    return S.T->Handle->root()->kind() == LockPath::Kind::This &&
           (Ends == TaskEnd::Join || Ends == TaskEnd::Destructor ||
            Ends == TaskEnd::FutureDestructor);
  bool Inside = false;
  Flow.forEach(Loop, [&](const Stmt &Part) {
    if (const auto *Decls = dyn_cast<DeclStmt>(&Part))
      Inside |= llvm::is_contained(Decls->decls(), D);
  });
  return !Inside;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// The object of the call that keeps the thread is the same in each round.
bool ThreadGrowths::Finder::isSameObject(const Site &S, const Stmt *Loop) {
  if (!S.Helper || S.Helper->Kept != Owner::This)
    return false;
  const Expr *Object = objectArgument(S.Where);
  if (!Object)
    return false; // a constructor makes a new one
  for (unsigned N = 0; N < 8; ++N) {
    Object = producer(Object);
    if (isa<CXXThisExpr>(Object))
      return true;
    if (const auto *Member = dyn_cast<MemberExpr>(Object)) {
      Object = Member->getBase();
      continue;
    }
    if (const auto *Unary = dyn_cast<UnaryOperator>(Object)) {
      Object = Unary->getSubExpr();
      continue;
    }
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Object))
      if (Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star) {
        Object = Op->getArg(0);
        continue;
      }
    const auto *Ref = dyn_cast<DeclRefExpr>(Object);
    const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!V)
      return false;
    bool Changes = false;
    Flow.forEach(Loop, [&](const Stmt &Part) {
      if (const auto *Decls = dyn_cast<DeclStmt>(&Part))
        Changes |= llvm::is_contained(Decls->decls(), V);
    });
    for (const Write &W :
         All.Bounds.writes(F).of(cast<ValueDecl>(V->getCanonicalDecl())))
      Changes |= W.Where && Flow.isInside(W.Where, Loop);
    return !Changes;
  }
  return false;
}

/// The loop starts objects that exist already, each of which has a thread. How
/// many there are is decided elsewhere, unless they are pieces of input.
bool ThreadGrowths::Finder::isElement(const Site &S) {
  if (!S.Helper || S.Helper->Kept != Owner::This || S.Algorithm)
    return false;
  const Expr *Object = objectArgument(S.Where);
  if (!Object)
    return false;
  QualType T = Object->getType().getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  return !namesData(exprName(Object)) &&
         !namesData(plainName(T->getAsTagDecl()));
}

/// `urls[i]` in C, where only the names say what is one of many.
bool ThreadGrowths::Finder::indexesData(const Stmt *Loop, ThreadGrowth &Found) {
  const auto *For = dyn_cast<ForStmt>(Loop);
  if (!For || !For->getInc())
    return false;
  const ValueDecl *Counter = nullptr;
  Flow.forEach(For->getInc(), [&](const Stmt &Part) {
    if (const auto *Unary = dyn_cast<UnaryOperator>(&Part))
      if (Unary->isIncrementDecrementOp())
        Counter = namedDecl(Unary->getSubExpr());
  });
  const Expr *Data = nullptr;
  llvm::SmallVector<const Stmt *, 16> Work{For->getBody()};
  while (!Work.empty() && Counter) {
    const Stmt *Part = Work.pop_back_val();
    if (!Part)
      continue;
    Work.append(Part->child_begin(), Part->child_end());
    const Expr *Base = nullptr, *Index = nullptr;
    if (const auto *Element = dyn_cast<ArraySubscriptExpr>(Part)) {
      Base = Element->getBase();
      Index = Element->getIdx();
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Part)) {
      if (Op->getOperator() == OO_Subscript && Op->getNumArgs() == 2) {
        Base = Op->getArg(0);
        Index = Op->getArg(1);
      }
    }
    if (!Base || namedDecl(Index) != Counter || !namesData(exprName(Base)) ||
        namesWorkers(exprName(Base)))
      continue;
    // An array of a known size is no input.
    if (Base->IgnoreParenImpCasts()->getType()->isConstantArrayType())
      return false;
    Data = Base;
  }
  if (!Data)
    return false;
  Found.Kind = GrowthKind::Elements;
  Found.Of = Data;
  return true;
}

bool ThreadGrowths::Finder::growsWithoutEnd(const Site &S, const Stmt *Loop,
                                            bool IsFlag, ThreadGrowth &Found) {
  ThreadLimits::Place P = place(S);
  const Expr *By = nullptr;
  if (All.Limiting.takesInput(P, Loop, By)) {
    Found.Kind = GrowthKind::Input;
    Found.Of = By;
    return true;
  }
  // A loop that somebody leaves, that runs now and then, or that reacts to some event, starts what it
  // needs; how often is not known.
  if (IsFlag || Flow.mayLeave(Loop) || All.Limiting.sleeps(P, Loop) ||
      All.Limiting.isSelected(P, Loop))
    return false;
  Found.Kind = GrowthKind::Endless;
  return true;
}

/// Whether \p Bound is a finding by itself.
bool ThreadGrowths::Finder::classify(const LoopBound &Bound, const Site &S,
                                     const Stmt *Loop, ThreadGrowth &Found) {
  Found.Loop = Loop;
  Found.Of = Bound.Why;
  switch (Bound.Kind) {
  case BoundKind::Constant:
    Found.Kind = GrowthKind::TooMany;
    Found.Count *=
        std::max<uint64_t>(1, std::min<uint64_t>(Bound.Count, 1000000000));
    return Found.Count > All.L.MaxThreads;
  case BoundKind::Data:
    Found.Kind = GrowthKind::Elements;
    return !isNumberOfThreads(Bound.Why);
  case BoundKind::Input:
    Found.Kind = GrowthKind::Input;
    return true;
  case BoundKind::Flag:
  case BoundKind::Endless:
    return growsWithoutEnd(S, Loop, Bound.Kind == BoundKind::Flag, Found);
  case BoundKind::Unknown:
    return indexesData(Loop, Found);
  case BoundKind::Workers:
    return false;
  }
  return false;
}

/// `const size_t num_threads = parts.size();`: whoever filled it thought of it.
bool ThreadGrowths::Finder::isNumberOfThreads(const Expr *Container) {
  const ValueDecl *D = namedDecl(Container);
  bool Found = false;
  Flow.forEach(F.getBody(), [&](const Stmt &S) {
    const auto *Decls = dyn_cast<DeclStmt>(&S);
    if (!D || !Decls)
      return;
    for (const Decl *Declared : Decls->decls()) {
      const auto *V = dyn_cast<VarDecl>(Declared);
      if (!V || !V->getInit() || !namesWorkers(plainName(V)))
        continue;
      const auto *Call = dyn_cast<CXXMemberCallExpr>(producer(V->getInit()));
      Found |= Call && namedDecl(Call->getImplicitObjectArgument()) == D;
    }
  });
  return Found;
}

/// The elements that an algorithm runs over.
bool ThreadGrowths::Finder::inAlgorithm(const Site &S, ThreadGrowth &Found) {
  // Behind an execution policy.
  for (unsigned I = 0; I < 2; ++I) {
    const Expr *First = argument(S.Algorithm, I);
    if (!First)
      return false;
    QualType T = First->getType().getNonReferenceType();
    if (plainName(T->getAsTagDecl()).contains("_policy"))
      continue;
    LoopBound Bound = All.Bounds.ofContainer(First);
    // generate_n(out, n, f), for_each_n(first, n, f)
    const Expr *Second = argument(S.Algorithm, I + 1);
    if (Second && Second->getType().getNonReferenceType()->isIntegerType())
      Bound = All.Bounds.ofNumber(Second);
    if (Bound.Kind == BoundKind::Workers)
      return false;
    return classify(Bound, S, S.Algorithm, Found);
  }
  return false;
}

bool ThreadGrowths::Finder::inLoops(const Site &S, ThreadGrowth &Found) {
  if (isStatic(S.Where))
    return false;
  Found.Count = 1;
  if (S.Algorithm && inAlgorithm(S, Found))
    return true;
  for (const Stmt *Loop : Flow.loopsAround(S.Where)) {
    if (!Flow.goesOnAfter(Loop, S.Where))
      continue;
    LoopBound Bound = All.Bounds.of(*Loop, F);
    // A number of workers for each round of what is around is a pool for each.
    if (Bound.Kind == BoundKind::Workers || endsAtOnce(S, Loop) ||
        isOutsideVariable(S, Loop) || isSameObject(S, Loop) ||
        All.Limiting.inLoop(place(S), Loop))
      return false;
    ThreadGrowth One = Found;
    if (classify(Bound, S, Loop, One) &&
        !(isElement(S) && Bound.Kind != BoundKind::Endless &&
          Bound.Kind != BoundKind::Input && Bound.Kind != BoundKind::Flag)) {
      Found = One;
      return true;
    }
    Found.Count = std::max<uint64_t>(1, One.Count);
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Recursion
//===----------------------------------------------------------------------===//

/// The call graph, threads included, has a way from \p From to \p To. What a pool
/// or event loop does later is no recursion: the caller has ended by then.
bool ThreadGrowths::reaches(const FunctionDecl *From, const FunctionDecl *To) {
  llvm::SmallVector<const FunctionDecl *, 16> Work{From};
  for (size_t I = 0; I < Work.size() && I < MaxReached; ++I) {
    const FunctionDecl *Definition = nullptr;
    if (!Work[I]->hasBody(Definition))
      continue;
    if (Definition == To)
      return true;
    const FunctionScan *Scan = TU.functions().scan(Definition);
    if (!Scan)
      continue;
    for (const FunctionDecl *Callee : Scan->Callees)
      if (!llvm::is_contained(Work, Callee))
        Work.push_back(Callee);
    if (!Scan->Spawns.empty())
      for (const Task &T : TU.tasks().of(Definition))
        if (T.Entry && T.Model->Ends != TaskEnd::Pool &&
            !llvm::is_contained(Work, T.Entry))
          Work.push_back(T.Entry);
  }
  return false;
}

/// Each call makes a thread that makes the call again, and there are more and
/// more of them: the caller waits for the thread, or there are two branches.
bool ThreadGrowths::Finder::recurses(const Task &T) {
  if (!T.Entry || !All.reaches(T.Entry, &F))
    return false;
  const ValueDecl *Handle = handleOf(T);
  if (Handle &&
      (isa<FieldDecl>(Handle) || !cast<VarDecl>(Handle)->hasLocalStorage()))
    return false; // starts itself again
  Site S{T.Spawn, &T};
  if (isStatic(T.Spawn) || All.Limiting.cutsOff(place(S)))
    return false;
  if (T.Join || endsAtOnce(S, F.getBody()))
    return true;
  unsigned Branches = 0;
  for (const Task &Other : All.TU.tasks().of(&F))
    Branches += Other.Entry && Other.Model->Ends != TaskEnd::Pool &&
                All.reaches(Other.Entry, &F);
  const FunctionScan *Scan = All.TU.functions().scan(&F);
  if (Scan)
    for (const FunctionDecl *Callee :
         llvm::SmallVector<const FunctionDecl *, 8>(Scan->Callees.begin(),
                                                    Scan->Callees.end()))
      Branches += All.reaches(Callee, &F);
  return Branches >= 2;
}

std::vector<ThreadGrowth> ThreadGrowths::Finder::growths() {
  std::vector<ThreadGrowth> Result;
  for (const Site &S : sites()) {
    ThreadGrowth One{GrowthKind::Endless, S.Where};
    if (inLoops(S, One)) {
      One.IsProcess = isProcess(S);
      if (S.Helper) {
        One.Chain.push_back({&F, S.Where, S.Callee});
        One.Chain.append(S.Helper->Chain.begin(), S.Helper->Chain.end());
      }
      Result.push_back(One);
    } else if (S.T && recurses(*S.T)) {
      Result.push_back({GrowthKind::Recursion, S.Where});
    }
  }
  return Result;
}

std::vector<ThreadGrowth> ThreadGrowths::of(const FunctionDecl &F) {
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (!Scan || Scan->OverBudget || !mayMake(F))
    return {};
  return Finder(*this, F).growths();
}

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

/// A condition around \p E asks for more than the arguments: a setting, a
/// state.
bool ThreadGrowths::Finder::isGuardedByState(const Expr *E) {
  const Stmt *Below = E;
  for (const Stmt *Up = Flow.parent(E); Up; Below = Up, Up = Flow.parent(Up)) {
    if (isa<SwitchStmt>(Up) || isa<CXXCatchStmt>(Up) ||
        isa<AbstractConditionalOperator>(Up))
      return true;
    const auto *If = dyn_cast<IfStmt>(Up);
    if (!If || Below == If->getCond())
      continue;
    bool State = false;
    Flow.forEach(If->getCond(), [&](const Stmt &S) {
      if (const auto *Ref = dyn_cast<DeclRefExpr>(&S)) {
        const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
        State |= V && !V->hasLocalStorage();
      }
      State |= isa<CXXThisExpr>(S);
    });
    if (State)
      return true;
  }
  return false;
}

/// A class whose business is to have some threads.
static bool isPool(const FunctionDecl &F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (!Method || Method->getParent()->isLambda())
    return false;
  for (const std::string &Word : nameWords(plainName(Method->getParent())))
    if (llvm::StringRef(Word).contains("pool") || Word == "executor" ||
        Word == "scheduler")
      return true;
  return false;
}

/// An array, or a class that things are added to.
static bool isCollection(QualType T) {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition())
    return T->isArrayType();
  return llvm::any_of(R->methods(), [](const CXXMethodDecl *Method) {
    llvm::StringRef Name = plainName(Method);
    return Name == "push_back" || Name == "insert" || Name == "push" ||
           Name == "append";
  });
}

void ThreadGrowths::Finder::summarize(Summary &Result) {
  if (isPool(F))
    return;
  for (const Site &S : sites()) {
    const ValueDecl *Handle = handle(S);
    const auto *V = dyn_cast_or_null<VarDecl>(Handle);
    bool IsGlobal =
        V && V->hasGlobalStorage() && All.TU.models().type(V->getType());
    if (S.Algorithm || IsGlobal || isStatic(S.Where) ||
        isGuardedByState(S.Where) || !Flow.loopsAround(S.Where).empty() ||
        endsAtOnce(S, F.getBody()) || All.Limiting.inFunction(place(S)))
      continue;
    Result.MakesThread = true;
    Result.IsProcess = isProcess(S);
    if (S.T && S.T->Handle && !S.T->Detach && S.T->Handle->field() &&
        S.T->Handle->root()->kind() == LockPath::Kind::This &&
        !isCollection(S.T->Handle->field()->getType()))
      Result.Kept = Owner::This;
    if (S.Helper && S.Helper->Kept == Owner::This) {
      const Expr *Object = objectArgument(S.Where);
      const Expr *Root = Object ? producer(Object) : nullptr;
      while (const auto *Member = dyn_cast_or_null<MemberExpr>(Root))
        Root = producer(Member->getBase());
      if (isa_and_nonnull<CXXThisExpr>(Root))
        Result.Kept = Owner::This;
    }
    Result.Chain.push_back({&F, S.Where, S.Callee});
    if (S.Helper)
      Result.Chain.append(S.Helper->Chain.begin(), S.Helper->Chain.end());
    return;
  }
}

const ThreadGrowths::Summary &ThreadGrowths::summary(const FunctionDecl &F) {
  std::unique_ptr<Summary> &Slot = Summaries[&F];
  if (Slot)
    return *Slot; // of a recursive one: nothing yet
  Slot = std::make_unique<Summary>();
  Summary &Result = *Slot;
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (Scan && !Scan->OverBudget && Depth < MaxCalls) {
    ++Depth;
    Finder(*this, F).summarize(Result);
    --Depth;
  }
  return Result;
}

} // namespace threadlint
