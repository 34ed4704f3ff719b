//===- TaskEnds.cpp - What ends the tasks of one function -----------------===//
// See the header. A task is related to what its handle, its pool or its body has
// in common with a waiting call; doubt counts as an end.
//===----------------------------------------------------------------------===//
#include "analysis/TaskEnds.h"
#include "analysis/BlockingCalls.h"
#include "analysis/BodyParents.h"
#include "analysis/Branches.h"
#include "analysis/CallInfo.h"
#include "analysis/ExclusiveBranches.h"
#include "analysis/FirstOfTasks.h"
#include "analysis/LockPath.h"
#include "analysis/Statements.h"
#include "analysis/ThreadHandles.h"
#include "analysis/TranslationUnit.h"
#include "analysis/ValuePlace.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include <optional>

using namespace clang;

namespace threadlint {
namespace {

using PathSet = llvm::SmallVector<const LockPath *, 2>;

constexpr unsigned MaxBranches = 16; // in which one function waits for tasks

/// What is known of one task while its ends are searched.
struct Traits {
  PathSet Handles;    ///< the objects that hold its handle, one after the other
  DeclSet HandleRoots; ///< the variables and members that these begin with
  DeclSet Mentions;   ///< what the task's code names
};

bool isLoop(const Stmt *S) {
  return isa<ForStmt>(S) || isa<WhileStmt>(S) || isa<DoStmt>(S) ||
         isa<CXXForRangeStmt>(S);
}

/// Where a path can be recognised in the source: its variable, or the member of
/// `*this`.
const ValueDecl *rootDecl(const LockPath *P) {
  const ValueDecl *Field = nullptr;
  for (; P->parent(); P = P->parent())
    if (P->field())
      Field = P->field();
  if (const VarDecl *V = P->variable())
    return V;
  if (P->kind() == LockPath::Kind::Parameter) {
    const auto *F = static_cast<const FunctionDecl *>(P->decl());
    const FunctionDecl *Definition = nullptr;
    F->hasBody(Definition);
    return (Definition ? Definition : F)->getParamDecl(P->number());
  }
  return Field;
}

/// The user's own classes may wait in any member; the standard's are modelled.
bool isUserClass(QualType T) {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return R ? !R->isInStdNamespace() && !R->isLambda()
           : T->isRecordType(); // C
}

/// An atomic or volatile variable, which a loop may wait for.
bool isFlag(const ValueDecl *D) {
  QualType T = D->getType().getNonReferenceType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  return T->isAtomicType() || T.isVolatileQualified() ||
         (R && R->getIdentifier() && R->getName().contains("atomic"));
}

template <class VisitT> void forEachIn(TaskSet Set, VisitT Visit) {
  for (unsigned I = 0; I < MaxTasks; ++I)
    if (Set >> I & 1)
      Visit(I);
}

TaskSet bit(unsigned Task) { return TaskSet(1) << Task; }

/// pthread_create, thrd_create: the end of the handle ends nothing.
bool isCThread(const Task &T) {
  return T.Model->Object >= 0 && T.Spawn->getType()->isIntegerType();
}

/// A timer's or socket's handler: some pool or event loop runs it.
bool hasNamelessPool(const Task &T) {
  return T.Model->Ends == TaskEnd::Pool && !T.Pool;
}

class EndFinder {
public:
  EndFinder(const FunctionDecl &F, llvm::ArrayRef<Task> Tasks,
            TranslationUnit &TU)
      : F(F), TU(TU), M(TU.models()), Paths(TU.paths()), Places(F, Paths),
        Tasks(Tasks) {}

  TaskEnds find();

private:
  Traits traitsOf(const Task &T);
  void followHandles();
  void followMove(const Expr &Call);
  void followCopy(const Expr &Handle);
  void addHandle(unsigned Task, const LockPath *P);

  void visit(const Stmt &S);
  void visitCall(const Expr &Call);
  void visitWait(const Expr &Call, const FunctionModel &Model);
  void visitRunNow(const Expr &Call);
  void visitOther(const Expr &Call);
  void visitSpin(const Stmt &Loop, const Expr *Condition);
  void visitVariable(const VarDecl &V);

