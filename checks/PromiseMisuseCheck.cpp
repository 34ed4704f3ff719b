//===- PromiseMisuseCheck.cpp - Promises set twice, or never --------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/PromiseMisuseCheck.h"
#include "analysis/BrokenPromises.h"
#include "analysis/CallInfo.h"
#include "analysis/LockPath.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo PromiseMisuseCheck::Info = {
    "threadlint-promise-misuse",
    "a promise that is set twice or never, or a future that is taken twice",
    CheckGroup::Tasks,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines CP.60, CWE-833"};

void PromiseMisuseCheck::checkUnit(TranslationUnit &TU) {
  for (const FunctionDecl *F : TU.functions().functions()) {
    for (const PromiseMistake &M : promiseMistakes(*F, TU))
      report(TU, M);
    for (const BrokenPromise &Broken : brokenPromises(*F, TU))
      report(TU, Broken);
  }
}

void PromiseMisuseCheck::report(TranslationUnit &TU, const PromiseMistake &M) {
  using Kind = PromiseMistake::Kind;
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(M.Where->getExprLoc());
  if (!Reported.insert(Loc).second)
    return;
  const FunctionDecl *Named = namedCallee(M.Where);
  std::string Callee = Named ? nameOf(*Named) : "call";
  std::string Object = M.Object->str();
  bool Round = M.Before == M.Where;
  auto Note = [&](SourceLocation Where, llvm::StringRef Text) {
    return diag(SM.getExpansionLoc(Where), Text, DiagnosticIDs::Note);
  };
  llvm::StringRef First, WayOut;
  switch (M.What) {
  case Kind::Set:
    diag(Loc, "'%0' %select{sets promise|runs packaged task}1 '%2', which "
              "%select{has been set|has run}1 %select{already|in an earlier "
              "round of the loop}3")
        << Callee << M.IsTask << Object << Round;
    First = M.IsTask ? "it ran here first" : "set here first";
    WayOut = M.IsTask ? "'reset' makes it ready for another run, with a new "
                        "future"
                      : "set a promise once on every path, with 'return' after "
                        "it, or make a new one";
    break;
  case Kind::Retrieve:
    diag(Loc, "'%0' takes the future of %select{promise|packaged task}1 '%2', "
              "which has been taken %select{already|in an earlier round of the "
              "loop}3")
        << Callee << M.IsTask << Object << Round;
    First = "taken here first";
    WayOut = "keep the future that the first call has returned; 'share' makes "
             "one that many can wait for";
    break;
  case Kind::Take:
  case Kind::Wait:
    diag(Loc, "'%0' %select{takes the result of|waits for}1 future '%2', whose "
              "result has been taken %select{already|in an earlier round of "
              "the loop}3")
        << Callee << (M.What == Kind::Wait) << Object << Round;
    First = "taken here first";
    WayOut = "keep the result, or use a shared future";
    break;
  case Kind::Broken:
    diag(Loc, "'%0' throws: %select{promise|packaged task}1 '%2' has been "
              "destroyed %select{without a result|before it has run}1")
        << Callee << M.IsTask << M.Promise->str();
    WayOut = M.IsTask ? "run the task on every path before its scope ends"
                      : "set a value or an exception on every path before its "
                        "scope ends";
    break;
  case Kind::Never:
    diag(Loc,
         "'%0' never returns: only this thread can %select{set promise|run "
         "packaged task}1 '%2', and it has not done so yet")
        << Callee << M.IsTask << M.Promise->str();
    First = M.IsTask ? "it runs here" : "it is set here";
    WayOut = M.IsTask ? "run the task first, or hand it to another thread"
                      : "set the promise first, or hand it to another thread";
    break;
  }
  if (M.Before && !Round)
    Note(M.Before->getExprLoc(), First);
  Note(Loc, WayOut);
}

void PromiseMisuseCheck::report(TranslationUnit &TU,
                                const BrokenPromise &Broken) {
  const SourceManager &SM = TU.context().getSourceManager();
  const UnsetExit &First = Broken.Exits.front();
  SourceLocation Loc = SM.getExpansionLoc(First.Loc);
  if (!Reported.insert(Loc).second)
    return;
  std::string Name = Broken.Promise->str();
  auto Note = [&](SourceLocation Where, llvm::StringRef Text) {
    return diag(SM.getExpansionLoc(Where), Text, DiagnosticIDs::Note);
  };
  diag(Loc, "the task may end here, %select{|by an exception, }0while "
            "%select{promise '%2' has no result|packaged task '%2' has not "
            "run}1, but its future is waited for")
      << First.ByException << Broken.IsTask << Name;
  for (const UnsetExit &Other :
       llvm::ArrayRef<UnsetExit>(Broken.Exits).drop_front())
    Note(Other.Loc, "or here");
  Note(Broken.Spawn->getExprLoc(), "the task starts here");
  Note(Broken.Waiter->getExprLoc(),
       Broken.Owned ? "waited for here; the wait ends with a broken promise"
                    : "waited for here; the wait never ends");
  Note(Loc, Broken.IsTask ? "run it on every path"
                          : "set a value or an exception on every path");
}

} // namespace threadlint
