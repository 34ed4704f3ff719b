//===- BusyWaitCheck.cpp - Loops that only look at a variable -------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/BusyWaitCheck.h"
#include "analysis/SpinLoops.h"
#include "analysis/TaskSleeps.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Stmt.h"

using namespace clang;

namespace threadlint {

const CheckInfo BusyWaitCheck::Info = {"threadlint-busy-wait",
                                       "a loop that waits for another thread "
                                       "by reading a variable again and again",
                                       CheckGroup::Primitives,
                                       /*OnByDefault=*/true,
                                       /*HasFix=*/false,
                                       "0.1",
                                       "Core Guidelines CP.42, CERT CON02-C"};

BusyWaitCheck::BusyWaitCheck(llvm::StringRef Name,
                             tidy::ClangTidyContext *Context)
    : Check(Name, Context),
      ReportSleepPolling(boolOption("ReportSleepPolling", false)) {}

void BusyWaitCheck::storeOptions(tidy::ClangTidyOptions::OptionMap &Opts) {
  Check::storeOptions(Opts);
  Options.store(Opts, "ReportSleepPolling",
                ReportSleepPolling ? "true" : "false");
}

void BusyWaitCheck::checkLoop(TranslationUnit &TU, const FunctionDecl &F,
                              const Stmt &Loop) {
  std::optional<SpinLoop> Spin = spinLoop(Loop, F, TU.models());
  if (!Spin || (Spin->Sleeps && !ReportSleepPolling) ||
      !Reported.insert(Loop.getBeginLoc()).second)
    return;
  if (Spin->Sleeps)
    diag(Loop.getBeginLoc(), "this loop polls %0 and sleeps meanwhile")
        << Spin->Variable;
  else if (Spin->IsAtomic)
    diag(Loop.getBeginLoc(), "this loop does nothing but read %0 until another "
                             "thread changes it")
        << Spin->Variable;
  else
    diag(Loop.getBeginLoc(),
         "this loop waits for another thread to change %0, which is not "
         "atomic: the compiler may read it only once")
        << Spin->Variable;
  diag(Spin->Variable->getLocation(), "%0 is declared here",
       DiagnosticIDs::Note)
      << Spin->Variable;
  diag(Loop.getBeginLoc(),
       "wait for the change with a condition variable, a semaphore, a latch "
       "or%select{ a future| the atomic's 'wait'}0",
       DiagnosticIDs::Note)
      << (Spin->IsAtomic && TU.context().getLangOpts().CPlusPlus);
}

/// `std::thread t([&] { n = f(); }); sleep(1); use(n);`
void BusyWaitCheck::checkSleeps(TranslationUnit &TU, const FunctionDecl &F) {
  for (const TaskSleep &Found : sleepsForTasks(F, TU)) {
    if (!Reported.insert(Found.Sleep->getBeginLoc()).second)
      continue;
    diag(Found.Sleep->getBeginLoc(),
         "this sleep does not wait for the task that writes %0: it may take "
         "longer")
        << Found.Result;
    diag(Found.Spawn->getBeginLoc(), "the task starts here",
         DiagnosticIDs::Note);
    diag(Found.Use->getBeginLoc(), "%0 is taken to be written here",
         DiagnosticIDs::Note)
        << Found.Result;
    diag(Found.Sleep->getBeginLoc(),
         "wait for the task's end with a join, or for its result with a future, "
         "a latch or a condition variable",
         DiagnosticIDs::Note);
  }
}

void BusyWaitCheck::checkUnit(TranslationUnit &TU) {
  FunctionIndex &Index = TU.functions();
  for (const FunctionDecl *F : Index.functions()) {
    const FunctionScan *Scan = Index.scan(F);
    if (Scan && !Scan->OverBudget)
      for (const Stmt *Loop : Scan->Loops)
        checkLoop(TU, *F, *Loop);
    checkSleeps(TU, *F);
  }
}

} // namespace threadlint