  TaskSet all() const {
    return Tasks.size() == MaxTasks ? ~TaskSet(0) : bit(Tasks.size()) - 1;
  }
  bool isPoolOf(unsigned Task, const Expr &Object);
  bool isPool(QualType T) const;
  TaskSet withPoolsRunBy(TaskSet Ended) const;
  TaskSet joinedBy(const Expr &Call, const Expr *Object);
  TaskSet sharing(const Stmt &S, bool FollowVariables);
  TaskSet mentioning(const DeclSet &Decls) const;
  bool namesHandle(const DeclSet &Decls, unsigned Task) const {
    return llvm::any_of(Known[Task].HandleRoots, [&](const ValueDecl *D) {
      return Decls.count(D) != 0;
    });
  }
  void endAt(const Stmt &S, TaskSet Set);
  bool namesFlag(const DeclSet &Tested, unsigned Task);
  void endBranches(const Stmt &S, TaskSet Set);
  void endAlternatives();
  const Stmt *loopAround(const Stmt &S, const Expr &Without) const;
  bool isInside(const Stmt *Inner, const Stmt *Outer) const;
  bool isInLoop(const Stmt &S) const;
  bool isAtMostOne(TaskSet Set) const;
  bool mayGiveUp(const Expr &Call, const FunctionModel &Model) const;
  bool isForTheFirst(const Expr &Call, TaskSet Set) const;
  bool joinsIn(const Stmt &S) const;
  bool destructorMayWait(QualType T) const;
  const FunctionModel *model(const Expr &Call) const {
    const FunctionDecl *Callee = namedCallee(&Call);
    return Callee ? M.function(Callee, writtenArgs(&Call)) : nullptr;
  }

  const FunctionDecl &F;
  TranslationUnit &TU;
  const Models &M;
  LockPaths &Paths;
  ValuePlaces Places;
  llvm::ArrayRef<Task> Tasks;
  std::vector<Traits> Known;
  llvm::DenseSet<const LockPath *> MovedFrom;
  std::optional<ThreadHandles> Variables; ///< see namesFlag()
  /// Statements in an `if` after which tasks are over.
  llvm::SmallVector<std::pair<const Stmt *, TaskSet>, 4> InBranches;
  TaskEnds Result;
};

//===----------------------------------------------------------------------===//
// What is known of the tasks
//===----------------------------------------------------------------------===//

Traits EndFinder::traitsOf(const Task &T) {
  Traits Result;
  Result.Mentions = mentionedDecls(T.Spawn);
  if (T.Lambda)
    for (const ValueDecl *D : mentionedDecls(T.Lambda))
      Result.Mentions.insert(D);
  if (T.Entry)
    for (const ValueDecl *D : mentionedDecls(T.Entry->getBody()))
      Result.Mentions.insert(D);
  for (const Capture &C : T.Captures)
    if (C.Var)
      Result.Mentions.insert(C.Var);
  return Result;
}

void EndFinder::addHandle(unsigned Task, const LockPath *P) {
  if (!P || llvm::is_contained(Known[Task].Handles, P))
    return;
  if (P->root()->isUnknown() ||
      P->root()->kind() == LockPath::Kind::Expression) {
    Result.Unknown |= bit(Task);
    return;
  }
  Known[Task].Handles.push_back(P);
  if (const ValueDecl *D = rootDecl(P))
    Known[Task].HandleRoots.insert(cast<ValueDecl>(D->getCanonicalDecl()));
}

/// `std::move(thread)`: somebody else owns it from here on.
void EndFinder::followMove(const Expr &Call) {
  const Expr *From = handedOn(&Call);
  if (!From || !Call.isXValue())
    return;
  const LockPath *P = Paths.of(From);
  for (unsigned I = 0; I < Known.size(); ++I) {
    if (!llvm::is_contained(Known[I].Handles, P))
      continue;
    ValuePlace Place = Places.of(Call);
    if (Place.Object != P)
      MovedFrom.insert(P);
    addHandle(I, Place.Object);
  }
}

/// The variable or call behind the copy that a `return` makes of \p Value.
static const Expr *returned(const Expr *Value) {
  const Expr *E = producer(Value);
  const auto *Copy = dyn_cast<CXXConstructExpr>(E);
  return Copy && Copy->getNumArgs() >= 1 &&
                 Copy->getConstructor()->isCopyOrMoveConstructor()
             ? producer(Copy->getArg(0))
             : E;
}

/// `ids.push_back(id)` of a pthread_t: both of them name the thread.
void EndFinder::followCopy(const Expr &Handle) {
  const TypeModel *Type = M.type(Handle.getType());
  if (!Type || Type->Kind != TypeKind::Thread ||
      Handle.getType()->isRecordType())
    return;
  const LockPath *P = Paths.of(&Handle);
  for (unsigned I = 0; I < Known.size(); ++I) {
    if (!llvm::is_contained(Known[I].Handles, P))
      continue;
    ValuePlace Place = Places.of(Handle);
    if (Place.Object && !Place.Object->root()->isUnknown())
      addHandle(I, Place.Object);
  }
}

void EndFinder::followHandles() {
  for (unsigned I = 0; I < Tasks.size(); ++I) {
    Known.push_back(traitsOf(Tasks[I]));
    addHandle(I, Tasks[I].Handle);
    if (Tasks[I].Pool && (Tasks[I].Pool->root()->isUnknown() ||
                          Tasks[I].Pool->root()->kind() ==
                              LockPath::Kind::Expression))
      Result.Unknown |= bit(I);
  }
  // A handle may be handed on twice: local, container, member.
  for (unsigned Round = 0; Round < 3; ++Round)
    forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
      if (const auto *Call = dyn_cast<CallExpr>(S))
        followMove(*Call);
      if (isa<DeclRefExpr>(S) || isa<MemberExpr>(S))
        followCopy(*cast<Expr>(S));
      if (const auto *Return = dyn_cast<ReturnStmt>(S))
        if (const Expr *Value = Return->getRetValue())
          if (isa<DeclRefExpr>(returned(Value))) // `return future.get();`
            MovedFrom.insert(Paths.of(Value));
    });
  for (unsigned I = 0; I < Tasks.size(); ++I)
    if (isCThread(Tasks[I]))
      if (const LockPath *Result = Places.of(*Tasks[I].Spawn).Object)
        this->Result.Results[Result] |= bit(I);
}

