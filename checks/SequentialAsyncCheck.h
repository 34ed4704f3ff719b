//===- SequentialAsyncCheck.h - Concurrency that is sequential --*- C++ -*-===//
// Asks SequentialTasks for tasks that nothing runs beside and PolledFutures for
// those that may never run, and words the diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_SEQUENTIALASYNCCHECK_H
#define THREADLINT_CHECKS_SEQUENTIALASYNCCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct PolledFuture;
struct SequentialTask;

/// A task is started on another thread, and its spawner does nothing until it is
/// over: a discarded future, a `get()` right after `async`, a thread for each
/// iteration that the iteration joins. Or it is deferred, and nobody runs it. Core
/// Guidelines CP.41, [futures.async].
class SequentialAsyncCheck : public Check {
public:
  static const CheckInfo Info;
  SequentialAsyncCheck(llvm::StringRef Name,
                       clang::tidy::ClangTidyContext *Context);

private:
  void checkUnit(TranslationUnit &TU) override;
  bool compilerSays(const SequentialTask &S, TranslationUnit &TU) const;
  void report(TranslationUnit &TU, const SequentialTask &S);
  void report(TranslationUnit &TU, const PolledFuture &P);

  clang::tidy::ClangTidyContext &Host;
  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
