//===- TaskRaces.cpp - State that tasks and spawners fight over -----------===//
// See the header. Accesses are compared only within one object: a variable, or a
// field of *this.
//===----------------------------------------------------------------------===//
#include "analysis/TaskRaces.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/SameObject.h"
#include "analysis/Statements.h"
#include "analysis/TaskLifetimes.h"
#include "analysis/Tasks.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;

namespace threadlint {
namespace {

// Accesses to one object that are compared with each other.
constexpr size_t MaxCompared = 48;

using AccessList = llvm::SmallVector<const ReachedAccess *, 4>;
/// By object, in the order of the source.
using Objects = llvm::MapVector<const LockPath *, AccessList>;

using With = TaskRace::With;

/// The variable, or the field of *this, that a path begins with.
const LockPath *objectOf(const LockPath *P) {
  const LockPath *Below = nullptr;
  for (; P->parent(); P = P->parent())
    Below = P;
  return P->kind() == LockPath::Kind::This && Below ? Below : P;
}

class Finder {
public:
  Finder(const FunctionDecl &F, TranslationUnit &TU, ReachedAccesses &Reach)
      : F(F), TU(TU), SM(TU.context().getSourceManager()), Reach(Reach),
        All(TU.tasks().of(&F).take_front(MaxTasks)), Same(F, TU.paths()) {}

  std::vector<TaskRace> find();

private:
  SourceLocation place(const Expr &E) const {
    return SM.getExpansionLoc(E.getBeginLoc());
  }
  Objects byObject(llvm::ArrayRef<ReachedAccess> List) const;
  AccessList whileRunning(unsigned Task, const LockPath *Object) const;
  bool endsObject(const Task &T, const ReachedAccess &A) const;
  bool isSaidToBeSafe(const Task &T, const ReachedAccess &A) const;
  bool conflict(const ReachedAccess &A, const ReachedAccess &B, With Against,
                const Task &T) const;
  bool compare(unsigned Task, const LockPath *Object, const AccessList &Mine,
               const AccessList &Theirs, With Against, const threadlint::Task *Other);
  void compareAll(unsigned Task);
  bool hasCompany(unsigned Task) const;