//===----------------------------------------------------------------------===//
// Recording an end
//===----------------------------------------------------------------------===//

bool EndFinder::isInside(const Stmt *Inner, const Stmt *Outer) const {
  for (; Inner; Inner = Places.parent(Inner))
    if (Inner == Outer)
      return true;
  return false;
}

/// The innermost loop around \p S that does not contain \p Without. Null: none.
const Stmt *EndFinder::loopAround(const Stmt &S, const Expr &Without) const {
  for (const Stmt *P = &S; P; P = Places.parent(P))
    if (isLoop(P))
      return isInside(&Without, P) ? nullptr : P;
  return nullptr;
}

/// A variable that remembers whether there is a thread: `started`.
bool EndFinder::namesFlag(const DeclSet &Tested, unsigned Task) {
  if (!Variables)
    Variables = findThreadHandles(F, TU);
  return llvm::any_of(Variables->All, [&](const ThreadHandle &H) {
    return Known[Task].HandleRoots.count(H.Var) &&
           llvm::any_of(Tested, [&](const ValueDecl *D) {
             return H.Flags.count(D) || H.Successes.count(D);
           });
  });
}

/// A branch around the wait that is not taken: `if (t.joinable()) t.join()`, or
/// the same condition as at the spawn.
void EndFinder::endBranches(const Stmt &S, TaskSet Set) {
  for (const Stmt *P = &S; P; P = Places.parent(P)) {
    const auto *If = dyn_cast<IfStmt>(P);
    if (!If || !If->getCond() || isInside(&S, If->getElse()))
      continue;
    if (InBranches.size() < MaxBranches &&
        (InBranches.empty() || InBranches.back().first != &S))
      InBranches.push_back({&S, Set});
    DeclSet Tested = mentionedDecls(If->getCond());
    uint64_t Profile = expressionProfile(If->getCond());
    forEachIn(Set, [&](unsigned I) {
      bool AboutHandle = namesHandle(Tested, I);
      bool AsAtSpawn = false;
      for (const Stmt *Q = Tasks[I].Spawn; Q; Q = Places.parent(Q))
        if (const auto *Other = dyn_cast<IfStmt>(Q))
          AsAtSpawn |= Other != If && Other->getCond() &&
                       expressionProfile(Other->getCond()) == Profile;
      if (!isInside(Tasks[I].Spawn, If) &&
          (AboutHandle || AsAtSpawn || namesFlag(Tested, I)))
        Result.WhenFalse[If] |= bit(I);
    });
  }
}

