//===- UnboundedThreadSpawnCheck.h - One thread per element -----*- C++ -*-===//
// Asks ThreadGrowths for loops and recursion that create threads without a
// limit to their number, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_UNBOUNDEDTHREADSPAWNCHECK_H
#define THREADLINT_CHECKS_UNBOUNDEDTHREADSPAWNCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

struct ThreadGrowth;

/// One thread for each element, connection or request: the input decides how
/// many threads there are, until there is no memory for the next. Core
/// Guidelines CP.41, CWE-770.
class UnboundedThreadSpawnCheck : public Check {
public:
  static const CheckInfo Info;
  UnboundedThreadSpawnCheck(llvm::StringRef Name,
                            clang::tidy::ClangTidyContext *Context);
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const ThreadGrowth &Growth,
              const clang::FunctionDecl &F);
  std::string reason(const ThreadGrowth &Growth,
                     const clang::FunctionDecl &F) const;

  const unsigned MaxThreads;
  const bool ReportFork;
  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
