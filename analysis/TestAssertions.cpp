//===- TestAssertions.cpp - Test assertions in a function -----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/TestAssertions.h"
#include "analysis/CallInfo.h"
#include "analysis/FunctionIndex.h"
#include "analysis/Models.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace threadlint {

static constexpr unsigned MaxDepth = 8;

/// Goes outwards through the macros whose expansion \p S begins with. What
/// is written as a macro's argument is not the macro's.
bool TestAssertions::isAssertion(const Stmt &S, TestAssertion &Out) const {
  const SourceManager &SM = Context.getSourceManager();
  SourceLocation Loc = S.getBeginLoc();
  const FunctionModel *Model = nullptr;
  for (unsigned N = 0; Loc.isMacroID() && N < 64; ++N) {
    if (!SM.isMacroBodyExpansion(Loc)) {
      Loc = SM.getImmediateSpellingLoc(Loc);
      continue;
    }
    llvm::StringRef Name =
        Lexer::getImmediateMacroName(Loc, SM, Context.getLangOpts());
    const FunctionModel *Found = M.macro(Name);
    if (Found && Found->Does == Effect::Assertion)
      Model = Found;
    if (Model)
      Out.Macro = Name.str();
    Loc = SM.getImmediateExpansionRange(Loc).getBegin();
  }
  if (!Model || (!Model->Throws && !isa<ReturnStmt>(S)))
    return false;
  Out.Throws = Model->Throws;
  Out.Loc = SM.getExpansionLoc(S.getBeginLoc());
  return true;
}

bool TestAssertions::callsOne(const Stmt &S, TestAssertion &Out) {
  if (!isa<CallExpr>(S) && !isa<CXXConstructExpr>(S))
    return false;
  const FunctionDecl *Callee = callee(cast<Expr>(&S));
  if (!Callee || !Index.scan(Callee) || Depth >= MaxDepth)
    return false;
  ++Depth;
  const std::vector<TestAssertion> &Inside = in(Callee);
  --Depth;
  if (Inside.empty())
    return false;
  Out = Inside.front();
  if (Out.Callee) {
    Out.Through = Callee;
    Out.Next = Out.Loc;
  } else {
    Out.Callee = Callee;
    Out.Inside = Out.Loc;
  }
  Out.Loc = cast<Expr>(S).getExprLoc();
  return true;
}

/// Whether this source knows any of the macros: most sources are no tests.
bool TestAssertions::areDefined() {
  if (!Defined) {
    Defined = llvm::any_of(M.macros(), [&](llvm::StringRef Name) {
      auto It = Context.Idents.find(Name);
      return It != Context.Idents.end() && It->getValue() &&
             It->getValue()->hadMacroDefinition();
    });
  }
  return *Defined;
}

void TestAssertions::search(const FunctionDecl &F,
                            std::vector<TestAssertion> &Out) {
  struct Item {
    const Stmt *S;
    bool Tried; ///< an exception may be caught in the function
  };
  llvm::SmallVector<Item, 32> Work{{F.getBody(), false}};
  while (!Work.empty()) {
    Item Next = Work.pop_back_val();
    if (!Next.S || isa<LambdaExpr>(Next.S))
      continue;
    TestAssertion Found;
    bool Macro = Next.S->getBeginLoc().isMacroID() && isAssertion(*Next.S, Found);
    if (Macro || callsOne(*Next.S, Found)) {
      if (!Found.Throws || !Next.Tried)
        Out.push_back(Found);
      if (Macro)
        continue; // its parts are the same one
    }
    bool Tried = Next.Tried;
    if (const auto *Try = dyn_cast<CXXTryStmt>(Next.S)) {
      Work.push_back({Try->getTryBlock(), true});
      for (unsigned I = 0; I < Try->getNumHandlers(); ++I)
        Work.push_back({Try->getHandler(I), Tried});
      continue;
    }
    size_t First = Work.size();
    for (const Stmt *Child : Next.S->children())
      Work.push_back({Child, Tried});
    std::reverse(Work.begin() + First, Work.end()); // as they are written
  }
}

const std::vector<TestAssertion> &TestAssertions::in(const FunctionDecl *F) {
  static const std::vector<TestAssertion> None;
  const FunctionDecl *Definition = nullptr;
  if (!areDefined() || !F->hasBody(Definition) ||
      Definition->isDependentContext())
    return None;
  const FunctionScan *Scan = Index.scan(Definition);
  if (!Scan || Scan->OverBudget)
    return None;
  // Empty also while it is searched: recursion.
  if (Known.try_emplace(Definition).second) {
    std::vector<TestAssertion> Found;
    search(*Definition, Found);
    Known[Definition] = std::move(Found);
  }
  // Callers use it before they ask again.
  return Known[Definition];
}

} // namespace threadlint