/// `if (early) t.join(); … if (!early) t.join();`: one of the two joins.
void EndFinder::endAlternatives() {
  if (InBranches.size() < 2)
    return;
  BodyParents Parents(F);
  auto IsStable = [&](const ValueDecl &D) {
    const auto *V = dyn_cast<VarDecl>(&D);
    return V ? !Paths.isRebound(V) : isa<FieldDecl>(D);
  };
  const SourceManager &SM = TU.context().getSourceManager();
  for (const auto &Later : InBranches)
    for (const auto &Earlier : InBranches) {
      TaskSet Both = Later.second & Earlier.second;
      if (!Both || !isBefore(*Earlier.first, *Later.first, SM) ||
          !areExclusive(*Earlier.first, *Later.first, Parents, IsStable))
        continue;
      for (const Stmt *P = Later.first; P; P = Places.parent(P))
        if (isa<IfStmt>(P) && !isInside(Earlier.first, P))
          forEachIn(Both, [&](unsigned I) {
            if (!isInside(Tasks[I].Spawn, P))
              Result.WhenFalse[P] |= bit(I);
          });
    }
}

/// The tasks are over after \p S, and where a loop of such calls ends.
void EndFinder::endAt(const Stmt &S, TaskSet Set) {
  if (!Set)
    return;
  Result.After[&S] |= Set;
  forEachIn(Set, [&](unsigned I) {
    if (const Stmt *Loop = loopAround(S, *Tasks[I].Spawn))
      Result.WhenFalse[Loop] |= bit(I);
  });
  endBranches(S, Set);
}

//===----------------------------------------------------------------------===//
// Which tasks a statement has to do with
//===----------------------------------------------------------------------===//

TaskSet EndFinder::mentioning(const DeclSet &Decls) const {
  TaskSet Set = 0;
  for (unsigned I = 0; I < Known.size(); ++I)
    for (const ValueDecl *D : Decls)
      if (!isa<FunctionDecl>(D) && Known[I].Mentions.count(D)) {
        Set |= bit(I);
        break;
      }
  return Set;
}

/// The tasks whose code names an object that \p S names, or that a local in S is
/// made of (a future of a promise).
TaskSet EndFinder::sharing(const Stmt &S, bool FollowVariables) {
  DeclSet Decls = mentionedDecls(&S);
  if (FollowVariables) {
    llvm::SmallVector<const Expr *, 4> Inits;
    for (const ValueDecl *D : Decls)
      if (const auto *V = dyn_cast<VarDecl>(D))
        if (V->hasLocalStorage() && V->hasInit())
          Inits.push_back(V->getInit());
    for (const Expr *Init : Inits) {
      bool Spawns = llvm::any_of(
          Tasks, [&](const Task &T) { return isInside(T.Spawn, Init); });
      if (!Spawns)
        for (const ValueDecl *D : mentionedDecls(Init))
          Decls.insert(D);
    }
  }
  return mentioning(Decls);
}

bool EndFinder::isPool(QualType T) const {
  T = T.getNonReferenceType();
  const TypeModel *Type = M.type(T->isPointerType() ? T->getPointeeType() : T);
  return Type && Type->Kind == TypeKind::Pool;
}

/// \p Object is the pool or context that runs the task, or may be it.
bool EndFinder::isPoolOf(unsigned Task, const Expr &Object) {
  const LockPath *Pool = Tasks[Task].Pool;
  if (hasNamelessPool(Tasks[Task]))
    return isPool(Object.getType());
  return Pool && Paths.of(&Object) == Pool;
}

