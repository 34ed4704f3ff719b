//===- NonatomicUpdateCheck.h - Atomics updated in two steps ----*- C++ -*-===//
// Asks TwoStepUpdates for atomics that are loaded and then stored to, and words
// the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_NONATOMICUPDATECHECK_H
#define THREADLINT_CHECKS_NONATOMICUPDATECHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

struct TwoStepUpdate;

/// Each step is atomic, the update is not: what another thread stores in
/// between is overwritten. CERT CON40-C, CERT CON43-C, CWE-362.
class NonatomicUpdateCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(const TwoStepUpdate &U, const clang::FunctionDecl &F,
              TranslationUnit &TU);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
