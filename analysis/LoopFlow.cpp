//===- LoopFlow.cpp - What happens in one round of a loop -----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/LoopFlow.h"
#include "analysis/LoopInfo.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"

using namespace clang;

namespace threadlint {

/// The statements directly below \p S in this function.
static llvm::SmallVector<const Stmt *, 8> childrenOf(const Stmt &S) {
  llvm::SmallVector<const Stmt *, 8> Result;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(&S)) {
    for (const Expr *Init : Lambda->capture_inits())
      if (Init)
        Result.push_back(Init);
    return Result;
  }
  for (const Stmt *Child : S.children())
    if (Child)
      Result.push_back(Child);
  return Result;
}

LoopFlow::LoopFlow(const FunctionDecl &F, ASTContext &Context)
    : F(F), Context(Context) {
  llvm::SmallVector<const Stmt *, 64> Work{F.getBody()};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    for (const Stmt *Child : childrenOf(*S))
      if (Parents.try_emplace(Child, S).second)
        Work.push_back(Child);
  }
}

LoopFlow::~LoopFlow() = default;

const Stmt *LoopFlow::parent(const Stmt *S) const { return Parents.lookup(S); }

bool LoopFlow::isInside(const Stmt *S, const Stmt *Outer) const {
  for (; S; S = parent(S))
    if (S == Outer)
      return true;
  return false;
}

llvm::SmallVector<const Stmt *, 2> LoopFlow::loopsAround(const Stmt *S) {
  llvm::SmallVector<const Stmt *, 2> Result;
  for (S = parent(S); S; S = parent(S))
    if (isLoop(*S, Context))
      Result.push_back(S);
  return Result;
}

void LoopFlow::forEach(const Stmt *Region,
                       llvm::function_ref<void(const Stmt &)> Visit) const {
  llvm::SmallVector<const Stmt *, 64> Work{Region};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    Visit(*S);
    llvm::SmallVector<const Stmt *, 8> Children = childrenOf(*S);
    Work.append(Children.rbegin(), Children.rend());
  }
}

bool LoopFlow::mayLeave(const Stmt *Loop) const {
  bool Found = false;
  forEach(Loop, [&](const Stmt &S) {
    if (isa<ReturnStmt>(S) || isa<CoreturnStmt>(S) || isa<GotoStmt>(S) ||
        isa<IndirectGotoStmt>(S) || isa<CXXThrowExpr>(S))
      Found = true;
    if (!isa<BreakStmt>(S))
      return;
    const Stmt *Up = parent(&S);
    while (Up && Up != Loop && !isa<SwitchStmt>(Up) && !isa<ForStmt>(Up) &&
           !isa<WhileStmt>(Up) && !isa<DoStmt>(Up) && !isa<CXXForRangeStmt>(Up))
      Up = parent(Up);
    Found |= Up == Loop;
  });
  return Found;
}

static bool isBranch(const Stmt &S) {
  return isa<IfStmt>(S) || isa<SwitchStmt>(S) || isa<ForStmt>(S) ||
         isa<WhileStmt>(S) || isa<CXXForRangeStmt>(S) ||
         isa<AbstractConditionalOperator>(S) || isa<CXXCatchStmt>(S);
}

bool LoopFlow::happensWith(const Stmt *S, const Stmt *Other,
                           const Stmt *Region) const {
  for (const Stmt *Up = parent(S); Up && Up != Region; Up = parent(Up)) {
    if (!isBranch(*Up))
      continue;
    const auto *If = dyn_cast<IfStmt>(Up);
    if (If && isInside(S, If->getCond()))
      continue;
    if (!isInside(Other, Up))
      return false;
    if (If)
      // In the same branch.
      for (const Stmt *Branch : {If->getThen(), If->getElse()})
        if (Branch && isInside(S, Branch) && !isInside(Other, Branch))
          return false;
  }
  return true;
}

const llvm::DenseSet<const CFGBlock *> &LoopFlow::repeating(const Stmt *Loop) {
  auto [It, New] = Repeating.try_emplace(Loop);
  if (!New)
    return It->second;
  if (!Built) {
    Built = true;
    CFG::BuildOptions Options;
    Options.setAllAlwaysAdd();
    Stmt *Body = F.getBody();
    if (auto *Coroutine = dyn_cast<CoroutineBodyStmt>(Body))
      Body = Coroutine->getBody();
    Graph = CFG::buildCFG(&F, Body, &Context, Options);
    if (Graph)
      for (const CFGBlock *Block : *Graph) {
        for (const CFGElement &Element : *Block)
          if (auto S = Element.getAs<CFGStmt>())
            Blocks.try_emplace(S->getStmt(), Block);
        if (const Stmt *Condition = Block->getTerminatorCondition(false))
          Blocks.try_emplace(Condition, Block);
      }
  }
  if (!Graph)
    return It->second;
  // Backwards from where the next round begins. The next round of a loop around
  // this one is a new start.
  llvm::SmallVector<const CFGBlock *, 16> Work;
  for (const CFGBlock *Block : *Graph)
    if (Block->getLoopTarget() == Loop)
      Work.push_back(Block);
  llvm::DenseSet<const CFGBlock *> &Found = It->second;
  while (!Work.empty()) {
    const CFGBlock *Block = Work.pop_back_val();
    if (!Found.insert(Block).second)
      continue;
    for (const CFGBlock *Before : Block->preds())
      if (Before && !(Before->getLoopTarget() &&
                      isInside(Loop, Before->getLoopTarget()) &&
                      Before->getLoopTarget() != Loop))
        Work.push_back(Before);
  }
  return Found;
}

bool LoopFlow::goesOnAfter(const Stmt *Loop, const Stmt *S) {
  const llvm::DenseSet<const CFGBlock *> &Found = repeating(Loop);
  for (const Stmt *Up = S; Up && Up != Loop; Up = parent(Up)) {
    auto It = Blocks.find(Up);
    if (It != Blocks.end())
      return Found.count(It->second) != 0;
  }
  return false;
}

} // namespace threadlint
