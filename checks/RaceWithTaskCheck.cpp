//===- RaceWithTaskCheck.cpp - State that tasks fight over ----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/RaceWithTaskCheck.h"
#include "analysis/EarlyStarts.h"
#include "analysis/LockPath.h"
#include "analysis/MemberRaces.h"
#include "analysis/SpinLoops.h"
#include "analysis/TaskRaces.h"
#include "analysis/TaskSleeps.h"
#include "analysis/Tasks.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"
#include <optional>

using namespace clang;

namespace threadlint {

const CheckInfo RaceWithTaskCheck::Info = {
    "threadlint-race-with-task",
    "a task and the function that starts it, or two tasks, touch the same state "
    "at the same time, and one of them writes it",
    CheckGroup::Tasks,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines CP.2, CERT CON43-C, CERT CON32-C, CWE-362, CWE-366"};

RaceWithTaskCheck::RaceWithTaskCheck(llvm::StringRef Name,
                                     tidy::ClangTidyContext *Context)
    : Check(Name, Context),
      BusyWaitsAreReported(Context->isCheckEnabled("threadlint-busy-wait")),
      EarlyStartsAreReported(
          Context->isCheckEnabled("threadlint-thread-started-too-early")) {}

/// The same run says that the spawner sleeps or spins until the task has
/// written it, and what to wait with; making it atomic would not be enough.
bool RaceWithTaskCheck::isBusyWait(TranslationUnit &TU,
                                   const TaskRace &Race) const {
  if (!BusyWaitsAreReported || Race.Against != TaskRace::With::Spawner)
    return false;
  const FunctionDecl &F = *Race.T->Spawner;
  const ValueDecl *Shared = Race.There.What.Decl;
  for (const TaskSleep &Sleep : sleepsForTasks(F, TU))
    if (Sleep.Result == Shared && Sleep.Spawn == Race.T->Spawn)
      return true;
  const FunctionScan *Scan = TU.functions().scan(&F);
  for (const Stmt *Loop : Scan->Loops) {
    std::optional<SpinLoop> Spin = spinLoop(*Loop, F, TU.models());
    if (Spin && !Spin->IsAtomic && !Spin->Sleeps &&
        Spin->Variable->getCanonicalDecl() == Shared->getCanonicalDecl())
      return true;
  }
  return false;
}

/// The same run says that the member is set after the thread has started.
static bool isSetTooLate(const TaskRace &Race,
                         llvm::ArrayRef<EarlyStart> Early) {
  return llvm::any_of(Early, [&](const EarlyStart &Start) {
    if (Start.How != EarlyStart::Kind::SetLater || Start.T != Race.T)
      return false;
    return llvm::any_of(Start.Members, [&](const LateMember &Late) {
      for (const LockPath *P = Race.There.What.Path; P; P = P->parent())
        if (P->field() == Late.Field)
          return true;
      return false;
    });
  });
}

void RaceWithTaskCheck::checkUnit(TranslationUnit &TU) {
  ReachedAccesses Reach(TU);
  std::optional<std::vector<EarlyStart>> Early;
  auto IsSetTooLate = [&](const TaskRace &Race) {
    if (!EarlyStartsAreReported ||
        Race.Against != TaskRace::With::Spawner ||
        !isWrite(Race.There.What.Kind) ||
        Race.There.What.Path->root()->kind() != LockPath::Kind::This)
      return false;
    if (!Early)
      Early = earlyStarts(TU);
    return isSetTooLate(Race, *Early);
  };
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->Spawns.empty())
      continue;
    for (const TaskRace &Race : taskRaces(*F, TU, Reach))
      if (!isBusyWait(TU, Race) && !IsSetTooLate(Race))
        report(TU, Race);
    for (const TaskRace &Race : memberRaces(*F, TU, Reach))
      report(TU, Race);
  }
}

/// `item.count`, as it is written.
static std::string written(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Ref->getDecl()->getNameAsString();
  const auto *Member = dyn_cast<MemberExpr>(E);
  std::string Base = Member ? written(Member->getBase()) : "";
  return Base.empty() ? Base
                      : Base + "." + Member->getMemberDecl()->getNameAsString();
}

