//===- AssertionInTaskCheck.cpp - Test assertions on other threads --------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/AssertionInTaskCheck.h"
#include "analysis/CallInfo.h"
#include "analysis/Statements.h"
#include "analysis/TestAssertions.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo AssertionInTaskCheck::Info = {
    "threadlint-assertion-in-task",
    "a test assertion that ends the task it stands in instead of the test",
    CheckGroup::Tasks,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "CERT ERR50-CPP"};

void AssertionInTaskCheck::checkUnit(TranslationUnit &TU) {
  TestAssertions Assertions(TU.context(), TU.models(), TU.functions());
  for (const FunctionDecl *F : TU.functions().functions()) {
    const FunctionScan *Scan = TU.functions().scan(F);
    if (!Scan || Scan->OverBudget || Scan->Spawns.empty())
      continue;
    for (const Task &T : TU.tasks().of(F))
      if (T.Entry)
        checkTask(TU, T, Assertions);
  }
}

/// A future or pool keeps the exception for whoever calls get().
static bool keepsException(const Task &T) {
  return T.Model->Ends == TaskEnd::FutureDestructor ||
         (T.Model->Ends == TaskEnd::Pool && !T.Spawn->getType()->isVoidType());
}

/// The test asks itself whether an assertion in the task has failed.
static bool asksForFailures(const FunctionDecl &F, const Models &M) {
  bool Found = false;
  forEachStmt(F.getBody(), Lambdas::Outside, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? namedCallee(Call) : nullptr;
    const FunctionModel *Model =
        Callee ? M.function(Callee, writtenArgs(Call)) : nullptr;
    Found |= Model && Model->Does == Effect::Assertion;
  });
  return Found;
}

void AssertionInTaskCheck::checkTask(TranslationUnit &TU, const Task &T,
                                     TestAssertions &Assertions) {
  const std::vector<TestAssertion> &Found = Assertions.in(T.Entry);
  if (Found.empty() || asksForFailures(*T.Spawner, TU.models()))
    return;
  for (const TestAssertion &A : Found)
    if (!A.Throws || !keepsException(T))
      report(TU, T, A);
}

void AssertionInTaskCheck::report(TranslationUnit &TU, const Task &T,
                                  const TestAssertion &A) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(A.Loc);
  if (!Reported.insert(Loc).second)
    return;
  if (A.Callee)
    diag(Loc, "'%0' in '%1', which this task calls%select{| through '%4'}3, "
              "%select{ends that function only: the task and the test go "
              "on|throws where nobody catches it: the process ends}2")
        << A.Macro << A.Callee->getNameAsString() << A.Throws
        << (A.Through != nullptr)
        << (A.Through ? A.Through->getNameAsString() : "");
  else
    diag(Loc, "'%0' in a task %select{ends the task only: the test goes "
              "on|throws where nobody catches it: the process ends}1")
        << A.Macro << A.Throws;
  diag(SM.getExpansionLoc(T.Spawn->getExprLoc()), "the task starts here",
       DiagnosticIDs::Note);
  if (A.Through)
    diag(SM.getExpansionLoc(A.Next), "the call that leads to it is here",
         DiagnosticIDs::Note);
  if (A.Callee)
    diag(SM.getExpansionLoc(A.Inside), "the assertion is here",
         DiagnosticIDs::Note);
  diag(Loc,
       "use an assertion that goes on, such as "
       "%select{EXPECT_TRUE|CHECK}0, or keep the result and assert after the "
       "wait for the task",
       DiagnosticIDs::Note)
      << A.Throws;
}

} // namespace threadlint
