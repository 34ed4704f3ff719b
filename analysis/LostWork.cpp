//===- LostWork.cpp - Threads that the end of main kills ------------------===//
// See the header. What follows a spawn is what its control-flow graph reaches
// from there, in the spawning function and then behind each call of it up to
// main.
//===----------------------------------------------------------------------===//
#include "analysis/LostWork.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/Lasting.h"
#include "analysis/LockPath.h"
#include "analysis/Statements.h"
#include "analysis/TaskEnds.h"
#include "analysis/TranslationUnit.h"
#include "analysis/ValuePlace.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/BitVector.h"
#include <map>

using namespace clang;

namespace threadlint {
namespace {

/// What a thread may not do if its work is to be something that ends.
constexpr unsigned Daemon =
    LastsWait | LastsInput | LastsLoop | LastsSleep | LastsEnd | LastsService;

constexpr unsigned MaxCallees = 64; // of a task

/// How one function goes on behind one of its statements.
struct Tail {
  bool Lasts = false;    ///< something may wait, or cannot be seen
  bool Returns = false;  ///< the end of the function is reached
  SourceLocation Return; ///< the first one
  const Expr *Exit = nullptr;
  const Expr *Sleep = nullptr;
};

/// One function's graph, and which of its tasks a wait is for.
struct Body {
  std::unique_ptr<CFG> Graph;
  TaskEnds Ends;
  llvm::DenseMap<const Stmt *, std::pair<const CFGBlock *, unsigned>> Places;
};

class Finder {
public:
  explicit Finder(TranslationUnit &TU)
      : TU(TU), SM(TU.context().getSourceManager()), How(TU) {}

  std::vector<LostWork> run();

private:
  void findCallers();
  bool isOnlyMains(const FunctionDecl *F);
  const Expr *detachOf(const Task &T, bool &Detached);
  const Expr *detachedBy(const Stmt *S) const;
  bool detachesItself(const FunctionDecl &Entry);
  bool isWork(const Task &T);
  DeclSet sharedBy(const Task &T);
  bool isShared(const Stmt *S) const;
  void check(const Task &T);
  std::vector<const Expr *> callsOf(const FunctionDecl &F,
                                    const FunctionDecl &Caller);
  bool follow(const FunctionDecl &F, const Stmt &From, LostWork &Work,
              unsigned Depth);

  Body &bodyOf(const FunctionDecl &F);
  Tail tailOf(const FunctionDecl &F, const Stmt &From);
  void addElement(const FunctionDecl &F, const CFGElement &Element, Tail &Out);
  void addCall(const FunctionDecl &F, const Expr &Call, Tail &Out);
  void addTerminator(const CFGBlock &Block, Tail &Out);
  bool isShort(TaskSet Set, const FunctionDecl &F);

  TranslationUnit &TU;
  const SourceManager &SM;
  Lasting How;
  const FunctionDecl *Main = nullptr;
  llvm::DenseMap<const FunctionDecl *,
                 llvm::SmallVector<const FunctionDecl *, 2>>
      Callers;
  std::map<const FunctionDecl *, Body> Bodies;
  const Task *Current = nullptr; ///< that is looked at
  DeclSet Shared;                ///< what it may change
  std::vector<LostWork> Result;
};

//===----------------------------------------------------------------------===//
// Tasks
//===----------------------------------------------------------------------===//

/// The thread that \p S detaches. Null: it is no such call.
const Expr *Finder::detachedBy(const Stmt *S) const {
  const auto *Call = dyn_cast<CallExpr>(S);
  const FunctionDecl *F = Call ? namedCallee(Call) : nullptr;
  const FunctionModel *M =
      F ? TU.models().function(F, writtenArgs(Call)) : nullptr;
  return M && M->Does == Effect::Detach ? argumentAt(*Call, M->Object)
                                        : nullptr;
}

/// `pthread_detach(pthread_self())`: what a function without arguments returns
/// is the caller's own.
bool Finder::detachesItself(const FunctionDecl &Entry) {
  bool Found = false;
  forEachStmt(Entry.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const Expr *Object = detachedBy(S);
    const auto *Self = Object ? dyn_cast<CallExpr>(producer(Object)) : nullptr;
    Found |= Self && Self->getNumArgs() == 0;
  });
  return Found;
}

/// The call that detaches the task, in the function that spawns it; for
/// attributes (pthread_create) none. Sets \p Detached if there is one, or none
/// is needed.
const Expr *Finder::detachOf(const Task &T, bool &Detached) {
  Detached = T.Detach || T.Model->Ends == TaskEnd::Detached ||
             (T.Model->Object >= 0 && detachesItself(*T.Entry));
  if (Detached)
    return T.Detach;
  const Expr *Result = nullptr;
  ValuePlaces Places(*T.Spawner, TU.paths());
  forEachStmt(T.Spawner->getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const Expr *Object = detachedBy(S);
    if (!Object)
      return;
    const auto *Call = cast<CallExpr>(S);
    if (writtenArgs(Call) < 2) {
      // `for (auto &t : threads) t.detach();`
      const LockPath *P = Places.object(Object);
      if (T.Handle && !T.Handle->isUnknown() && P->startsWith(T.Handle))
        Result = Call;
      return;
    }
    // An argument of the spawn that was detached before there was a thread.
    Expr::EvalResult State;
    const Expr *Chosen = argument(Call, 1);
    if (Chosen->isValueDependent() ||
        !Chosen->EvaluateAsInt(State, TU.context()) || State.Val.getInt() == 0)
      return;
    const LockPath *Attributes = TU.paths().of(Object);
    for (unsigned I = 0, N = writtenArgs(T.Spawn); I < N; ++I)
      Detached |= !Attributes->isUnknown() &&
                  TU.paths().of(argument(T.Spawn, I)) == Attributes;
  });
  Detached |= Result != nullptr;
  return Result;
}

