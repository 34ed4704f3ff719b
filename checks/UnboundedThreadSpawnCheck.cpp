//===- UnboundedThreadSpawnCheck.cpp - One thread per element -------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "checks/UnboundedThreadSpawnCheck.h"
#include "analysis/ThreadGrowth.h"
#include "analysis/TranslationUnit.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace threadlint {

const CheckInfo UnboundedThreadSpawnCheck::Info = {
    "threadlint-unbounded-thread-spawn",
    "threads that are created in a loop, one for each element, connection or "
    "request",
    CheckGroup::Threads,
    /*OnByDefault=*/true,
    /*HasFix=*/false,
    "0.1",
    "Core Guidelines CP.41, CWE-770"};

UnboundedThreadSpawnCheck::UnboundedThreadSpawnCheck(
    llvm::StringRef Name, tidy::ClangTidyContext *Context)
    : Check(Name, Context), MaxThreads(numberOption("MaxThreads", 64)),
      ReportFork(boolOption("ReportFork", false)) {}

void UnboundedThreadSpawnCheck::storeOptions(
    tidy::ClangTidyOptions::OptionMap &Opts) {
  Check::storeOptions(Opts);
  Options.store(Opts, "MaxThreads", std::to_string(MaxThreads));
  Options.store(Opts, "ReportFork", ReportFork ? "true" : "false");
}

void UnboundedThreadSpawnCheck::checkUnit(TranslationUnit &TU) {
  ThreadGrowths Growths(TU, {MaxThreads, ReportFork});
  for (const FunctionDecl *F : TU.functions().functions())
    for (const ThreadGrowth &Growth : Growths.of(*F))
      report(TU, Growth, *F);
}

/// How a message names a function.
static std::string nameOf(const FunctionDecl *F) {
  if (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(F)) {
    if (Method->getParent()->isLambda())
      return "lambda";
    if (isa<CXXConstructorDecl>(Method))
      return Method->getParent()->getNameAsString();
  }
  return F ? F->getNameAsString() : "";
}

static std::string quoted(const std::string &Name, const char *Otherwise) {
  return Name.empty() ? Otherwise : "'" + Name + "'";
}

std::string UnboundedThreadSpawnCheck::reason(const ThreadGrowth &Growth,
                                              const FunctionDecl &F) const {
  std::string Of = exprName(Growth.Of);
  switch (Growth.Kind) {
  case GrowthKind::Elements:
    if (Growth.Of && Growth.Of->getType()->isIntegerType())
      return "as many as " + quoted(Of, "the input") + " says";
    return "one for each element of " + quoted(Of, "the input");
  case GrowthKind::Input:
    return "one for each result of " + quoted(Of, "the input");
  case GrowthKind::Endless:
    return "one in each round of an endless loop";
  case GrowthKind::TooMany:
    break;
  case GrowthKind::Recursion:
    return "one in each call of " + quoted(nameOf(&F), "the function") +
           ", which the thread calls again";
  }
  return "";
}

void UnboundedThreadSpawnCheck::report(TranslationUnit &TU,
                                       const ThreadGrowth &Growth,
                                       const FunctionDecl &F) {
  const SourceManager &SM = TU.context().getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(Growth.Where->getExprLoc());
  if (!Reported.insert(Loc).second)
    return;
  std::string Why = reason(Growth, F);
  std::string Callee =
      Growth.Chain.empty() ? "" : nameOf(Growth.Chain.front().Callee);
  if (Growth.Kind == GrowthKind::TooMany)
    diag(Loc, "%select{|calls of '%1' create }0%2 "
              "%select{threads|processes}3%select{ are created here|}0, more "
              "than %4")
        << !Growth.Chain.empty() << Callee << std::to_string(Growth.Count)
        << Growth.IsProcess << MaxThreads;
  else if (Growth.Chain.empty())
    diag(Loc, "the number of %select{threads|processes}0 created here has no "
              "limit: %1")
        << Growth.IsProcess << Why;
  else
    diag(Loc, "call to '%0' creates a %select{thread|process}1, and their "
              "number has no limit: %2")
        << Callee << Growth.IsProcess << Why;
  if (Growth.Loop)
    diag(SM.getExpansionLoc(Growth.Loop->getBeginLoc()), "the loop is here",
         DiagnosticIDs::Note);
  for (const SpawnStep &Step : llvm::ArrayRef<SpawnStep>(Growth.Chain)) {
    if (&Step == Growth.Chain.begin())
      continue;
    SourceLocation At = SM.getExpansionLoc(Step.Where->getExprLoc());
    if (Step.Callee)
      diag(At, "'%0' calls '%1' here", DiagnosticIDs::Note)
          << nameOf(Step.In) << nameOf(Step.Callee);
    else
      diag(At, "'%0' creates a %select{thread|process}1 here",
           DiagnosticIDs::Note)
          << nameOf(Step.In) << Growth.IsProcess;
  }
  llvm::StringRef WayOut = "hand the work to a pool with a fixed number of "
                           "threads, or take a permit "
                           "of a counting semaphore before each thread";
  if (Growth.IsProcess)
    WayOut = "hand the work to a fixed number of processes, or wait for one to "
             "end before there are too many";
  else if (Growth.Kind == GrowthKind::Recursion)
    WayOut = "stop creating threads at a limited depth, or hand the work to a "
             "pool with a fixed number of threads";
  diag(Loc, WayOut, DiagnosticIDs::Note);
}

} // namespace threadlint