/// A thread that runs an event loop (`io.run()`) ends with the loop's tasks.
TaskSet EndFinder::withPoolsRunBy(TaskSet Ended) const {
  TaskSet Set = Ended;
  forEachIn(Ended, [&](unsigned Runner) {
    const Task &T = Tasks[Runner];
    if (!T.Entry || !joinsIn(*T.Entry->getBody()))
      return;
    for (unsigned I = 0; I < Tasks.size(); ++I) {
      const ValueDecl *Pool =
          Tasks[I].Pool ? rootDecl(Tasks[I].Pool) : nullptr;
      if (hasNamelessPool(Tasks[I]) ||
          (Pool && Known[Runner].Mentions.count(
                       cast<ValueDecl>(Pool->getCanonicalDecl()))))
        Set |= bit(I);
    }
  });
  return Set;
}

/// The tasks whose thread, future or pool a join of \p Object waits for.
TaskSet EndFinder::joinedBy(const Expr &Call, const Expr *Object) {
  const LockPath *P = Object ? Paths.of(Object) : Paths.unknown();
  TaskSet Set = 0;
  for (unsigned I = 0; I < Known.size(); ++I) {
    if (Object && isPoolOf(I, *Object)) {
      Set |= bit(I);
      continue;
    }
    if (llvm::is_contained(Known[I].Handles, P)) {
      Set |= bit(I);
      continue;
    }
    // One of several in a container, named by a loop variable or an iterator.
    const Stmt *Around = loopAround(Call, *Tasks[I].Spawn);
    DeclSet Decls = mentionedDecls(Around ? Around : &Call);
    if (namesHandle(Decls, I))
      Set |= bit(I);
  }
  return Set;
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

bool EndFinder::isInLoop(const Stmt &S) const {
  for (const Stmt *P = &S; P; P = Places.parent(P))
    if (isLoop(P))
      return true;
  return false;
}

/// There is one task, and its spawn is not repeated.
bool EndFinder::isAtMostOne(TaskSet Set) const {
  unsigned Count = 0;
  forEachIn(Set, [&](unsigned I) {
    Count += isInLoop(*Tasks[I].Spawn) ? 2 : 1;
  });
  return Count <= 1;
}

/// The wait has a time-out, and it is not INFINITE.
bool EndFinder::mayGiveUp(const Expr &Call, const FunctionModel &Model) const {
  if (Model.Timeout == ArgNone)
    return false;
  std::optional<Blocking> Wait = blockingCall(Call, Model, TU.context());
  return !Wait || Wait->BoundMs;
}

/// `answered.wait(lock, [&] { return answer.has_value(); })`: any of the tasks
/// gives the answer.
bool EndFinder::isForTheFirst(const Expr &Call, TaskSet Set) const {
  const Stmt *Predicate = nullptr;
  for (unsigned I = 0, N = numArguments(&Call); I < N; ++I)
    if (const auto *L = dyn_cast<LambdaExpr>(producer(argument(&Call, I))))
      Predicate = L->getBody();
  bool Alone = Predicate != nullptr;
  forEachIn(Set, [&](unsigned I) {
    Alone = Alone && Tasks[I].Entry &&
            fulfilsAlone(*Tasks[I].Entry, *Predicate, TU);
  });
  return Alone;
}

void EndFinder::visitWait(const Expr &Call, const FunctionModel &Model) {
  TaskSet Set = 0;
  const Expr *Object = argumentAt(Call, Model.Object);
  if (Model.Does == Effect::Join || Model.Does == Effect::FutureWait)
    Set |= joinedBy(Call, Object);
  if (Model.Does != Effect::Join) {
    TaskSet Sharing = sharing(Call, /*FollowVariables=*/true);
    // A promise is kept once, a permit is one task's.
    bool OfOneTask = Model.Does == Effect::FutureWait ||
                     Model.Does == Effect::SemaphoreAcquire;
    if (isAtMostOne(Sharing) || isInLoop(Call) ||
        !(OfOneTask || isForTheFirst(Call, Sharing)))
      Set |= Sharing;
  }
  // An event loop that nobody runs any more runs nothing.
  if (!mayGiveUp(Call, Model) || (Object && isPool(Object->getType())))
    return endAt(Call, withPoolsRunBy(Set));
  TimedWait Wait{Set, !Call.getType()->isBooleanType()};
  Result.Timed[&Call] = Wait;
  if (const LockPath *Kept = Places.of(Call).Object)
    Result.Timed[Kept] = Wait;
}

bool EndFinder::joinsIn(const Stmt &S) const {
  bool Found = false;
  forEachStmt(&S, Lambdas::Inside, [&](const Stmt *Inner) {
    const FunctionDecl *F = nullptr;
    if (const auto *Call = dyn_cast<CallExpr>(Inner))
      F = Call->getDirectCallee();
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(Inner)) // &std::thread::join
      F = dyn_cast<FunctionDecl>(Ref->getDecl());
    const FunctionModel *Model = F ? M.function(F, 0) : nullptr;
    Found |= Model && (Model->Does == Effect::Join ||
                       Model->Does == Effect::FutureWait);
  });
  return Found;
}

