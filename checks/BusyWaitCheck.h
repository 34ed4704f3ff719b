//===- BusyWaitCheck.h - Loops that only look at a variable -----*- C++ -*-===//
// Asks SpinLoops for loops that do nothing but read a variable until another
// thread changes it, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_BUSYWAITCHECK_H
#define THREADLINT_CHECKS_BUSYWAITCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class FunctionDecl;
class Stmt;
} // namespace clang

namespace threadlint {

/// A thread that looks at a variable again and again burns a core that the one
/// it waits for may need; of a plain variable the compiler may read the value
/// once. Core Guidelines CP.42, CERT CON02-C.
class BusyWaitCheck : public Check {
public:
  static const CheckInfo Info;
  BusyWaitCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context);
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

private:
  void checkUnit(TranslationUnit &TU) override;
  void checkLoop(TranslationUnit &TU, const clang::FunctionDecl &F,
                 const clang::Stmt &Loop);
  void checkSleeps(TranslationUnit &TU, const clang::FunctionDecl &F);

  const bool ReportSleepPolling;
  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
