//===- UnguardedAccessCheck.h - A guarded field without its lock -*- C++ -*-===//
// Asks GuardInference which accesses of guarded state do not hold the guard, and
// words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_UNGUARDEDACCESSCHECK_H
#define THREADLINT_CHECKS_UNGUARDEDACCESSCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct GuardedField;
struct Unguarded;

/// State that one lock guards nearly everywhere is read or written without it,
/// in a function that other threads can reach: a data race. CWE-667, CERT
/// CON43-C, Core Guidelines CP.2.
class UnguardedAccessCheck : public Check {
public:
  static const CheckInfo Info;
  UnguardedAccessCheck(llvm::StringRef Name,
                       clang::tidy::ClangTidyContext *Context);
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const GuardedField &Field,
              const Unguarded &Access);
  bool compilerSaysSo(TranslationUnit &TU, const GuardedField &Field,
                      clang::SourceLocation Loc) const;

  const unsigned GuardedPercent;
  llvm::DenseSet<clang::SourceLocation> Reported; ///< each place once
};

} // namespace threadlint

#endif