/// `std::for_each(threads…, [](auto &t) { t.join(); })`
void EndFinder::visitRunNow(const Expr &Call) {
  if (!joinsIn(Call))
    return;
  DeclSet Decls = mentionedDecls(&Call);
  TaskSet Set = 0;
  for (unsigned I = 0; I < Known.size(); ++I)
    if (namesHandle(Decls, I))
      Set |= bit(I);
  endAt(Call, Set);
}

/// Any other function may wait for a task whose handle, or whose share of the
/// user's own objects, it gets.
void EndFinder::visitOther(const Expr &Call) {
  const FunctionDecl *Callee = callee(&Call);
  const FunctionDecl *Named = namedCallee(&Call);
  if (Named && (isStandard(*Named) || Named->getBuiltinID()))
    return;
  const FunctionScan *Scan = Callee ? TU.functions().scan(Callee) : nullptr;
  bool Spins = Scan && llvm::any_of(Scan->Loops, [](const Stmt *Loop) {
                 return llvm::any_of(mentionedDecls(conditionIn(*Loop)),
                                     isFlag);
               });
  if (Scan && !Spins && !TU.functions().mayWait(Callee))
    return;
  llvm::SmallVector<const Expr *, 4> Passed;
  if (const Expr *Object = objectArgument(&Call))
    Passed.push_back(Object);
  for (unsigned I = 0, N = numArguments(&Call); I < N; ++I) {
    const Expr *Arg = argument(&Call, I);
    QualType T = Arg->getType();
    if (!T.isConstQualified() && (T->isPointerType() || Arg->isGLValue()))
      Passed.push_back(Arg);
  }
  TaskSet Set = 0;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  bool IsLambda = Method && Method->getParent()->isLambda();
  for (const Expr *Arg : Passed) {
    // A lambda has what it names.
    DeclSet Decls = mentionedDecls(IsLambda && Arg == Passed.front()
                                       ? Method->getBody()
                                       : Arg);
    for (unsigned I = 0; I < Known.size(); ++I) {
      bool Handle = namesHandle(Decls, I);
      // A member function of the object whose member the handle is.
      bool Own = isa<CXXThisExpr>(producer(Arg)) &&
                 llvm::any_of(Known[I].Handles, [](const LockPath *P) {
                   return P->root()->kind() == LockPath::Kind::This;
                 });
      bool This = isa<CXXThisExpr>(producer(Arg));
      bool Pool = !This && isPoolOf(I, *Arg);
      // The object may own the event loop that it runs.
      Pool |= This && Tasks[I].Pool != Paths.thisObject() &&
              (hasNamelessPool(Tasks[I]) ||
               (Tasks[I].Pool &&
                Tasks[I].Pool->root()->kind() == LockPath::Kind::This));
      if (Handle || Own || Pool)
        Set |= bit(I);
    }
    if (isUserClass(Arg->getType()) && !isa<CXXThisExpr>(producer(Arg)))
      Set |= mentioning(Decls);
  }
  for (unsigned I = 0; I < Tasks.size(); ++I)
    if (Tasks[I].Spawn == &Call)
      Set &= ~bit(I);
  endAt(Call, Set);
}

void EndFinder::visitCall(const Expr &Call) {
  const FunctionModel *Model = model(Call);
  if (!Model)
    return visitOther(Call);
  if (Model->Blocks == Category::Wait && Model->Does != Effect::Spawn)
    return visitWait(Call, *Model);
  if (Model->Does == Effect::RunNow)
    visitRunNow(Call);
}

