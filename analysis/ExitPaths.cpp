//===- ExitPaths.cpp - Can this function ever end? ------------------------===//
// The call graph below an entry: which functions are worth a control-flow
// graph, and callees before their callers. The graphs are ExitGraph's; see the
// header.
//===----------------------------------------------------------------------===//
#include "analysis/ExitPaths.h"
#include "analysis/CallInfo.h"
#include "analysis/ExitGraph.h"
#include "analysis/FlagValues.h"
#include "analysis/FunctionIndex.h"
#include "analysis/Models.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;

namespace threadlint {

/// One function: what its body contains, and the answers about it.
struct ExitPaths::Node {
  const FunctionDecl *F = nullptr; ///< the definition
  CalleeFacts Facts;
  /// It, or what it calls, has a loop that may be endless.
  bool ReachesCandidate = false;
  bool Analyzed = false;
  llvm::SmallVector<const FunctionDecl *, 4> Callees;
};

ExitPaths::ExitPaths(ASTContext &Context, const Models &M, FunctionIndex &Index,
                     FlagValues &Flags)
    : Context(Context), M(M), Index(Index), Flags(Flags) {}

ExitPaths::~ExitPaths() = default;

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

/// False: certainly not an endless loop by its condition.
bool ExitPaths::isCandidate(const Expr *Condition, const FunctionDecl &F) {
  llvm::SmallVector<const Expr *, 4> Work{Condition};
  while (!Work.empty()) {
    const Expr *E = Work.pop_back_val();
    const auto *Binary =
        E ? dyn_cast<BinaryOperator>(E->IgnoreParens()) : nullptr;
    bool Value = true;
    if (Binary && Binary->isLogicalOp()) {
      Work.push_back(Binary->getLHS());
      Work.push_back(Binary->getRHS());
    } else if (!E || (!E->isValueDependent() &&
                      E->EvaluateAsBooleanCondition(Value, Context) && Value)) {
      return true;
    } else if (Flags.flagOf(E) && Flags.fixedValue(E, F)) {
      return true;
    }
  }
  return false;
}

bool ExitPaths::isCandidate(const Stmt &S, const FunctionDecl &F) {
  if (const auto *For = dyn_cast<ForStmt>(&S)) {
    const Expr *Condition = For->getCond();
    bool Counts = Condition && For->getInc();
    const auto *Flag =
        Counts ? dyn_cast_or_null<VarDecl>(Flags.flagOf(Condition)) : nullptr;
    // The usual counting loop.
    return !(Flag && Flag->hasLocalStorage()) && isCandidate(Condition, F);
  }
  if (const auto *While = dyn_cast<WhileStmt>(&S))
    return isCandidate(While->getCond(), F);
  if (const auto *Do = dyn_cast<DoStmt>(&S))
    return isCandidate(Do->getCond(), F);
  if (const auto *Goto = dyn_cast<GotoStmt>(&S)) {
    const SourceManager &SM = Context.getSourceManager();
    return SM.isBeforeInTranslationUnit(
        SM.getExpansionLoc(Goto->getLabel()->getLocation()),
        SM.getExpansionLoc(Goto->getGotoLoc()));
  }
  return false;
}

void ExitPaths::scanCall(const Expr &E, CalleeFacts &Facts) {
  const FunctionDecl *Named = namedCallee(&E);
  if (!Named)
    return;
  const FunctionModel *Model = M.function(Named, writtenArgs(&E));
  Facts.Throws |= Model && (Model->Throws || Model->Does == Effect::Throw);
  bool Ends = Model ? Model->Does == Effect::NoReturn
                    : Named->isNoReturn() && !Index.scan(callee(&E));
  if (Ends && !Facts.EndsThread)
    Facts.EndsThread = !isAssertion(E, Context);
}

void ExitPaths::scanBody(Node &N) {
  const FunctionScan *Scan = Index.scan(N.F);
  const Stmt *Body = N.F->getBody();
  if (!Scan || Scan->OverBudget || !Body || isa<CoroutineBodyStmt>(Body))
    return;
  N.Facts.Visible = true;
  N.Callees.append(Scan->Callees.begin(), Scan->Callees.end());
  llvm::SmallVector<const Stmt *, 64> Work{Body};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    if (isa<CallExpr>(S) || isa<CXXConstructExpr>(S))
      scanCall(*cast<Expr>(S), N.Facts);
    else if (isa<CXXThrowExpr>(S))
      N.Facts.Throws = true;
    else if (!N.ReachesCandidate)
      N.ReachesCandidate = isCandidate(*S, *N.F);
    Work.append(S->child_begin(), S->child_end());
  }
}

