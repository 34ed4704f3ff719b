//===- ExitGraph.cpp - The ways out of one function -----------------------===//
// See the header. Whatever is not understood counts as a way out.
//===----------------------------------------------------------------------===//
#include "analysis/ExitGraph.h"
#include "analysis/CallInfo.h"
#include "analysis/Components.h"
#include "analysis/Events.h"
#include "analysis/FlagValues.h"
#include "analysis/Models.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace threadlint {

// Blocks that are looked at behind a call in tail position.
static constexpr unsigned MaxTailBlocks = 8;

//===----------------------------------------------------------------------===//
// Questions about calls
//===----------------------------------------------------------------------===//

static bool namesAssertion(llvm::StringRef Name) {
  return Name.contains("assert") || Name.contains("ASSERT") ||
         Name.contains("Assert");
}

bool isAssertion(const Expr &Call, const ASTContext &Context) {
  const FunctionDecl *Named = namedCallee(&Call);
  if (Named && Named->getIdentifier() && namesAssertion(Named->getName()))
    return true;
  const SourceManager &SM = Context.getSourceManager();
  for (SourceLocation Loc = Call.getExprLoc(); Loc.isMacroID();
       Loc = SM.getImmediateMacroCallerLoc(Loc))
    if (namesAssertion(
            Lexer::getImmediateMacroName(Loc, SM, Context.getLangOpts())))
      return true;
  return false;
}

bool choosesByConstant(const Expr &Call, const ASTContext &Context) {
  for (unsigned I = 0, N = writtenArgs(&Call); I < N; ++I) {
    const Expr *Argument = argument(&Call, I);
    if (!Argument)
      continue;
    const Expr *Value = producer(Argument);
    bool IsBool = Value->getType()->isBooleanType() ||
                  Argument->getType()->isBooleanType();
    if ((IsBool || Value->getType()->isEnumeralType() ||
         Argument->getType()->isEnumeralType()) &&
        !Value->isValueDependent() && Value->isEvaluatable(Context))
      return true;
    // An enumerator is an int in C.
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Value))
      if (isa<EnumConstantDecl>(Ref->getDecl()))
        return true;
  }
  return false;
}