/// `while (!done) …`: waits for the task that sets it.
void EndFinder::visitSpin(const Stmt &Loop, const Expr *Condition) {
  if (!Condition)
    return;
  DeclSet Tested = mentionedDecls(Condition), Shared;
  for (const ValueDecl *D : Tested) {
    if (isFlag(D) || isUserClass(D->getType()))
      Shared.insert(D);
  }
  TaskSet Set = mentioning(Shared);
  for (unsigned I = 0; I < Known.size(); ++I)
    if (namesHandle(Tested, I))
      Set |= bit(I);
  forEachIn(Set, [&](unsigned I) {
    if (!isInside(Tasks[I].Spawn, &Loop))
      Result.WhenFalse[&Loop] |= bit(I);
  });
}

bool EndFinder::destructorMayWait(QualType T) const {
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  if (!R || !R->hasDefinition() || R->hasTrivialDestructor())
    return false;
  const CXXDestructorDecl *Dtor = R->getDestructor();
  if (!Dtor || R->isInStdNamespace())
    return false;
  return !Dtor->hasBody() || TU.functions().mayWait(Dtor);
}

/// What the end of a local's life does for the tasks.
void EndFinder::visitVariable(const VarDecl &V) {
  QualType T = V.getType();
  if (!V.hasLocalStorage() || T->isReferenceType() || T->isPointerType())
    return;
  DeclSet Init = V.hasInit() ? mentionedDecls(V.getInit()) : DeclSet();
  for (unsigned I = 0; I < Tasks.size(); ++I) {
    bool Owns = llvm::any_of(Known[I].Handles, [&](const LockPath *P) {
      return P->root()->variable() == &V && !MovedFrom.count(P);
    });
    bool Waits = Tasks[I].Model->Ends == TaskEnd::Destructor ||
                 Tasks[I].Model->Ends == TaskEnd::FutureDestructor;
    bool IsPool = hasNamelessPool(Tasks[I])
                      ? isPool(T)
                      : Tasks[I].Pool &&
                            Tasks[I].Pool->root()->variable() == &V;
    bool Guards =
        !Owns && V.hasInit() && T->isRecordType() && namesHandle(Init, I);
    // A std::thread that nobody joins or detaches ends the process here.
    bool Terminates = T->isRecordType() && !isCThread(Tasks[I]) &&
                      Tasks[I].Model->Ends == TaskEnd::Join && !Tasks[I].Join &&
                      !Tasks[I].Detach;
    if ((Owns && (Waits || Terminates || destructorMayWait(T))) || IsPool ||
        (Guards && (destructorMayWait(T) || joinsIn(*V.getInit()))))
      Result.AtDeath[&V] |= withPoolsRunBy(bit(I));
  }
}

void EndFinder::visit(const Stmt &S) {
  if (isa<CallExpr>(S) || isa<CXXConstructExpr>(S))
    return visitCall(cast<Expr>(S));
  if (isa<CoawaitExpr>(S) || isa<CoyieldExpr>(S))
    return endAt(S, all());
  if (const auto *While = dyn_cast<WhileStmt>(&S))
    return visitSpin(S, While->getCond());
  if (const auto *For = dyn_cast<ForStmt>(&S))
    return visitSpin(S, For->getCond());
  if (const auto *Do = dyn_cast<DoStmt>(&S))
    return visitSpin(S, Do->getCond());
  if (const auto *Decls = dyn_cast<DeclStmt>(&S))
    for (const Decl *D : Decls->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        visitVariable(*V);
}

TaskEnds EndFinder::find() {
  followHandles();
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) { visit(*S); });
  endAlternatives();
  for (const ParmVarDecl *P : F.parameters())
    visitVariable(*P);
  return std::move(Result);
}

} // namespace

TaskEnds findTaskEnds(const FunctionDecl &F, llvm::ArrayRef<Task> Tasks,
                      TranslationUnit &TU) {
  return EndFinder(F, Tasks, TU).find();
}

TaskEnds findTaskEnds(const FunctionDecl &F, TranslationUnit &TU) {
  return findTaskEnds(F, TU.tasks().of(&F).take_front(MaxTasks), TU);
}

} // namespace threadlint