/// The object as the function that starts the task names it.
static std::string objectName(const ReachedAccess &A) {
  const VarDecl *Root = A.What.Path->root()->variable();
  std::string Name = A.What.Path->str();
  if (Root && Root->isImplicit()) // of a range-based `for`
    Name = written(A.What.Where);
  if (Name.empty())
    Name = A.What.Decl->getNameAsString();
  return (A.What.Through ? "'*" : "'") + Name + "'";
}

/// Who touches it besides the task.
static std::string other(const TaskRace &Race, bool Again) {
  switch (Race.Against) {
  case TaskRace::With::Spawner:
    return "the function that starts it";
  case TaskRace::With::OtherTask:
    return Again ? "the other task" : "another task";
  case TaskRace::With::Twin:
    return "another task of the same spawn";
  case TaskRace::With::Member:
    return isa<CXXDestructorDecl>(Race.Member)
               ? "the destructor"
               : "member function '" + nameOf(*Race.Member) + "'";
  }
  return "";
}

/// What one operation can do is work for an atomic.
static bool isNumber(const ReachedAccess &A) {
  QualType T = A.What.Where->getType().getNonReferenceType();
  return A.What.Through ? !T->getPointeeType().isNull() &&
                              T->getPointeeType()->isArithmeticType()
                        : T->isArithmeticType() || T->isEnumeralType();
}

void RaceWithTaskCheck::report(TranslationUnit &TU, const TaskRace &Race) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(Race.Loc);
  const ReachedAccess &Longer =
      Race.There.What.Path->startsWith(Race.InTask.What.Path) ? Race.InTask
                                                             : Race.There;
  std::string Name = objectName(Longer);
  if (!Reported.insert({Loc, Name}).second)
    return;
  bool Writes = isWrite(Race.InTask.What.Kind);
  bool ThereWrites = isWrite(Race.There.What.Kind);
  bool Locked = !Race.InTask.Locks.empty() || !Race.There.Locks.empty();
  diag(Loc, "task %select{reads|writes}0 %1 while %2 may %select{read|write}3 "
            "it, %select{without synchronization|and no lock is common to both}4")
      << Writes << Name << other(Race, false) << ThereWrites << Locked;
  auto Place = [&](const ReachedAccess &A) {
    return SM.getExpansionLoc(A.What.Where->getExprLoc());
  };
  SourceLocation Spawn = SM.getExpansionLoc(Race.T->Spawn->getBeginLoc());
  if (Spawn != Loc)
    diag(Spawn, "the task starts here", DiagnosticIDs::Note);
  bool SamePlace = Place(Race.InTask) == Place(Race.There);
  bool SameCallee = SamePlace && Race.Against == TaskRace::With::Spawner;
  diag(Place(Race.InTask),
       "the task %select{reads|writes}0 it here"
       "%select{|, and so does the other one}1",
       DiagnosticIDs::Note)
      << Writes << (SamePlace && !SameCallee);
  if (SameCallee)
    diag(SM.getExpansionLoc(Race.There.point()->getExprLoc()),
         "the function that starts it does the same by this call",
         DiagnosticIDs::Note);
  if (!SamePlace)
    diag(Place(Race.There), "%0 %select{reads|writes}1 it here",
         DiagnosticIDs::Note)
        << other(Race, true) << ThereWrites;
  if (Race.Other)
    diag(SM.getExpansionLoc(Race.Other->Spawn->getBeginLoc()),
         "the other task starts here", DiagnosticIDs::Note);
  bool AtomicWillDo = isNumber(Race.InTask) && isNumber(Race.There);
  bool OfTasks = Race.Against == TaskRace::With::OtherTask ||
                 Race.Against == TaskRace::With::Twin;
  bool OfMember = Race.Against == TaskRace::With::Member;
  diag(Loc,
       "%select{hold one lock at both places|make it atomic, hold one lock at "
       "both places}0, or %select{touch it only before the task starts or after "
       "it has been joined|give each task its own and combine them after the "
       "join|leave it to the task alone}1",
       DiagnosticIDs::Note)
      << AtomicWillDo << (OfMember ? 2 : OfTasks ? 1 : 0);
}

} // namespace threadlint