/// It does something, and that ends.
bool Finder::isWork(const Task &T) {
  if (!T.Entry || (How.of(T.Entry) & Daemon))
    return false;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(T.Entry->getBody());
  return !(Body && Body->body_empty()) &&
         !TU.exitPaths().endlessLoop(T.Entry, Thrown::Terminates);
}

/// The tasks of \p F in \p Set end soon by themselves, and the one that is
/// looked at is not among them.
bool Finder::isShort(TaskSet Set, const FunctionDecl &F) {
  llvm::ArrayRef<Task> All = TU.tasks().of(&F);
  for (unsigned I = 0; I < MaxTasks && I < All.size(); ++I)
    if ((Set >> I & 1) &&
        (&All[I] == Current || !isWork(All[I]) ||
         (How.of(All[I].Entry) & (LastsUnseen | LastsNetwork | LastsProcess))))
      return false;
  return Set != 0;
}

//===----------------------------------------------------------------------===//
// What follows
//===----------------------------------------------------------------------===//

Body &Finder::bodyOf(const FunctionDecl &F) {
  auto [It, New] = Bodies.try_emplace(&F);
  Body &B = It->second;
  if (!New)
    return B;
  CFG::BuildOptions Options;
  Options.AddLifetime = true;
  Options.setAllAlwaysAdd();
  B.Graph = CFG::buildCFG(&F, F.getBody(), &TU.context(), Options);
  B.Ends = findTaskEnds(F, TU);
  if (B.Graph)
    for (const CFGBlock *Block : *B.Graph)
      for (unsigned I = 0; I < Block->size(); ++I)
        if (auto S = (*Block)[I].getAs<CFGStmt>())
          B.Places[S->getStmt()] = {Block, I};
  return B;
}

void Finder::addCall(const FunctionDecl &F, const Expr &Call, Tail &Out) {
  const FunctionDecl *Named = namedCallee(&Call);
  const FunctionModel *M =
      Named ? TU.models().function(Named, writtenArgs(&Call)) : nullptr;
  unsigned Reasons = How.ofCall(Call);
  if (M && Reasons == LastsEnd) {
    if (!Out.Exit || SM.isBeforeInTranslationUnit(Call.getBeginLoc(),
                                                  Out.Exit->getBeginLoc()))
      Out.Exit = &Call;
    return;
  }
  if (M && M->Blocks == Category::Sleep && !Out.Sleep)
    Out.Sleep = &Call;
  if (Reasons == LastsWait && M && !isShared(&Call)) {
    const TaskEnds &Ends = bodyOf(F).Ends;
    if (isShort(Ends.After.lookup(&Call) | Ends.Timed.lookup(&Call).Tasks, F))
      return; // for others, which are soon over
  }
  // A callee that ends the process on some path does not wait, either.
  Out.Lasts |= (Reasons & ~unsigned(LastsEnd)) != 0;
}

/// `auto done = promise.get_future()`: its destructor waits for nobody.
bool isPromised(const VarDecl &V, const Models &M) {
  const Expr *Made = V.hasInit() ? producer(V.getInit()) : nullptr;
  const Expr *Object = Made ? objectArgument(Made) : nullptr;
  const TypeModel *Type = Object ? M.type(Object->getType()) : nullptr;
  return Type && Type->Kind == TypeKind::Promise;
}

