//===- MemberRaces.cpp - Members that a class's own thread touches --------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/MemberRaces.h"
#include "analysis/GuardInference.h"
#include "analysis/LockedAccesses.h"
#include "analysis/LockPath.h"
#include "analysis/NameWords.h"
#include "analysis/Tasks.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace threadlint {
namespace {

constexpr unsigned MaxCallees = 64; // of one function, in a quick look

class Finder {
public:
  Finder(const CXXMethodDecl &F, TranslationUnit &TU, ReachedAccesses &Reach)
      : F(F), TU(TU), SM(TU.context().getSourceManager()), Reach(Reach) {}

  void find(const Task &T, std::vector<TaskRace> &Out);

private:
  bool mayRunMeanwhile(const CXXMethodDecl &Method) const;
  bool touchesFreely(const FunctionDecl &Entry);
  bool waitsBehind(const FunctionDecl &Method, SourceLocation Loc);
  bool isMeantMeanwhile(const CXXMethodDecl &Method, const ReachedAccess &A,
                        const ReachedAccess &InTask);
  const ReachedAccess *against(const ReachedAccess &InTask,
                               const CXXMethodDecl &Method, bool Direct);
  bool compare(const Task &T, const ReachedAccess &InTask, bool Direct,
               std::vector<TaskRace> &Out);