  const FunctionDecl &F;
  TranslationUnit &TU;
  const SourceManager &SM;
  ReachedAccesses &Reach;
  llvm::ArrayRef<Task> All;
  SameObject Same;
  RunningTasks Running;
  std::vector<std::vector<ReachedAccess>> InTasks;
  std::vector<Objects> OfTasks;
  Objects OfSpawner;
  std::vector<TaskRace> Result;
};

Objects Finder::byObject(llvm::ArrayRef<ReachedAccess> List) const {
  std::vector<const ReachedAccess *> Sorted;
  for (const ReachedAccess &A : List)
    Sorted.push_back(&A);
  llvm::stable_sort(Sorted, [&](const ReachedAccess *A, const ReachedAccess *B) {
    SourceLocation L = place(*A->What.Where), R = place(*B->What.Where);
    if (L != R)
      return SM.isBeforeInTranslationUnit(L, R);
    return isWrite(A->What.Kind) && !isWrite(B->What.Kind);
  });
  Objects Result;
  for (const ReachedAccess *A : Sorted) {
    AccessList &Of = Result[objectOf(A->What.Path)];
    if (Of.size() < MaxCompared)
      Of.push_back(A);
  }
  return Result;
}

/// Between the spawn and the access an atomic, a lock or unseen code may have
/// told the spawner to go on. For waits see TaskEnds.
bool Finder::isSaidToBeSafe(const Task &T, const ReachedAccess &A) const {
  SourceLocation Spawn = place(*T.Spawn), Loc = place(*A.point());
  return llvm::any_of(Reach.of(F).Order.Points, [&](const OrderPoint &P) {
    return P.Kind != OrderKind::Wait && Spawn < P.Loc && P.Loc < Loc;
  });
}

/// It deletes what the task has a pointer to: reference-capture-in-task's.
bool Finder::endsObject(const Task &T, const ReachedAccess &A) const {
  const VarDecl *V = A.Via || !A.What.Through || !isWrite(A.What.Kind)
                         ? nullptr
                         : Same.deletedBy(A.What);
  return V && llvm::any_of(T.Captures, [&](const Capture &C) {
           return C.Kind == CaptureKind::Value && C.Var == V;
         });
}

/// What the spawner does with \p Object while the task may run.
AccessList Finder::whileRunning(unsigned Task, const LockPath *Object) const {
  AccessList Result;
  auto Of = OfSpawner.find(Object);
  if (Of == OfSpawner.end())
    return Result;
  const threadlint::Task &T = All[Task];
  bool EachRound = Same.isOfOneRound(Object, *T.Spawn);
  for (const ReachedAccess *A : Of->second) {
    auto At = Running.At.find(A->point());
    if (At == Running.At.end() || !(At->second >> Task & 1))
      continue;
    // In the next round the variable is another one.
    if (EachRound && place(*A->point()) < place(*T.Spawn))
      continue;
    if (A->point() != T.Spawn && !isSaidToBeSafe(T, *A) && !endsObject(T, *A) &&
        !Same.areExclusive(*T.Spawn, *A->point()))
      Result.push_back(A);
  }
  return Result;
}

static bool mayShareLock(const ReachedAccess &A, const ReachedAccess &B) {
  for (const LockPath *P : A.Locks)
    for (const LockPath *Q : B.Locks)
      if (mayBeSameObject(P, Q))
        return true;
  return false;
}

bool Finder::conflict(const ReachedAccess &A, const ReachedAccess &B,
                      With Against, const Task &T) const {
  if (!isWrite(A.What.Kind) && !isWrite(B.What.Kind))
    return false;
  if (Against != With::Spawner && A.Chosen && B.Chosen)
    return false;
  if (mayShareLock(A, B))
    return false;
  bool OtherRound =
      Against == With::Twin ||
      (Against == With::Spawner && place(*B.point()) < place(*T.Spawn));
  return Same.overlap(A.What, B.What, *T.Spawn, OtherRound);
}

/// \returns true if there is a race, which is noted.
bool Finder::compare(unsigned Task, const LockPath *Object,
                     const AccessList &Mine, const AccessList &Theirs,
                     With Against, const threadlint::Task *Other) {
  for (const ReachedAccess *A : Mine)
    for (const ReachedAccess *B : Theirs)
      if (conflict(*A, *B, Against, All[Task])) {
        Result.push_back({&All[Task], Against, Other, *A, *B,
                          wayIn(All[Task], Object->root(), TU.paths())});
        return true;
      }
  return false;
}

void Finder::compareAll(unsigned Task) {
  const threadlint::Task &T = All[Task];
  auto AtSpawn = Running.At.find(T.Spawn);
  TaskSet Beside = AtSpawn == Running.At.end() ? 0 : AtSpawn->second;
  for (auto &Entry : OfTasks[Task]) {
    const LockPath *Object = Entry.first;
    const AccessList &Mine = Entry.second;
    if (Same.isLoopCounter(Object, *T.Spawn))
      continue; // it dies with the loop: that is another mistake
    AccessList Theirs = whileRunning(Task, Object);
    if (compare(Task, Object, Mine, Theirs, With::Spawner, nullptr))
      continue;
    bool Found = false;
    for (unsigned Other = 0; Other < Task && !Found; ++Other) {
      auto Of = OfTasks[Other].find(Object);
      if ((Beside >> Other & 1) && Of != OfTasks[Other].end())
        Found = compare(Task, Object, Mine, Of->second, With::OtherTask,
                        &All[Other]);
    }
    if (!Found && (Beside >> Task & 1) &&
        !Same.isOfOneRound(Object, *T.Spawn))
      compare(Task, Object, Mine, Mine, With::Twin, nullptr);
  }
}

/// Something runs while task number \p Task does: the spawner, another task.
bool Finder::hasCompany(unsigned Task) const {
  if (!runsBeside(All[Task]) || (Running.Unknown >> Task & 1))
    return false;
  if (All.size() > 1 || Running.At.lookup(All[Task].Spawn))
    return true;
  return llvm::any_of(Reach.of(F).All, [&](const ReachedAccess &A) {
    return A.point() != All[Task].Spawn &&
           (Running.At.lookup(A.point()) >> Task & 1);
  });
}

std::vector<TaskRace> Finder::find() {
  if (All.empty())
    return {};
  Running = runningTasks(F, TU);
  bool Any = false;
  for (unsigned I = 0; I < All.size(); ++I) {
    InTasks.push_back(hasCompany(I) ? Reach.of(All[I])
                                    : std::vector<ReachedAccess>());
    OfTasks.push_back(byObject(InTasks.back()));
    Any |= !InTasks.back().empty();
  }
  if (!Any)
    return {};
  OfSpawner = byObject(Reach.of(F).All);
  for (const ReachedAccess &A : Reach.of(F).All)
    if (isWrite(A.What.Kind) && !A.What.Through) {
      bool TasksRun = Running.At.count(A.point()) != 0;
      Same.noteWritten(A.What.Path, A.point(), TasksRun);
      if (TasksRun)
        Same.noteChanged(A.What.Path);
    }
  for (unsigned I = 0; I < All.size(); ++I)
    compareAll(I);
  return std::move(Result);
}

} // namespace

/// A pool of threads is told by its name.
bool runsBeside(const Task &T) {
  if (T.Model->Ends != TaskEnd::Pool)
    return true;
  QualType Pool = T.Pool ? typeOf(T.Pool) : QualType();
  if (Pool.isNull())
    return false;
  if (Pool->isPointerType())
    Pool = Pool->getPointeeType();
  const RecordDecl *R = Pool->getAsRecordDecl();
  return R && llvm::any_of(nameWords(R->getName()), [](const std::string &Word) {
           return Word == "pool" || Word == "group" || Word == "arena";
         });
}

SourceLocation wayIn(const Task &T, const LockPath *Root, LockPaths &Paths) {
  if (T.Lambda)
    if (const LambdaCapture *C =
            captureOf(*T.Lambda->getLambdaClass(), Root, Paths))
      return C->isImplicit() ? T.Lambda->getCaptureDefaultLoc()
                             : C->getLocation();
  for (const Capture &C : T.Captures)
    if (C.Var ? Paths.variable(C.Var) == Root
              : Root->kind() == LockPath::Kind::This)
      return C.Loc;
  return T.Spawn->getBeginLoc();
}

std::vector<TaskRace> taskRaces(const FunctionDecl &F, TranslationUnit &TU,
                                ReachedAccesses &Reach) {
  return Finder(F, TU, Reach).find();
}

} // namespace threadlint