/// C functions of the system do not throw, whatever they declare.
static bool mayThrow(const Expr &Call, const ASTContext &Context) {
  const FunctionDecl *Named = namedCallee(&Call);
  if (!Named)
    return true;
  if (Named->isTrivial() || isNothrow(*Named) || Named->getBuiltinID())
    return false;
  return !Named->isExternC() ||
         !Context.getSourceManager().isInSystemHeader(Named->getLocation());
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

namespace {

struct ExitBlock {
  bool IsWayOut = false;
  /// A call from which control never comes back. Null: none.
  const Expr *Trap = nullptr;
  const EndlessLoop *TrapLoop = nullptr;
  llvm::SmallVector<unsigned, 2> Successors;
  /// What decides between the first and the second successor. Null: nothing, or
  /// it is unknown.
  const Expr *Condition = nullptr;
  /// The flag that closed one of two ways, and where that led.
  const ValueDecl *Unchanged = nullptr;
  unsigned Closed = 0;
  SourceLocation Loop; ///< of which this block ends an iteration
  SourceLocation Goto;
};

/// A call in tail position of a function that may be endless.
struct TailCall {
  unsigned Block;
  const Expr *Call;
  const EndlessLoop *Loop;
};

} // namespace

class ExitGraph::Builder {
public:
  Builder(ExitGraph &Graph, Thrown Leaving)
      : G(Graph), Leaving(isNothrow(Graph.F) ? Thrown::Terminates : Leaving) {}

  std::optional<EndlessLoop> run();

private:
  void findHandlers();
  void addBlock(const CFGBlock &From);
  bool addElement(const CFGBlock &From, unsigned Element, ExitBlock &To);
  bool addCall(const CFGBlock &From, unsigned Element, const Expr &Call,
               ExitBlock &To);
  bool addThrowing(const Expr &Call, const FunctionModel *Model,
                   const CalleeFacts *Callee, ExitBlock &To);
  void addSuccessors(const CFGBlock &From, ExitBlock &To);
  bool isTail(const CFGBlock &From, unsigned Element) const;

  void closeFixedWays();
  std::vector<unsigned> reachable() const;
  std::vector<bool> canLeave() const;
  EndlessLoop through(const Expr &Call, const EndlessLoop &Inner) const;
  std::optional<EndlessLoop> cycle(llvm::ArrayRef<unsigned> Component,
                                   const std::vector<bool> &Leaves) const;
  bool isBefore(SourceLocation A, SourceLocation B) const {
    const SourceManager &SM = G.Context.getSourceManager();
    return SM.isBeforeInTranslationUnit(SM.getExpansionLoc(A),
                                        SM.getExpansionLoc(B));
  }

  ExitGraph &G;
  const Thrown Leaving;
  std::vector<ExitBlock> Blocks; ///< by CFG block id
  unsigned Exit = 0;
  llvm::SmallVector<TailCall, 2> Tails;
  /// The innermost `try` around a statement: where its handlers begin.
  llvm::DenseMap<const Stmt *, unsigned> HandlerOf;
};

void ExitGraph::Builder::findHandlers() {
  // From the outside in: an inner `try` overwrites what an outer one claimed.
  for (auto It = G.Cfg->try_blocks_begin(); It != G.Cfg->try_blocks_end();
       ++It) {
    const auto *Try = dyn_cast_or_null<CXXTryStmt>((*It)->getTerminatorStmt());
    if (!Try)
      continue;
    llvm::SmallVector<const Stmt *, 32> Work{Try->getTryBlock()};
    while (!Work.empty()) {
      const Stmt *S = Work.pop_back_val();
      if (!S)
        continue;
      HandlerOf[S] = (*It)->getBlockID();
      if (!isa<LambdaExpr>(S))
        Work.append(S->child_begin(), S->child_end());
    }
  }
}

/// \returns false if control does not get past the call.
bool ExitGraph::Builder::addThrowing(const Expr &Call,
                                     const FunctionModel *Model,
                                     const CalleeFacts *Callee, ExitBlock &To) {
  if (!mayThrow(Call, G.Context))
    return true;
  auto Handler = HandlerOf.find(&Call);
  if (Handler != HandlerOf.end()) {
    To.Successors.push_back(Handler->second);
    return true;
  }
  bool Throws = (Model && (Model->Throws || Model->Does == Effect::Throw)) ||
                (Callee && Callee->Throws);
  To.IsWayOut |=
      Leaving == Thrown::IsCaught || (Leaving == Thrown::IsKept && Throws);
  return true;
}

bool ExitGraph::Builder::addCall(const CFGBlock &From, unsigned Element,
                                 const Expr &Call, ExitBlock &To) {
  const FunctionDecl *Named = namedCallee(&Call);
  const FunctionModel *Model =
      Named ? G.M.function(Named, writtenArgs(&Call)) : nullptr;
  if (Model && Model->Does == Effect::NoReturn) {
    To.IsWayOut |= !isAssertion(Call, G.Context);
    return false;
  }
  const FunctionDecl *Runs = Model ? nullptr : callee(&Call);
  const CalleeFacts *Callee = Runs ? G.Known(Runs) : nullptr;
  if (Callee) {
    Thrown Inner = HandlerOf.count(&Call) ? Thrown::IsCaught : Leaving;
    const EndlessLoop *Loop = Callee->loop(Inner);
    if (Loop && Loop->Always) {
      To.Trap = &Call;
      To.TrapLoop = Loop;
      return false;
    }
    if (Loop && isTail(From, Element) && !choosesByConstant(Call, G.Context))
      Tails.push_back({From.getBlockID(), &Call, Loop});
    if (Callee->EndsThread && !isAssertion(Call, G.Context))
      To.IsWayOut = true;
  }
  if (Named && Named->isNoReturn()) {
    To.IsWayOut |= !isAssertion(Call, G.Context);
    return false;
  }
  return addThrowing(Call, Model, Callee, To);
}

/// \returns false if control does not get past the element.
bool ExitGraph::Builder::addElement(const CFGBlock &From, unsigned Element,
                                    ExitBlock &To) {
  auto Statement = From[Element].getAs<CFGStmt>();
  if (!Statement)
    return true;
  const Stmt *S = Statement->getStmt();
  if (isa<CallExpr>(S) || isa<CXXConstructExpr>(S))
    return addCall(From, Element, *cast<Expr>(S), To);
  if (isa<CoawaitExpr>(S) || isa<CoyieldExpr>(S)) {
    To.IsWayOut = true;
    return false;
  }
  if (isa<CXXThrowExpr>(S)) {
    auto Handler = HandlerOf.find(S);
    if (Handler != HandlerOf.end())
      To.Successors.push_back(Handler->second);
    else
      To.IsWayOut |= Leaving != Thrown::Terminates;
    return false;
  }
  return true;
}

void ExitGraph::Builder::addSuccessors(const CFGBlock &From, ExitBlock &To) {
  const Stmt *Terminator = From.getTerminatorStmt();
  bool Dispatches = isa_and_nonnull<CXXTryStmt>(Terminator);
  unsigned Before = To.Successors.size();
  for (const CFGBlock::AdjacentBlock &Succ : From.succs()) {
    if (!Succ.isReachable())
      continue;
    unsigned Id = Succ.getReachableBlock()->getBlockID();
    // An exception that no handler takes leaves the function.
    if (Dispatches && Id == Exit && Leaving == Thrown::Terminates)
      continue;
    To.Successors.push_back(Id);
  }
  unsigned Found = To.Successors.size() - Before;
  // The end of a function that clang does not understand.
  if (!Dispatches && Found == 0)
    To.IsWayOut = true;
  bool Decides = Terminator && !isa<SwitchStmt>(Terminator) && !Dispatches;
  if (Decides && Before == 0 && Found == 2 && From.succ_size() == 2)
    To.Condition = branchCondition(From);
  // A call that may throw ends the block nowhere; its handler comes last.
  if (Decides && Before > 0 && Found == 2 && From.succ_size() == 2) {
    std::rotate(To.Successors.begin(), To.Successors.begin() + Before,
                To.Successors.end());
    To.Condition = branchCondition(From);
  }
  if (isa_and_nonnull<GotoStmt>(Terminator))
    To.Goto = cast<GotoStmt>(Terminator)->getGotoLoc();
}

void ExitGraph::Builder::addBlock(const CFGBlock &From) {
  ExitBlock &To = Blocks[From.getBlockID()];
  if (const Stmt *Loop = From.getLoopTarget())
    To.Loop = Loop->getBeginLoc();
  for (unsigned I = 0, N = From.size(); I < N; ++I)
    if (!addElement(From, I, To))
      return;
  // A destructor or a call through a pointer that never returns.
  if (From.hasNoReturnElement() || From.getBlockID() == Exit) {
    To.IsWayOut = true;
    return;
  }
  addSuccessors(From, To);
}

/// Nothing but the way back to the caller follows.
bool ExitGraph::Builder::isTail(const CFGBlock &From, unsigned Element) const {
  const CFGBlock *Block = &From;
  unsigned First = Element + 1;
  for (unsigned N = 0; N < MaxTailBlocks; ++N, First = 0) {
    for (unsigned I = First; I < Block->size(); ++I)
      if (auto S = (*Block)[I].getAs<CFGStmt>())
        if (!isa<ReturnStmt>(S->getStmt()) && !isa<FullExpr>(S->getStmt()) &&
            !isa<CastExpr>(S->getStmt()) &&
            !isa<IntegerLiteral>(S->getStmt()) &&
            !isa<CXXNullPtrLiteralExpr>(S->getStmt()) &&
            !isa<CXXBoolLiteralExpr>(S->getStmt()) &&
            !isa<ParenExpr>(S->getStmt()))
          return false;
    if (Block->getBlockID() == Exit)
      return true;
    if (Block->succ_size() != 1)
      return false;
    Block = Block->succ_begin()->getReachableBlock();
    if (!Block)
      return false;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Search
//===----------------------------------------------------------------------===//

std::vector<unsigned> ExitGraph::Builder::reachable() const {
  std::vector<bool> Seen(Blocks.size());
  std::vector<unsigned> Order{G.Cfg->getEntry().getBlockID()};
  Seen[Order.front()] = true;
  for (size_t I = 0; I < Order.size(); ++I)
    for (unsigned Succ : Blocks[Order[I]].Successors)
      if (!Seen[Succ]) {
        Seen[Succ] = true;
        Order.push_back(Succ);
      }
  return Order;
}

/// The blocks from which some way out can be reached.
std::vector<bool> ExitGraph::Builder::canLeave() const {
  std::vector<llvm::SmallVector<unsigned, 2>> Before(Blocks.size());
  std::vector<unsigned> Work;
  std::vector<bool> Leaves(Blocks.size());
  for (unsigned I = 0; I < Blocks.size(); ++I) {
    for (unsigned Succ : Blocks[I].Successors)
      Before[Succ].push_back(I);
    if (Blocks[I].IsWayOut) {
      Leaves[I] = true;
      Work.push_back(I);
    }
  }
  while (!Work.empty()) {
    unsigned I = Work.back();
    Work.pop_back();
    for (unsigned Pred : Before[I])
      if (!Leaves[Pred]) {
        Leaves[Pred] = true;
        Work.push_back(Pred);
      }
  }
  return Leaves;
}

/// Conditions in loops that nobody changes leave one way only.
void ExitGraph::Builder::closeFixedWays() {
  Components Loops(Blocks.size(), [&](unsigned I) -> llvm::ArrayRef<unsigned> {
    return Blocks[I].Successors;
  });
  for (unsigned I : reachable()) {
    ExitBlock &B = Blocks[I];
    if (!B.Condition || !Loops.isCyclic(I))
      continue;
    std::optional<FixedCondition> Fixed = G.Flags.fixedValue(B.Condition, G.F);
    if (!Fixed)
      continue;
    unsigned Kept = Fixed->Value ? 0 : 1;
    // A flag that is raised before the thread starts ends no loop that it has
    // let in; elsewhere its first value may matter.
    if (!Fixed->FromTheStart && !Loops.together(I, B.Successors[Kept]))
      continue;
    B.Closed = B.Successors[1 - Kept];
    B.Successors.erase(B.Successors.begin() + (1 - Kept));
    B.Condition = nullptr;
    B.Unchanged = Fixed->WrittenHere ? nullptr : Fixed->Variable;
  }
}

EndlessLoop ExitGraph::Builder::through(const Expr &Call,
                                        const EndlessLoop &Inner) const {
  EndlessLoop Found = Inner;
  const FunctionDecl *Callee = callee(&Call);
  Found.Calls.insert(Found.Calls.begin(), {&G.F, Callee, Call.getExprLoc()});
  return Found;
}

std::optional<EndlessLoop>
ExitGraph::Builder::cycle(llvm::ArrayRef<unsigned> Component,
                          const std::vector<bool> &Leaves) const {
  EndlessLoop Found;
  Found.In = &G.F;
  SourceLocation Goto;
  for (unsigned I : Component) {
    const ExitBlock &B = Blocks[I];
    if (B.Loop.isValid() &&
        (Found.Loc.isInvalid() || isBefore(B.Loop, Found.Loc)))
      Found.Loc = B.Loop; // the outermost
    if (B.Goto.isValid() && (Goto.isInvalid() || isBefore(Goto, B.Goto)))
      Goto = B.Goto;
    if (B.Unchanged && !Found.Unchanged && Leaves[B.Closed])
      Found.Unchanged = B.Unchanged;
  }
  if (Found.Loc.isInvalid())
    Found.Loc = Goto;
  if (Found.Loc.isInvalid())
    return std::nullopt;
  return Found;
}

std::optional<EndlessLoop> ExitGraph::Builder::run() {
  Exit = G.Cfg->getExit().getBlockID();
  Blocks.resize(G.Cfg->getNumBlockIDs());
  findHandlers();
  for (const CFGBlock *Block : *G.Cfg)
    addBlock(*Block);
  closeFixedWays();
  std::vector<unsigned> Order = reachable();
  std::vector<bool> Leaves = canLeave();
  Components Loops(Blocks.size(), [&](unsigned I) -> llvm::ArrayRef<unsigned> {
    return Blocks[I].Successors;
  });
  std::optional<EndlessLoop> Found;
  for (unsigned I : Order) {
    if (Leaves[I] || Found)
      continue;
    if (Blocks[I].Trap)
      Found = through(*Blocks[I].Trap, *Blocks[I].TrapLoop);
    else if (Loops.isCyclic(I))
      Found = cycle(Loops.members(I), Leaves);
  }
  if (Found) {
    Found->Always = !Leaves[G.Cfg->getEntry().getBlockID()];
    return Found;
  }
  for (const TailCall &Tail : Tails)
    if (llvm::is_contained(Order, Tail.Block)) {
      Found = through(*Tail.Call, *Tail.Loop);
      Found->Always = false;
      return Found;
    }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// One function
//===----------------------------------------------------------------------===//

ExitGraph::ExitGraph(const FunctionDecl &F, ASTContext &Context,
                     const Models &M, FlagValues &Flags, Callees Known)
    : F(F), Context(Context), M(M), Flags(Flags), Known(std::move(Known)) {
  CFG::BuildOptions Options;
  Options.AddImplicitDtors = true; // those that never return
  Options.AddTemporaryDtors = true;
  Options.setAllAlwaysAdd();
  Cfg = CFG::buildCFG(&F, F.getBody(), &Context, Options);
}

ExitGraph::~ExitGraph() = default;

std::optional<EndlessLoop> ExitGraph::endlessLoop(Thrown Leaving) {
  if (!Cfg)
    return std::nullopt;
  return Builder(*this, Leaving).run();
}

} // namespace threadlint
