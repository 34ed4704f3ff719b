//===- ThreadStates.cpp - Threads that nobody joins, or twice -------------===//
// See the header. The state of a variable is the set of what it may be; doubt adds
// Unknown, of which nothing is reported.
//===----------------------------------------------------------------------===//
#include "analysis/ThreadStates.h"
#include "analysis/BlockingCalls.h"
#include "analysis/CallInfo.h"
#include "analysis/Events.h"
#include "analysis/FunctionBody.h"
#include "analysis/LockPath.h"
#include "analysis/ThreadHandles.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ParentMap.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/BitVector.h"

using namespace clang;

namespace threadlint {
namespace {

using What = ThreadMistake::Kind;
using Op = ThreadOp::Kind;

enum : uint8_t {
  NoThread = 1,
  Joinable = 2,
  Joined = 4,
  Detached = 8,
  Moved = 16,
  Unknown = 32,
  Initial = 64, ///< what it was before the function; as unknown as that
};

/// What one variable may be.
struct State {
  uint8_t Bits = NoThread;
  const Expr *Start = nullptr; ///< of the thread
  const Expr *Ended = nullptr; ///< the join, detach or move

  bool join(const State &Other) {
    State Before = *this;
    Bits |= Other.Bits;
    if (!Start)
      Start = Other.Start;
    if (!Ended)
      Ended = Other.Ended;
    return Bits != Before.Bits || Start != Before.Start || Ended != Before.Ended;
  }
};

using States = llvm::SmallVector<State, 4>;

class Flow {
public:
  Flow(const FunctionDecl &F, TranslationUnit &TU)
      : F(F), TU(TU), SM(TU.context().getSourceManager()),
        Handles(findThreadHandles(F, TU)) {}

  void run();
  std::vector<ThreadMistake> Result;

private:
  bool build();
  void transfer(const CFGBlock &Block, States Now, bool Report);
  bool runStmt(const Stmt &S, States &Now, bool Report);
  void apply(const ThreadOp &O, States &All, bool Report);
  bool mayReachObject(const Stmt &S) const;
  States atEntry() const;
  void alongEdge(const CFGBlock &Block, unsigned Successor, States &Now) const;
  void alongTest(const Stmt &Branch, const Expr *Test, bool IsTrue,
                 States &Now) const;
  bool isRelated(const ThreadHandle &H, const Stmt &Branch,
                 const DeclSet &Tested) const;
  void flowTo(const CFGBlock *Next, const States &Now);
  void throwFrom(const Stmt &S, const States &Now, bool Report);
  void end(unsigned Handle, State &Now, SourceLocation Where, What How,
           bool Report);
  void report(What How, unsigned Handle, const State &Now, const Expr *Where,
              SourceLocation Death, bool Always);
  bool neverReturns(const Stmt &S) const;

