//===- SplitCriticalSectionCheck.h - Tested, unlocked, used -----*- C++ -*-===//
// Asks SplitSections which acts rely on a test of an earlier critical section,
// and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_SPLITCRITICALSECTIONCHECK_H
#define THREADLINT_CHECKS_SPLITCRITICALSECTIONCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct SplitSection;

/// State is tested in one critical section and acted upon in a later one of the
/// same lock: another thread may have changed it in between. CWE-367, CWE-362.
class SplitCriticalSectionCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const SplitSection &S);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< each act once
};

} // namespace threadlint

#endif