//===----------------------------------------------------------------------===//
// The call graph
//===----------------------------------------------------------------------===//

ExitPaths::Node *ExitPaths::node(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (!F || !F->hasBody(Definition))
    return nullptr;
  auto It = Nodes.find(Definition);
  return It == Nodes.end() ? nullptr : It->second.get();
}

const CalleeFacts *ExitPaths::known(const FunctionDecl *F) {
  const Node *N = node(F);
  return N && N->Facts.Visible ? &N->Facts : nullptr;
}

/// Makes the nodes below \p Root that are new, and analyses them, callees
/// first.
void ExitPaths::prepare(const FunctionDecl *Root) {
  struct Frame {
    Node *N;
    unsigned Next = 0;
  };
  std::vector<Frame> Stack;
  std::vector<Node *> Order; // post-order: callees first
  auto Enter = [&](const FunctionDecl *F) {
    const FunctionDecl *Definition = nullptr;
    if (!F->hasBody(Definition))
      return;
    std::unique_ptr<Node> &Slot = Nodes[Definition];
    if (Slot)
      return;
    Slot = std::make_unique<Node>();
    Slot->F = Definition;
    scanBody(*Slot);
    Stack.push_back({Slot.get()});
  };
  Enter(Root);
  while (!Stack.empty()) {
    Frame &Top = Stack.back();
    if (Top.Next < Top.N->Callees.size()) {
      Enter(Top.N->Callees[Top.Next++]);
      continue;
    }
    Order.push_back(Top.N);
    Stack.pop_back();
  }
  spread(Order);
  for (Node *N : Order)
    if (N->Facts.Visible && N->ReachesCandidate)
      analyze(*N);
}

/// Carries facts from callees to callers until nothing changes.
void ExitPaths::spread(llvm::ArrayRef<Node *> Order) {
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (Node *N : Order)
      for (const FunctionDecl *Callee : N->Callees) {
        const Node *C = node(Callee);
        if (!C)
          continue;
        auto Take = [&](bool &To, bool From) {
          Changed |= From && !To;
          To |= From;
        };
        Take(N->ReachesCandidate, C->ReachesCandidate);
        Take(N->Facts.EndsThread, C->Facts.EndsThread);
        Take(N->Facts.Throws, C->Facts.Throws);
      }
  }
}

void ExitPaths::analyze(Node &N) {
  ExitGraph Graph(*N.F, Context, M, Flags,
                  [this](const FunctionDecl *F) { return known(F); });
  for (Thrown Leaving : {Thrown::Terminates, Thrown::IsKept, Thrown::IsCaught})
    N.Facts.Loops[static_cast<unsigned>(Leaving)] = Graph.endlessLoop(Leaving);
}

const EndlessLoop *ExitPaths::endlessLoop(const FunctionDecl *F,
                                          Thrown Leaving) {
  if (!F)
    return nullptr;
  if (!node(F))
    prepare(F);
  const CalleeFacts *Facts = known(F);
  return Facts ? Facts->loop(Leaving) : nullptr;
}

bool mayBeCancellationPoint(const EndlessLoop &Loop) {
  llvm::SmallVector<const Stmt *, 32> Work{Loop.In->getBody()};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || isa<LambdaExpr>(S))
      continue;
    if (isa<CallExpr>(S))
      return true;
    Work.append(S->child_begin(), S->child_end());
  }
  return false;
}

} // namespace threadlint
