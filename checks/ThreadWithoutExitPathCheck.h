//===- ThreadWithoutExitPathCheck.h - Threads that never end ----*- C++ -*-===//
// Asks Tasks what runs on other threads and ExitPaths whether that can end, and
// words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_THREADWITHOUTEXITPATHCHECK_H
#define THREADLINT_CHECKS_THREADWITHOUTEXITPATHCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

struct EndlessLoop;
struct Task;

/// The entry of a thread has a loop without a way out. Detached, it lives as
/// long as the process; joined, the join never returns. Core Guidelines CP.26,
/// CP.25.
class ThreadWithoutExitPathCheck : public Check {
public:
  static const CheckInfo Info;
  ThreadWithoutExitPathCheck(llvm::StringRef Name,
                             clang::tidy::ClangTidyContext *Context);
  ~ThreadWithoutExitPathCheck() override;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

private:
  void checkUnit(TranslationUnit &TU) override;
  void checkTask(TranslationUnit &TU, const Task &T);
  void checkDetaches(TranslationUnit &TU, const clang::FunctionDecl &F);
  void report(TranslationUnit &TU, const Task &T, const EndlessLoop &Loop);

  const bool ReportEveryDetach;
  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