void Finder::addElement(const FunctionDecl &F, const CFGElement &Element,
                        Tail &Out) {
  if (auto End = Element.getAs<CFGLifetimeEnds>()) {
    const VarDecl *V = End->getVarDecl();
    if (Current->Handle && Current->Handle->variable() == V)
      return; // it was detached
    if (How.ofEnd(V->getType()) != LastsNot && !isPromised(*V, TU.models()))
      Out.Lasts |= !isShort(bodyOf(F).Ends.AtDeath.lookup(V), F);
    return;
  }
  auto Stmt = Element.getAs<CFGStmt>();
  if (!Stmt)
    return;
  const clang::Stmt &S = *Stmt->getStmt();
  if (isa<CallExpr>(S) || isa<CXXConstructExpr>(S))
    addCall(F, cast<Expr>(S), Out);
  else if (!isa<DeclStmt>(S)) // its variables end elsewhere
    Out.Lasts |= isa<CoawaitExpr>(S) || isa<CoyieldExpr>(S);
  if (isa<ReturnStmt>(S) || isa<CoreturnStmt>(S)) {
    SourceLocation Loc = S.getBeginLoc();
    if (!Out.Return.isValid() || SM.isBeforeInTranslationUnit(Loc, Out.Return))
      Out.Return = Loc;
  }
}

/// \p S names something that the task may change.
bool Finder::isShared(const Stmt *S) const {
  return llvm::any_of(mentionedDecls(S), [&](const ValueDecl *D) {
    return !isa<FunctionDecl>(D) && !isa<EnumConstantDecl>(D) &&
           !D->getType().isConstQualified() && Shared.count(D);
  });
}

/// Loops that end when something happens, and tests of what the task sets.
void Finder::addTerminator(const CFGBlock &Block, Tail &Out) {
  const Stmt *Branch = Block.getTerminatorStmt();
  if (!Branch)
    return;
  Out.Lasts |= How.ofLoop(*Branch) != LastsNot;
  Out.Lasts |= isShared(conditionIn(*Branch));
}

Tail Finder::tailOf(const FunctionDecl &F, const Stmt &From) {
  Tail Out;
  Body &B = bodyOf(F);
  auto Place = B.Places.find(&From);
  if (Place == B.Places.end()) {
    Out.Lasts = true;
    return Out;
  }
  llvm::BitVector Seen(B.Graph->getNumBlockIDs());
  llvm::SmallVector<std::pair<const CFGBlock *, unsigned>, 8> Work{
      {Place->second.first, Place->second.second + 1}};
  while (!Work.empty() && !Out.Lasts) {
    auto [Block, First] = Work.pop_back_val();
    for (unsigned I = First; I < Block->size(); ++I)
      addElement(F, (*Block)[I], Out);
    addTerminator(*Block, Out);
    Out.Returns |= Block == &B.Graph->getExit();
    if (Block->hasNoReturnElement())
      continue;
    for (const CFGBlock::AdjacentBlock &Next : Block->succs())
      if (const CFGBlock *To = Next.getReachableBlock())
        if (!Seen.test(To->getBlockID())) {
          Seen.set(To->getBlockID());
          Work.push_back({To, 0});
        }
  }
  Out.Returns |= Out.Return.isValid();
  if (Out.Returns && !Out.Return.isValid())
    Out.Return = F.getEndLoc();
  return Out;
}

/// The calls of \p F in \p Caller, and of what runs F as its callable, in the
/// order of the source.
std::vector<const Expr *> Finder::callsOf(const FunctionDecl &F,
                                          const FunctionDecl &Caller) {
  std::vector<const Expr *> Result;
  for (const auto &Place : bodyOf(Caller).Places) {
    const Stmt *S = Place.first;
    if (!isa<CallExpr>(S) && !isa<CXXConstructExpr>(S))
      continue;
    const auto *Call = cast<Expr>(S);
    const FunctionDecl *Callee = callee(Call);
    bool Runs = Callee && Callee->getCanonicalDecl() == F.getCanonicalDecl();
    const FunctionDecl *Named = namedCallee(Call);
    const FunctionModel *M =
        Named ? TU.models().function(Named, writtenArgs(Call)) : nullptr;
    if (M && M->Does == Effect::RunNow)
      for (unsigned I = 0, N = numArguments(Call); I < N; ++I)
        Runs |= callableBody(argument(Call, I)) == &F;
    if (Runs)
      Result.push_back(Call);
  }
  llvm::sort(Result, [&](const Expr *A, const Expr *B) {
    return SM.isBeforeInTranslationUnit(A->getBeginLoc(), B->getBeginLoc());
  });
  return Result;
}