  const FunctionDecl &F;
  TranslationUnit &TU;
  const SourceManager &SM;
  ThreadHandles Handles;
  std::unique_ptr<CFG> Cfg;
  std::unique_ptr<ParentMap> Parents;
  llvm::DenseMap<const Stmt *, const CFGBlock *> HandlerBlocks;
  std::vector<States> In;
  llvm::BitVector Seen;
  std::vector<const CFGBlock *> Work;
};

//===----------------------------------------------------------------------===//
// Reports
//===----------------------------------------------------------------------===//

void Flow::report(What How, unsigned Handle, const State &Now,
                  const Expr *Where, SourceLocation Death, bool Always) {
  const ThreadHandle &H = Handles.All[Handle];
  bool IsEnd = Death.isValid();
  for (const ThreadMistake &M : Result)
    if (M.Var == H.Var && (IsEnd ? M.Death.isValid() : M.Where == Where))
      return;
  ThreadMistake M;
  M.What = How;
  M.Var = H.Var;
  M.IsC = H.IsC;
  M.Many = H.Many;
  M.OnEveryPath = Always;
  M.Start = Now.Start;
  M.Where = Where;
  M.Before = Now.Ended;
  M.Death = Death;
  Result.push_back(M);
}

/// The variable ends here.
void Flow::end(unsigned Handle, State &Now, SourceLocation Where, What How,
               bool Report) {
  const ThreadHandle &H = Handles.All[Handle];
  bool Leaks = (Now.Bits & Joinable) && !(Now.Bits & Unknown) && H.MustJoin &&
               !H.IsOuter;
  // The process ends with main: only a thread that is never joined is worth it.
  if (H.IsC && F.isMain() && H.Ends)
    Leaks = false;
  // The return of an assertion: the test has failed already.
  if (Leaks && Report && !Where.isMacroID())
    report(How, Handle, Now, nullptr, Where, Now.Bits == Joinable);
  Now = State();
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

static What mistakeOf(uint8_t Bits) {
  return Bits & Joined     ? What::Joined
         : Bits & Detached ? What::Detached
         : Bits & Moved    ? What::Moved
                           : What::Empty;
}

void Flow::apply(const ThreadOp &O, States &All, bool Report) {
  State &Now = All[O.Handle];
  const ThreadHandle &H = Handles.All[O.Handle];
  uint8_t Gone = Now.Bits & (Joined | Detached | Moved);
  switch (O.Does) {
  case Op::Start:
    // A second pthread_create() into the same variable.
    if (Report && H.IsC && !H.Many && H.MustJoin && (Now.Bits & Joinable) &&
        !(Now.Bits & Unknown))
      report(What::Replaced, O.Handle, Now, O.Where, SourceLocation(),
             Now.Bits == Joinable);
    Now.Bits = H.Many ? (Now.Bits | Joinable) & ~NoThread : Joinable;
    Now.Start = O.Where;
    return;
  case Op::Replace:
    if (Report && (Now.Bits & Joinable) && !(Now.Bits & (Unknown | Initial)) &&
        H.MustJoin && !H.IsC && !O.Where->getExprLoc().isMacroID())
      report(What::Replaced, O.Handle, Now, O.Where, SourceLocation(),
             Now.Bits == Joinable);
    Now = State{uint8_t(O.Starts ? Joinable : O.Clears ? NoThread : Unknown),
                O.Starts ? O.Where : nullptr, nullptr};
    return;
  case Op::Join:
  case Op::Detach:
    // Empty on some path only: a condition that is not understood.
    if (Report && !(Now.Bits & Unknown) &&
        (Gone || !(Now.Bits & (Joinable | Initial))))
      report(mistakeOf(Now.Bits), O.Handle, Now, O.Where, SourceLocation(),
             !(Now.Bits & (Joinable | Initial)));
    Now.Bits = O.Does == Op::Join ? Joined : Detached;
    Now.Ended = O.Where;
    return;
  case Op::Move:
    Now.Bits = Moved;
    Now.Ended = O.Where;
    return;
  case Op::Take:
    Now = All[O.From];
    return;
  case Op::Unknown:
    Now.Bits = Unknown;
    return;
  }
}

/// \p S may change members of `*this`, or wait while others do.
bool Flow::mayReachObject(const Stmt &S) const {
  if (isa<CoawaitExpr>(S) || isa<CoyieldExpr>(S))
    return true;
  if (!isa<CallExpr>(S) && !isa<CXXConstructExpr>(S))
    return false;
  const auto *Call = cast<Expr>(&S);
  const FunctionDecl *Named = namedCallee(Call);
  if (!Named)
    return true;
  const FunctionModel *Model = TU.models().function(Named, writtenArgs(Call));
  if (Model && (Model->Does == Effect::Acquire ||
                Model->Does == Effect::TryAcquire ||
                Model->Blocks == Category::Wait))
    return true;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Call)) {
    const TypeModel *Type =
        TU.models().record(Construct->getConstructor()->getParent());
    if (Type && Type->Kind == TypeKind::Guard)
      return true;
  }
  if (const Expr *Object = objectArgument(Call))
    if (isa<CXXThisExpr>(producer(Object)) || isCallableType(Object->getType()))
      return true;
  for (unsigned I = 0, N = numArguments(Call); I < N; ++I) {
    const Expr *Arg = producer(argument(Call, I));
    if (isa<CXXThisExpr>(Arg) || lambdaOf(Arg))
      return true;
  }
  return false;
}

bool Flow::neverReturns(const Stmt &S) const {
  const FunctionDecl *Callee =
      isa<CallExpr>(S) ? callee(cast<Expr>(&S)) : nullptr;
  return Callee && TU.functions().mayNotReturn(Callee) &&
         TU.summaries().of(Callee).NeverReturns;
}

/// False: control does not get past \p S.
bool Flow::runStmt(const Stmt &S, States &Now, bool Report) {
  auto Ops = Handles.Ops.find(&S);
  if (Ops != Handles.Ops.end()) {
    for (const ThreadOp &O : Ops->second)
      apply(O, Now, Report);
    return true;
  }
  for (unsigned I = 0; I < Now.size(); ++I)
    if (isa<FieldDecl>(Handles.All[I].Var) && Now[I].Bits != Unknown &&
        mayReachObject(S))
      Now[I].Bits = Unknown;
  if (llvm::any_of(Now, [](const State &S) {
        return S.Bits & (Joinable | Joined | Detached | Moved);
      }))
    throwFrom(S, Now, Report);
  return !isa<CXXThrowExpr>(S) && !neverReturns(S);
}

/// An exception leaves the scopes between \p S and its handler.
void Flow::throwFrom(const Stmt &S, const States &Now, bool Report) {
  for (const Escape *E : TU.exceptions().thrownBy(S, F)) {
    const CXXCatchStmt *Handler = nullptr;
    llvm::SmallDenseSet<const Stmt *, 8> Left;
    const Stmt *Inner = &S;
    for (const Stmt *P = Parents->getParent(Inner); P && !Handler;
         Inner = P, P = Parents->getParent(P)) {
      const auto *Try = dyn_cast<CXXTryStmt>(P);
      if (Try && Inner == Try->getTryBlock())
        Handler = TU.exceptions().handlerFor(*Try, *E);
      else
        Left.insert(P);
    }
    // It ends the process whether there are threads or not.
    if (!Handler && F.isMain())
      continue;
    States After = Now;
    for (unsigned I = 0; I < After.size(); ++I)
      if (!Handler || Left.count(Handles.All[I].Scope))
        end(I, After[I], S.getBeginLoc(), What::Exception,
            Report && Handles.All[I].Scope);
    if (Handler && !Report)
      flowTo(HandlerBlocks.lookup(Handler), After);
  }
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

/// The condition has to do with another one that decided about the thread, or
/// with a flag that is set where that happens.
bool Flow::isRelated(const ThreadHandle &H, const Stmt &Branch,
                     const DeclSet &Tested) const {
  auto Names = [&](const DeclSet &Decls) {
    return llvm::any_of(Tested, [&](const ValueDecl *D) {
      return !isa<FunctionDecl>(D) && D != H.Var && Decls.count(D);
    });
  };
  if (Names(H.Flags))
    return true;
  const Stmt *If = &Branch;
  while (If && !isa<IfStmt>(If) && isa<Expr>(If)) // `a && b`
    If = Parents->getParent(If);
  return llvm::any_of(H.Ifs, [&](const auto &Entry) {
    return Entry.first != If && Names(Entry.second);
  });
}

void Flow::alongTest(const Stmt &Branch, const Expr *Test, bool IsTrue,
                     States &Now) const {
  Condition Tested = conditionOf(Test, TU.context());
  if (!Tested.Tested)
    return;
  bool NonZero = IsTrue == Tested.TrueMeansNonZero;
  auto Query = Handles.Joinable.find(Tested.Tested);
  DeclSet Named = mentionedDecls(Test);
  for (unsigned I = 0; I < Now.size(); ++I) {
    const ThreadHandle &H = Handles.All[I];
    State &S = Now[I];
    if (Query != Handles.Joinable.end() && Query->second == I) {
      S.Bits &= NonZero ? Joinable | Unknown | Initial : ~Joinable;
      if (!S.Bits)
        S.Bits = Unknown; // never here
      continue;
    }
    const auto *Ref = dyn_cast<DeclRefExpr>(producer(Tested.Tested));
    bool IsResult =
        S.Start == Tested.Tested || (Ref && H.Results.count(Ref->getDecl()));
    bool IsSuccess = Ref && H.Successes.count(Ref->getDecl());
    if ((IsResult || IsSuccess) && H.IsC && !Tested.AgainstMinusOne) {
      if (NonZero != IsSuccess && (S.Bits & Joinable))
        S.Bits = (S.Bits & ~Joinable) | NoThread;
    } else if (Named.count(H.Var) || isRelated(H, Branch, Named) ||
               llvm::any_of(Named, [&](const ValueDecl *D) {
                 return H.Results.count(D);
               })) {
      S.Bits = Unknown;
    }
  }
}

void Flow::alongEdge(const CFGBlock &Block, unsigned Successor,
                     States &Now) const {
  const Stmt *Branch = Block.getTerminatorStmt();
  if (!Branch || Block.succ_size() != 2 || isa<SwitchStmt>(Branch))
    return;
  if (const Expr *Test = branchCondition(Block))
    alongTest(*Branch, Test, Successor == 0, Now);
  if (Successor == 1)
    for (unsigned I = 0; I < Now.size(); ++I)
      if (Handles.All[I].Loops.count(Branch))
        Now[I].Bits = Unknown; // joined as often as there are threads
}

//===----------------------------------------------------------------------===//
// Fixed point
//===----------------------------------------------------------------------===//

bool Flow::build() {
  if (Handles.All.empty())
    return false;
  CFG::BuildOptions Options;
  Options.AddLifetime = true;
  Options.AddInitializers = true;
  Options.setAllAlwaysAdd();
  Cfg = CFG::buildCFG(&F, writtenBody(F), &TU.context(), Options);
  if (!Cfg)
    return false;
  Parents = std::make_unique<ParentMap>(writtenBody(F));
  for (const CFGBlock *Block : *Cfg)
    if (const auto *Catch = dyn_cast_or_null<CXXCatchStmt>(Block->getLabel()))
      HandlerBlocks[Catch] = Block;
  In.resize(Cfg->getNumBlockIDs(), States(Handles.All.size()));
  for (States &S : In)
    for (State &Each : S)
      Each.Bits = 0;
  Seen.resize(Cfg->getNumBlockIDs());
  return true;
}

void Flow::flowTo(const CFGBlock *Next, const States &Now) {
  if (!Next)
    return;
  bool Changed = !Seen.test(Next->getBlockID());
  States &Known = In[Next->getBlockID()];
  for (unsigned I = 0; I < Now.size(); ++I)
    Changed |= Known[I].join(Now[I]);
  Seen.set(Next->getBlockID());
  if (Changed)
    Work.push_back(Next);
}

void Flow::transfer(const CFGBlock &Block, States Now, bool Report) {
  for (const CFGElement &Element : Block) {
    if (auto End = Element.getAs<CFGLifetimeEnds>()) {
      int I = Handles.indexOf(End->getVarDecl());
      if (I < 0)
        continue;
      const Stmt *Trigger = End->getTriggerStmt();
      bool Returns = isa_and_nonnull<ReturnStmt>(Trigger) ||
                     isa_and_nonnull<CoreturnStmt>(Trigger);
      end(I, Now[I],
          Returns    ? Trigger->getBeginLoc()
          : Trigger  ? Trigger->getEndLoc()
                     : F.getEndLoc(),
          Returns ? What::Return : What::Scope, Report);
    } else if (auto S = Element.getAs<CFGStmt>()) {
      if (!runStmt(*S->getStmt(), Now, Report))
        return;
    }
  }
  if (Report || Block.hasNoReturnElement() ||
      isa_and_nonnull<CXXTryStmt>(Block.getTerminatorStmt()))
    return;
  unsigned Successor = 0;
  for (const CFGBlock::AdjacentBlock &Adjacent : Block.succs()) {
    States Out = Now;
    alongEdge(Block, Successor++, Out);
    flowTo(Adjacent.getReachableBlock(), Out);
  }
}

/// What is not the function's own may be anything.
States Flow::atEntry() const {
  States Result(Handles.All.size());
  for (unsigned I = 0; I < Result.size(); ++I)
    if (Handles.All[I].IsOuter)
      Result[I].Bits = Initial;
  return Result;
}

void Flow::run() {
  if (!build())
    return;
  flowTo(&Cfg->getEntry(), atEntry());
  // Sets only grow: each block is visited a few times for each variable.
  while (!Work.empty()) {
    const CFGBlock *Block = Work.back();
    Work.pop_back();
    transfer(*Block, In[Block->getBlockID()], /*Report=*/false);
  }
  // Ends in the order of the source come before those by exceptions.
  std::vector<const CFGBlock *> Blocks(Cfg->begin(), Cfg->end());
  llvm::sort(Blocks, [](const CFGBlock *A, const CFGBlock *B) {
    return A->getBlockID() > B->getBlockID();
  });
  for (const CFGBlock *Block : Blocks)
    if (Seen.test(Block->getBlockID()))
      transfer(*Block, In[Block->getBlockID()], /*Report=*/true);
}

/// `std::thread(f);`
void addDiscarded(const FunctionDecl &F, TranslationUnit &TU,
                  std::vector<ThreadMistake> &Result) {
  std::unique_ptr<ParentMap> Parents;
  for (const Task &T : TU.tasks().of(&F)) {
    if (T.Handle || T.IsReturned || T.Detach || T.Join ||
        T.Model->Ends != TaskEnd::Join || !T.Spawn->getType()->isRecordType() ||
        !isa<CXXConstructExpr>(T.Spawn))
      continue;
    if (!Parents)
      Parents = std::make_unique<ParentMap>(F.getBody());
    const Stmt *P = Parents->getParent(T.Spawn);
    while (P && isa<Expr>(P) && !isa<CXXNewExpr>(P) && !isa<LambdaExpr>(P))
      P = Parents->getParent(P);
    if (!isa_and_nonnull<CompoundStmt>(P))
      continue;
    ThreadMistake M;
    M.What = What::Discarded;
    M.Start = T.Spawn;
    Result.push_back(M);
  }
}

} // namespace

std::vector<ThreadMistake> threadMistakes(const FunctionDecl &F,
                                          TranslationUnit &TU) {
  const FunctionScan *Scan = TU.functions().scan(&F);
  const FunctionDecl *Definition = nullptr;
  if (!Scan || Scan->OverBudget || (Scan->Spawns.empty() && !Scan->Waits) ||
      !F.hasBody(Definition) || Definition->isDependentContext())
    return {};
  Flow Threads(*Definition, TU);
  Threads.run();
  if (!Scan->Spawns.empty())
    addDiscarded(*Definition, TU, Threads.Result);
  return std::move(Threads.Result);
}

} // namespace threadlint
