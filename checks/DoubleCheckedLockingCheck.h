//===- DoubleCheckedLockingCheck.h - Tested before the lock -----*- C++ -*-===//
// Asks DoubleChecks for plain variables that are tested without the lock and
// again under it, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_DOUBLECHECKEDLOCKINGCHECK_H
#define THREADLINT_CHECKS_DOUBLECHECKEDLOCKINGCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct DoubleCheck;

/// The first test reads what another thread writes under the lock: a data race,
/// and a thread that sees the pointer need not see what it points to. Core
/// Guidelines CP.111, CERT CON51-CPP, CWE-609.
class DoubleCheckedLockingCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(const DoubleCheck &D, bool IsCPlusPlus);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
