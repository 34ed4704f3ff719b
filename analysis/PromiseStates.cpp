//===- PromiseStates.cpp - Promises that are set twice, or never ----------===//
// See the header. A path on which a condition may depend on an earlier one, in
// a way that is not understood, says nothing any more.
//===----------------------------------------------------------------------===//
#include "analysis/PromiseStates.h"
#include "analysis/BodyParents.h"
#include "analysis/CallInfo.h"
#include "analysis/Events.h"
#include "analysis/LockPath.h"
#include "analysis/PathConditions.h"
#include "analysis/PromiseRounds.h"
#include "analysis/PromiseUses.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ParentMap.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/Hashing.h"
#include <map>
#include <set>

using namespace clang;

namespace threadlint {
namespace {

using What = PromiseMistake::Kind;
using Op = PromiseOp::Kind;

// Points that one function's search visits; more would be a function nobody can
// read.
constexpr size_t MaxPoints = 4000;
constexpr unsigned MaxDepth = 3; // of callees that are given a promise

enum class Known : uint8_t { Unknown, No, Yes };

/// Where something happened, and what has happened since.
struct Since {
  const Expr *Where = nullptr;
  bool Around = false; ///< a loop began another round
  bool Called = false; ///< other code has run
};

/// One promise or future on one path.
struct State {
  Known Set = Known::Unknown;   ///< of a promise
  Known Taken = Known::Unknown; ///< a promise's future, a future's result
  bool Shared = true;           ///< somebody else may set it
  bool Gone = false;            ///< moved from: what is said above went with it
  bool Ended = false;           ///< its variable is destroyed
  bool Replaced = false;        ///< it has a new value since the function began
  int Promise = -1;             ///< of a future
  Since SetAt, TakenAt;

  uint64_t digest() const {
    return llvm::hash_combine(unsigned(Set), unsigned(Taken), Shared, Gone,
                              Ended, Replaced, Promise, SetAt.Where,
                              SetAt.Around, SetAt.Called, TakenAt.Where,
                              TakenAt.Around, TakenAt.Called);
  }
  void forget() {
    Set = Taken = Known::Unknown;
    Shared = true;
    Promise = -1;
  }
};

using States = llvm::SmallVector<State, 4>;

struct Point {
  const CFGBlock *Block = nullptr;
  States Now;
  PathMemory Memory;
  SourceLocation Return;
};

/// What becomes of an object in a function that is given it.
struct Effects {
  bool Sets = false, Takes = false, Unknown = true;
};

class Flow {
public:
  Flow(const FunctionDecl &F, TranslationUnit &TU, const LockPath *Follow,
       unsigned Depth)
      : F(F), TU(TU), SM(TU.context().getSourceManager()), Follow(Follow),
        Depth(Depth),
        Uses(findPromiseUses(F, TU,
                             Follow ? llvm::ArrayRef<const LockPath *>(Follow)
                                    : llvm::ArrayRef<const LockPath *>())) {}

  /// False: nothing can be said.
  bool run();
  int followed() const { return Uses.indexOf(Follow); }

  std::vector<PromiseMistake> Mistakes;
  struct Exit {
    UnsetExit Where;
    State Left; ///< what is followed
  };
  std::vector<Exit> Exits;

private:
  bool build();
  void add(Point P);
  void follow(Point P);
  bool runStmt(Point &P, const Stmt &S);
  void runDecl(Point &P, const DeclStmt &S);
  void apply(const PromiseOp &O, States &Now, const States &Before);
  void applyCall(const PromiseOp &O, State &Now);
  void set(unsigned Object, State &Now, const Expr *Where);
  void take(What How, unsigned Object, State &Now, const Expr *Where);
  void waitFor(const PromiseOp &O, const States &Now, int Promise);
  void begin(const PromiseOp &O, States &Now, const States &Before);
  void throwFrom(const Point &P, const Stmt &S);
  bool branch(Point &P, const CFGBlock &Block, unsigned Successor);
  bool alongValid(Point &P, const Expr &Test, bool IsTrue) const;
  void doubt(Point &P) const {
    for (State &S : P.Now)
      S.forget();
  }
  void leave(const Point &P, SourceLocation Loc, bool ByException);
  void report(What How, unsigned Object, const Since &Before, const Expr *Where,
              int Promise = -1);
  bool neverReturns(const Stmt &S) const;