/// True if every way from \p From in \p F to the end of main is a short one.
bool Finder::follow(const FunctionDecl &F, const Stmt &From, LostWork &Work,
                    unsigned Depth) {
  LostWork Result;
  Tail Next = tailOf(F, From);
  if (Next.Lasts || Depth > 16)
    return false;
  if (!Work.Sleep)
    Work.Sleep = Next.Sleep;
  if (Next.Exit && !Next.Returns) {
    Work.End = Next.Exit->getBeginLoc();
    Work.Exits = true;
    return true;
  }
  if (!Next.Returns)
    return false;
  if (&F == Main) {
    Work.End = Next.Return;
    return true;
  }
  bool Any = false;
  for (const FunctionDecl *Caller : Callers.lookup(&F))
    for (const Expr *Call : callsOf(F, *Caller)) {
      LostWork Up = Work;
      if (!follow(*Caller, *Call, Up, Depth + 1))
        return false;
      if (Caller == Main)
        Up.Call = Call;
      if (!Any)
        Result = Up;
      Any = true;
    }
  Work = Result;
  return Any;
}

//===----------------------------------------------------------------------===//
// main and what it calls
//===----------------------------------------------------------------------===//

void Finder::findCallers() {
  for (const FunctionDecl *F : TU.functions().functions())
    if (const FunctionScan *Scan = TU.functions().scan(F))
      for (const FunctionDecl *Callee : Scan->Callees)
        Callers[Callee].push_back(F);
}

bool Finder::isOnlyMains(const FunctionDecl *F) {
  llvm::DenseSet<const FunctionDecl *> Seen{F};
  llvm::SmallVector<const FunctionDecl *, 8> Work{F};
  while (!Work.empty()) {
    const FunctionDecl *Next = Work.pop_back_val();
    if (Next == Main)
      continue;
    auto It = Callers.find(Next);
    if (It == Callers.end())
      return false;
    for (const FunctionDecl *Caller : It->second)
      if (Seen.insert(Caller).second)
        Work.push_back(Caller);
  }
  return true;
}

/// What the task, or what it calls, may change for others to see: not what it
/// has a copy of.
DeclSet Finder::sharedBy(const Task &T) {
  DeclSet Names;
  llvm::SmallVector<const FunctionDecl *, 16> Work{T.Entry};
  for (size_t I = 0; I < Work.size() && I < MaxCallees; ++I) {
    for (const ValueDecl *D : mentionedDecls(Work[I]->getBody()))
      Names.insert(D);
    if (const FunctionScan *Scan = TU.functions().scan(Work[I]))
      for (const FunctionDecl *Callee : Scan->Callees)
        if (!llvm::is_contained(Work, Callee))
          Work.push_back(Callee);
  }
  for (const Capture &C : T.Captures)
    if (C.Var && C.Kind == CaptureKind::Value)
      Names.erase(C.Var->getCanonicalDecl());
  for (const Capture &C : T.Captures)
    if (C.Var && C.Kind != CaptureKind::Value)
      Names.insert(C.Var->getCanonicalDecl());
  return Names;
}

void Finder::check(const Task &T) {
  if (!T.Entry || T.Join || T.IsReturned || T.Model->Ends == TaskEnd::Pool)
    return;
  LostWork Work;
  Work.T = &T;
  bool Detached = false;
  Work.Detach = detachOf(T, Detached);
  if (!Detached || !isWork(T))
    return;
  Current = &T;
  Shared = sharedBy(T);
  if (follow(*T.Spawner, *T.Spawn, Work, 0))
    Result.push_back(Work);
}

std::vector<LostWork> Finder::run() {
  llvm::ArrayRef<const FunctionDecl *> All = TU.functions().functions();
  const auto *It =
      llvm::find_if(All, [](const FunctionDecl *F) { return F->isMain(); });
  if (It == All.end() || !TU.functions().maySpawn(*It))
    return {};
  Main = *It;
  findCallers();
  for (const FunctionDecl *F : All) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (Scan && !Scan->OverBudget && !Scan->Spawns.empty() && isOnlyMains(F))
      for (const Task &T : TU.tasks().of(F))
        check(T);
  }
  return std::move(Result);
}

} // namespace

std::vector<LostWork> lostWork(TranslationUnit &TU) { return Finder(TU).run(); }

} // namespace threadlint
