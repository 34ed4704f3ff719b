//===- WaitWithoutCancellationCheck.cpp - Waits that no stop ends ---------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/WaitWithoutCancellationCheck.h"
#include "analysis/CallInfo.h"
#include "analysis/EndlessWaits.h"
#include "analysis/LockPath.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo WaitWithoutCancellationCheck::Info = {
    "threadlint-wait-without-cancellation",
    "a worker waits in an endless loop, and nothing that stops the thread ends "
    "the wait, so that the join never returns",
    CheckGroup::Primitives,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines CP.42, CWE-833"};

void WaitWithoutCancellationCheck::checkUnit(TranslationUnit &TU) {
  for (const FunctionDecl *F : TU.functions().functions())
    for (const EndlessWait &W : endlessWaits(*F, TU))
      report(TU, W);
  // Members that start a thread where they are declared.
  for (const Task &T : TU.tasks().outside())
    for (const EndlessWait &W : endlessWaits(T, TU))
      report(TU, W);
}

/// " 'ready_cv_'", or nothing to say. How the worker got to the object is no
/// news.
static std::string quoted(const LockPath *P) {
  std::string Name = P->field() ? P->field()->getNameAsString() : P->str();
  return Name.empty() ? Name : " '" + Name + "'";
}

void WaitWithoutCancellationCheck::report(TranslationUnit &TU,
                                          const EndlessWait &W) {
  using Kind = EndlessWait::Kind;
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(W.Where->getExprLoc());
  if (!Reported.insert(Loc).second)
    return;
  const FunctionDecl *Callee = namedCallee(W.Where);
  std::string What;
  switch (W.What) {
  case Kind::Condition:
    What = "the wait on condition variable" + quoted(W.Object);
    break;
  case Kind::Semaphore:
    What = "the wait for semaphore" + quoted(W.Object);
    break;
  case Kind::Receive:
  case Kind::Pop:
    What = "the wait in '" + (Callee ? nameOf(*Callee) : "call") + "'";
    break;
  }
  auto Note = [&](SourceLocation Where, llvm::StringRef Text) {
    return diag(SM.getExpansionLoc(Where), Text, DiagnosticIDs::Note);
  };
  diag(Loc, "nothing ends %0 when the thread is to stop, so the join never "
            "returns")
      << What;
  if (W.Inner)
    Note(W.Inner->getExprLoc(), "it waits here");
  if (W.Flag)
    Note(W.Loop->getBeginLoc(), "the loop tests '%0', but the wait does not")
        << W.Flag->getNameAsString();
  else
    Note(W.Loop->getBeginLoc(),
         W.Token ? "the loop asks a stop token, but the wait does not"
                 : "the loop tests no stop flag");
  if (W.Join)
    Note(W.Join->getExprLoc(), "the thread is joined here");
  else
    Note(W.Member->getLocation(), "'%0' joins the thread when it is destroyed")
        << W.Member->getNameAsString();
  llvm::StringRef WayOut;
  switch (W.What) {
  case Kind::Condition:
    WayOut = "test a stop flag in the predicate as well, and set and notify it "
             "before the join";
    break;
  case Kind::Semaphore:
    WayOut = "set a stop flag and release the semaphore before the join, and "
             "test the flag after the wait";
    break;
  case Kind::Receive:
    WayOut = "shut the socket down before the join, or wait with a time-out";
    break;
  case Kind::Pop:
    WayOut = "close the queue, or push a value that ends the loop, before the "
             "join";
    break;
  }
  Note(Loc, WayOut);
}

} // namespace threadlint