  const FunctionDecl &F;
  TranslationUnit &TU;
  const SourceManager &SM;
  const LockPath *Follow;
  const unsigned Depth;
  PromiseUses Uses;
  std::unique_ptr<CFG> Cfg;
  std::unique_ptr<ParentMap> Parents;
  std::unique_ptr<PathConditions> Conditions;
  llvm::DenseMap<const Stmt *, const CFGBlock *> HandlerBlocks;
  std::map<std::pair<const FunctionDecl *, const LockPath *>, Effects> Callees;
  std::set<std::pair<unsigned, uint64_t>> Seen;
  std::vector<Point> Work;
};

//===----------------------------------------------------------------------===//
// Reports
//===----------------------------------------------------------------------===//

void Flow::report(What How, unsigned Object, const Since &Before,
                  const Expr *Where, int Promise) {
  const PromiseObject &O = Uses.All[Object];
  if (!Where || llvm::any_of(Mistakes, [&](const PromiseMistake &M) {
        return M.Where == Where && M.Object == O.Path;
      }))
    return;
  if (How != What::Never && How != What::Broken) {
    if (handlesFutureErrors(*Where, BodyParents(F)))
      return;
    if (!Before.Where ||
        (Before.Around && !repeatsInLoop(*Before.Where, *Where, *Parents)))
      return;
    if (!O.Local && (Before.Around || Before.Called) &&
        isReplacedElsewhere(*O.Path, F, TU))
      return;
  }
  PromiseMistake M;
  M.What = How;
  M.Object = O.Path;
  M.IsTask = O.IsTask;
  M.Where = Where;
  M.Before = Before.Where;
  if (Promise >= 0) {
    M.Promise = Uses.All[Promise].Path;
    M.IsTask = Uses.All[Promise].IsTask;
  }
  Mistakes.push_back(M);
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

void Flow::set(unsigned Object, State &Now, const Expr *Where) {
  if (Now.Set == Known::Yes && !Now.Gone)
    report(What::Set, Object, Now.SetAt, Where);
  if (Now.Gone)
    Now.forget();
  Now.Gone = false;
  Now.Set = Known::Yes;
  Now.SetAt = {Where};
}

void Flow::take(What How, unsigned Object, State &Now, const Expr *Where) {
  if (Now.Taken == Known::Yes && !Now.Gone)
    report(How, Object, Now.TakenAt, Where);
  if (How == What::Wait)
    return;
  if (Now.Gone)
    Now.forget();
  Now.Gone = false;
  Now.Taken = Known::Yes;
  Now.TakenAt = {Where};
}

/// Only this thread knows the promise, and has not set it.
void Flow::waitFor(const PromiseOp &O, const States &Now, int Promise) {
  if (Promise < 0)
    return;
  const State &P = Now[Promise];
  if (P.Set != Known::No || P.Shared || P.Gone)
    return;
  if (P.Ended)
    return report(What::Broken, O.Object, {}, O.Where, Promise);
  const Expr *Later = nullptr;
  for (const auto &Entry : Uses.Ops)
    for (const PromiseOp &Other : Entry.second)
      if (Other.Does == Op::Set && int(Other.Object) == Promise &&
          SM.isBeforeInTranslationUnit(O.Where->getExprLoc(),
                                       Other.Where->getExprLoc()) &&
          (!Later || SM.isBeforeInTranslationUnit(Other.Where->getExprLoc(),
                                                  Later->getExprLoc())))
        Later = Other.Where;
  report(What::Never, O.Object, {Later}, O.Where, Promise);
}

void Flow::begin(const PromiseOp &O, States &Now, const States &Before) {
  State &S = Now[O.Object];
  bool Shared = O.Where && S.Shared; // nobody knows a new variable
  S = State();
  S.Shared = Shared;
  S.Replaced = true;
  bool IsPromise = Uses.All[O.Object].IsPromise;
  if (O.New) {
    S.Set = S.Taken = Known::No;
    if (!IsPromise)
      S.Promise = O.From;
    return;
  }
  if (O.From >= 0 && Uses.All[O.From].IsPromise == IsPromise) {
    S = Before[O.From];
    S.Gone = false;
    S.Replaced = true;
    S.Shared |= Shared;
    return;
  }
  S.forget();
}

/// What \p Callee does with what it names \p Inner.
Effects effectsOf(const FunctionDecl &Callee, const LockPath *Inner,
                  TranslationUnit &TU, unsigned Depth) {
  Effects Result;
  const FunctionScan *Scan = TU.functions().scan(&Callee);
  const FunctionDecl *Definition = nullptr;
  if (Depth >= MaxDepth || !Scan || Scan->OverBudget ||
      !Callee.hasBody(Definition) || Inner->isUnknown())
    return Result;
  Flow Inside(*Definition, TU, Inner, Depth + 1);
  if (!Inside.run() || Inside.Exits.empty())
    return Result;
  auto All = [&](auto Property) {
    return llvm::all_of(Inside.Exits, [&](const Flow::Exit &E) {
      return E.Where.ByException || (!E.Left.Gone && Property(E.Left));
    });
  };
  Result.Sets = All([](const State &S) { return S.Set == Known::Yes; });
  Result.Takes = All([](const State &S) { return S.Taken == Known::Yes; });
  Result.Unknown = !All([&](const State &S) {
    return !S.Shared && !S.Replaced &&
           S.Set == (Result.Sets ? Known::Yes : Known::No) &&
           S.Taken == (Result.Takes ? Known::Yes : Known::No);
  });
  return Result;
}

void Flow::applyCall(const PromiseOp &O, State &Now) {
  auto [It, New] = Callees.try_emplace({O.Callee, O.Inner});
  if (New)
    It->second = effectsOf(*O.Callee, O.Inner, TU, Depth);
  const Effects Done = It->second;
  if (Done.Sets)
    set(O.Object, Now, O.Where);
  if (Done.Takes)
    take(Uses.All[O.Object].IsPromise ? What::Retrieve : What::Take, O.Object,
         Now, O.Where);
  if (!Done.Unknown)
    return;
  Now.Shared = true;
  Now.Set = Done.Sets ? Known::Yes : Known::Unknown;
  Now.Taken = Done.Takes ? Known::Yes : Known::Unknown;
}

void Flow::apply(const PromiseOp &O, States &Now, const States &Before) {
  State &S = Now[O.Object];
  switch (O.Does) {
  case Op::Set:
    return set(O.Object, S, O.Where);
  case Op::Retrieve:
    return take(What::Retrieve, O.Object, S, O.Where);
  case Op::Take:
  case Op::Wait:
    if (O.From >= 0)
      return waitFor(O, Now, O.From);
    waitFor(O, Now, S.Gone ? -1 : S.Promise);
    if (Uses.All[O.Object].Once)
      take(O.Does == Op::Take ? What::Take : What::Wait, O.Object, S, O.Where);
    return;
  case Op::Begin:
    return begin(O, Now, Before);
  case Op::Move:
    S.Gone = true;
    return;
  case Op::Forget:
    return S.forget();
  case Op::Call:
    return applyCall(O, S);
  }
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

bool Flow::neverReturns(const Stmt &S) const {
  const FunctionDecl *Callee =
      isa<CallExpr>(S) ? callee(cast<Expr>(&S)) : nullptr;
  return Callee && TU.functions().mayNotReturn(Callee) &&
         TU.summaries().of(Callee).NeverReturns;
}

void Flow::runDecl(Point &P, const DeclStmt &S) {
  for (const Decl *D : S.decls()) {
    const auto *V = dyn_cast<VarDecl>(D);
    if (!V)
      continue;
    auto It = Uses.Begins.find(V);
    if (It != Uses.Begins.end())
      apply(It->second, P.Now, P.Now);
    else
      P.Memory.Facts.assign(*V, V->getInit(), TU.context());
  }
}

/// False: control does not get past \p S.
bool Flow::runStmt(Point &P, const Stmt &S) {
  if (const auto *Return = dyn_cast<ReturnStmt>(&S))
    P.Return = Return->getBeginLoc();
  if (const auto *Decls = dyn_cast<DeclStmt>(&S))
    runDecl(P, *Decls);
  auto Ops = Uses.Ops.find(&S);
  if (Ops != Uses.Ops.end()) {
    const States Before = P.Now;
    for (const PromiseOp &O : Ops->second)
      apply(O, P.Now, Before);
    return !neverReturns(S);
  }
  Conditions->learn(P.Memory, S);
  if (isa<CallExpr>(S)) {
    const FunctionDecl *Callee = namedCallee(cast<Expr>(&S));
    if (!Callee || !isStandard(*Callee) ||
        TU.models().function(Callee, writtenArgs(cast<Expr>(&S))))
      for (State &Each : P.Now)
        Each.SetAt.Called = Each.TakenAt.Called = true;
  }
  throwFrom(P, S);
  return !isa<CXXThrowExpr>(S) && !neverReturns(S);
}

void Flow::throwFrom(const Point &P, const Stmt &S) {
  for (const Escape *E : TU.exceptions().thrownBy(S, F)) {
    const CXXCatchStmt *Handler = nullptr;
    const Stmt *Inner = &S;
    for (const Stmt *Up = Parents->getParent(Inner); Up && !Handler;
         Inner = Up, Up = Parents->getParent(Up)) {
      const auto *Try = dyn_cast<CXXTryStmt>(Up);
      if (Try && Inner == Try->getTryBlock())
        Handler = TU.exceptions().handlerFor(*Try, *E);
    }
    if (!Handler) {
      leave(P, S.getBeginLoc(), /*ByException=*/true);
      continue;
    }
    Point Caught = P;
    Caught.Block = HandlerBlocks.lookup(Handler);
    if (Caught.Block)
      add(std::move(Caught));
  }
}

void Flow::leave(const Point &P, SourceLocation Loc, bool ByException) {
  int I = Follow ? followed() : -1;
  if (I >= 0)
    Exits.push_back({{Loc, ByException}, P.Now[I]});
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

/// False: there is no such path.
bool Flow::alongValid(Point &P, const Expr &Test, bool IsTrue) const {
  Condition Asked = conditionOf(&Test, TU.context());
  auto Query = Asked.Tested ? Uses.Valid.find(Asked.Tested) : Uses.Valid.end();
  if (Query == Uses.Valid.end())
    return true;
  State &S = P.Now[Query->second];
  bool Valid = IsTrue == Asked.TrueMeansNonZero;
  if (S.Gone)
    return true;
  if (Uses.All[Query->second].IsPromise)
    return true;
  if (Valid && S.Taken == Known::Yes)
    return false;
  if (Valid)
    S.Taken = Known::No;
  return true;
}

bool Flow::branch(Point &P, const CFGBlock &Block, unsigned Successor) {
  const Stmt *Branch = Block.getTerminatorStmt();
  if (!Branch || Block.succ_size() < 2)
    return true;
  const Expr *Test = branchCondition(Block);
  if (!Test)
    return true;
  bool TwoWay = Block.succ_size() == 2 && !isa<SwitchStmt>(Branch);
  if (TwoWay && !alongValid(P, *Test, Successor == 0))
    return false;
  std::optional<bool> Outcome;
  if (TwoWay)
    Outcome = Successor == 0;
  PathConditions::Way Way = Conditions->along(P.Memory, *Branch, *Test, Outcome);
  if (Way == PathConditions::Way::Doubtful)
    doubt(P);
  return Way != PathConditions::Way::Closed;
}

//===----------------------------------------------------------------------===//
// Search
//===----------------------------------------------------------------------===//

bool Flow::build() {
  if (Uses.All.empty() || isa<CoroutineBodyStmt>(F.getBody()))
    return false;
  CFG::BuildOptions Options;
  Options.AddInitializers = true;
  Options.AddLifetime = true;
  Options.setAllAlwaysAdd();
  Cfg = CFG::buildCFG(&F, F.getBody(), &TU.context(), Options);
  if (!Cfg)
    return false;
  Parents = std::make_unique<ParentMap>(F.getBody());
  Conditions = std::make_unique<PathConditions>(F, *Cfg, TU.context());
  for (const CFGBlock *Block : *Cfg)
    if (const auto *Catch = dyn_cast_or_null<CXXCatchStmt>(Block->getLabel()))
      HandlerBlocks[Catch] = Block;
  return true;
}

void Flow::add(Point P) {
  uint64_t Digest =
      llvm::hash_combine(P.Memory.digest(), P.Return.getRawEncoding());
  for (const State &S : P.Now)
    Digest = llvm::hash_combine(Digest, S.digest());
  if (Seen.size() < MaxPoints &&
      Seen.insert({P.Block->getBlockID(), Digest}).second)
    Work.push_back(std::move(P));
}

void Flow::follow(Point P) {
  const CFGBlock &Block = *P.Block;
  for (const CFGElement &Element : Block) {
    if (auto S = Element.getAs<CFGStmt>()) {
      if (!runStmt(P, *S->getStmt()))
        return;
    } else if (auto End = Element.getAs<CFGLifetimeEnds>()) {
      auto It = Uses.Begins.find(End->getVarDecl());
      if (It != Uses.Begins.end())
        P.Now[It->second.Object].Ended = true;
    }
  }
  if (Block.hasNoReturnElement() ||
      isa_and_nonnull<CXXTryStmt>(Block.getTerminatorStmt()))
    return;
  unsigned Successor = 0;
  for (const CFGBlock::AdjacentBlock &Adjacent : Block.succs()) {
    unsigned Index = Successor++;
    const CFGBlock *Next = Adjacent.getReachableBlock();
    if (!Next)
      continue;
    Point Out = P;
    if (!branch(Out, Block, Index))
      continue;
    if (Next == &Cfg->getExit()) {
      leave(Out, Out.Return.isValid() ? Out.Return : F.getBody()->getEndLoc(),
            /*ByException=*/false);
      continue;
    }
    if (Block.getLoopTarget()) // around
      for (State &S : Out.Now)
        S.SetAt.Around = S.TakenAt.Around = true;
    Out.Block = Next;
    add(std::move(Out));
  }
}

bool Flow::run() {
  if (!build())
    return false;
  Point Start;
  Start.Block = &Cfg->getEntry();
  Start.Now.resize(Uses.All.size());
  if (int I = Follow ? followed() : -1; I >= 0) {
    Start.Now[I].Set = Start.Now[I].Taken = Known::No;
    Start.Now[I].Shared = false;
  } else if (Follow) {
    return false;
  }
  // Whatever a handler does twice is a mistake, whoever has thrown.
  for (const CFGBlock *Block : *Cfg)
    if (isa_and_nonnull<CXXCatchStmt>(Block->getLabel()) && !Follow) {
      Point Caught;
      Caught.Block = Block;
      Caught.Now.resize(Uses.All.size());
      add(std::move(Caught));
    }
  add(std::move(Start));
  while (!Work.empty()) {
    Point Next = std::move(Work.back());
    Work.pop_back();
    follow(std::move(Next));
  }
  return Seen.size() < MaxPoints;
}

template <class RangeT>
void sortBySource(RangeT &Range, const SourceManager &SM) {
  llvm::sort(Range, [&](const auto &A, const auto &B) {
    return SM.isBeforeInTranslationUnit(A.Where->getExprLoc(),
                                        B.Where->getExprLoc());
  });
}

} // namespace

std::vector<PromiseMistake> promiseMistakes(const FunctionDecl &F,
                                            TranslationUnit &TU) {
  const FunctionScan *Scan = TU.functions().scan(&F);
  const FunctionDecl *Definition = nullptr;
  if (!Scan || Scan->OverBudget || !F.hasBody(Definition) ||
      Definition->isDependentContext() ||
      !TU.functions().mayUsePromises(Definition))
    return {};
  Flow Search(*Definition, TU, nullptr, 0);
  Search.run();
  sortBySource(Search.Mistakes, TU.context().getSourceManager());
  return std::move(Search.Mistakes);
}

llvm::SmallVector<UnsetExit, 2> unsetExits(const FunctionDecl &F,
                                           const LockPath *Promise,
                                           TranslationUnit &TU) {
  llvm::SmallVector<UnsetExit, 2> Result;
  const FunctionScan *Scan = TU.functions().scan(&F);
  if (!Scan || Scan->OverBudget)
    return Result;
  Flow Search(F, TU, Promise, 0);
  if (!Search.run())
    return Result;
  for (const Flow::Exit &E : Search.Exits)
    if (E.Left.Set == Known::No && !E.Left.Shared && !E.Left.Gone &&
        llvm::none_of(Result, [&](const UnsetExit &Other) {
          return Other.Loc == E.Where.Loc;
        }))
      Result.push_back(E.Where);
  const SourceManager &SM = TU.context().getSourceManager();
  llvm::sort(Result, [&](const UnsetExit &A, const UnsetExit &B) {
    return SM.isBeforeInTranslationUnit(A.Loc, B.Loc);
  });
  return Result;
}

} // namespace threadlint