  const CXXMethodDecl &F;
  TranslationUnit &TU;
  const SourceManager &SM;
  ReachedAccesses &Reach;
  /// Functions that the task, or F itself, runs.
  llvm::DenseSet<const FunctionDecl *> Inside;
};

/// The object keeps the thread, or nobody does.
bool outlivesSpawner(const Task &T) {
  if (!T.Handle)
    return T.Detach && !T.Join && !T.IsReturned;
  return T.Handle->root()->kind() == LockPath::Kind::This && !T.Join;
}

/// A field of the object, or of a part of it: no pointers, no elements.
bool isOwnField(const LockPath *P) {
  for (; P->parent(); P = P->parent()) {
    QualType T = P->parent()->declaredType();
    if (!P->field() || (!T.isNull() && !T->isRecordType()))
      return false;
  }
  return P->kind() == LockPath::Kind::This;
}

/// `stop`, `cancel`: what such a function writes is meant for the running thread.
/// Others may set it up before.
bool namesSignal(llvm::StringRef Name) {
  return namesStartOrStop(Name) ||
         llvm::any_of(nameWords(Name), [](const std::string &Word) {
           return Word == "cancel" || Word == "halt" || Word == "abort" ||
                  Word == "pause" || Word == "resume" || Word == "kill" ||
                  Word == "interrupt" || Word == "request" ||
                  Word == "shutdown";
         });
}

/// `start`, `open`: there is no thread yet.
bool namesBegin(llvm::StringRef Name) {
  return llvm::any_of(nameWords(Name), [](const std::string &Word) {
    return Word == "start" || Word == "open" || Word == "begin" ||
           Word == "launch" || Word == "restart" || Word == "load";
  });
}

bool Finder::mayRunMeanwhile(const CXXMethodDecl &Method) const {
  if (!Method.isInstance() || Method.isVirtual() ||
      isa<CXXConstructorDecl>(Method) || !isOwnBody(Method) ||
      Method.getCanonicalDecl() == F.getCanonicalDecl())
    return false;
  const FunctionScan *Scan = TU.functions().scan(&Method);
  if (!Scan || Scan->OverBudget || !Scan->Spawns.empty())
    return false;
  if (isa<CXXDestructorDecl>(Method))
    return true;
  const FunctionDecl *Definition = nullptr;
  Method.hasBody(Definition);
  return Method.getAccess() == AS_public && Method.getIdentifier() &&
         !namesBegin(Method.getName()) &&
         !Inside.count(Definition);
}

/// The object, or one that somebody else has as well.
bool mayBelongToObject(const LockPath &Root) {
  QualType T = Root.declaredType();
  return Root.kind() == LockPath::Kind::This ||
         (Root.kind() == LockPath::Kind::Parameter && !T.isNull() &&
          (T->isReferenceType() || leadsElsewhere(T)));
}

/// \p Entry, or what it calls, may touch something without a lock: a quick look,
/// for classes that lock whatever they touch.
bool Finder::touchesFreely(const FunctionDecl &Entry) {
  llvm::SmallVector<const FunctionDecl *, 8> Work{&Entry};
  llvm::SmallDenseSet<const FunctionDecl *, 8> Seen{&Entry};
  while (!Work.empty()) {
    const FunctionAccesses *In = TU.accesses().of(Work.pop_back_val());
    if (!In || Seen.size() > MaxCallees)
      return true;
    auto IsFree = [&](const Expr *E) {
      const LocksAt *At = LockedAccesses::at(*In, E);
      return !At || (At->Must.empty() && At->May.empty());
    };
    for (const Access &A : In->Body.All)
      if (mayBelongToObject(*A.Path->root()) && IsFree(A.Where) &&
          (A.Kind == AccessKind::Address ? TU.guards().needsLock(*A.Decl)
                                         : Reach.isPlainState(A)))
        return true;
    for (const CallSite &Site : In->Body.Calls)
      if (IsFree(Site.Where) && isOwnBody(*Site.Callee) &&
          Seen.insert(Site.Callee).second)
        Work.push_back(Site.Callee);
  }
  return false;
}

bool Finder::waitsBehind(const FunctionDecl &Method, SourceLocation Loc) {
  return llvm::any_of(Reach.of(Method).Order.Points, [&](const OrderPoint &P) {
    return P.Kind == OrderKind::Wait && Loc < P.Loc;
  });
}

/// The thread runs when \p Method, a definition, does \p A: the function ends
/// the thread later, or it makes no sense before the start.
bool Finder::isMeantMeanwhile(const CXXMethodDecl &Method,
                              const ReachedAccess &A,
                              const ReachedAccess &InTask) {
  SourceLocation Loc = SM.getExpansionLoc(A.point()->getBeginLoc());
  for (const OrderPoint &P : Reach.of(Method).Order.Points)
    if (P.Loc < Loc)
      return false;
  if (waitsBehind(Method, Loc))
    return true;
  if (isa<CXXDestructorDecl>(Method) || namesSetup(Method.getName()))
    return false;
  return isWrite(InTask.What.Kind) || A.What.Kind == AccessKind::ReadWrite ||
         namesSignal(Method.getName());
}

/// Null: no race.
const ReachedAccess *Finder::against(const ReachedAccess &InTask,
                                     const CXXMethodDecl &Method,
                                     bool Direct) {
  const FunctionDecl *Definition = nullptr;
  Method.hasBody(Definition);
  for (const ReachedAccess &A : Reach.of(*Definition).All) {
    bool Conflicts = A.What.Path == InTask.What.Path && !A.What.Through &&
                     A.Locks.empty() && !(Direct && A.Via) &&
                     (isWrite(A.What.Kind) || isWrite(InTask.What.Kind));
    if (Conflicts &&
        isMeantMeanwhile(*cast<CXXMethodDecl>(Definition), A, InTask))
      return &A;
  }
  return nullptr;
}

void Finder::find(const Task &T, std::vector<TaskRace> &Out) {
  if (!outlivesSpawner(T) || !runsBeside(T))
    return;
  Inside.clear();
  if (llvm::none_of(F.getParent()->methods(), [&](const CXXMethodDecl *Method) {
        const FunctionDecl *Definition = nullptr;
        return mayRunMeanwhile(*Method) && Method->hasBody(Definition) &&
               touchesFreely(*Definition);
      }))
    return;
  std::vector<ReachedAccess> InTask = Reach.of(T);
  llvm::erase_if(InTask, [](const ReachedAccess &A) {
    return !A.Repeated || !A.Locks.empty() || A.What.Through ||
           !isOwnField(A.What.Path);
  });
  if (InTask.empty())
    return;
  for (const ReachedAccess &A : InTask)
    Inside.insert(A.In);
  for (const ReachedAccess &A : Reach.of(F).All)
    Inside.insert(A.In);
  llvm::stable_sort(InTask, [&](const ReachedAccess &A, const ReachedAccess &B) {
    if (isWrite(A.What.Kind) != isWrite(B.What.Kind))
      return isWrite(A.What.Kind);
    return SM.isBeforeInTranslationUnit(A.What.Where->getBeginLoc(),
                                        B.What.Where->getBeginLoc());
  });
  llvm::DenseSet<const LockPath *> Done;
  for (const ReachedAccess &A : InTask)
    if (!Done.count(A.What.Path) &&
        (compare(T, A, /*Direct=*/true, Out) ||
         compare(T, A, /*Direct=*/false, Out)))
      Done.insert(A.What.Path);
}

/// Direct: leaves what other functions do for a member to these.
bool Finder::compare(const Task &T, const ReachedAccess &InTask, bool Direct,
                     std::vector<TaskRace> &Out) {
  for (const CXXMethodDecl *Method : F.getParent()->methods()) {
    const ReachedAccess *There = mayRunMeanwhile(*Method)
                                     ? against(InTask, *Method, Direct)
                                     : nullptr;
    if (!There)
      continue;
    Out.push_back({&T, TaskRace::With::Member, nullptr, InTask, *There,
                   wayIn(T, InTask.What.Path->root(), TU.paths()), Method});
    return true;
  }
  return false;
}

} // namespace

std::vector<TaskRace> memberRaces(const FunctionDecl &F, TranslationUnit &TU,
                                  ReachedAccesses &Reach) {
  std::vector<TaskRace> Result;
  const auto *Method = dyn_cast<CXXMethodDecl>(&F);
  if (!Method || !Method->isInstance() || Method->getParent()->isLambda())
    return Result;
  Finder Find(*Method, TU, Reach);
  for (const Task &T : TU.tasks().of(&F))
    Find.find(T, Result);
  return Result;
}

} // namespace threadlint
