//===- MutexForScalarCheck.h - A mutex where an atomic would do -*- C++ -*-===//
// Asks ScalarLocks for locks that protect single operations on one integer, and
// words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_MUTEXFORSCALARCHECK_H
#define THREADLINT_CHECKS_MUTEXFORSCALARCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct ScalarLock;

/// Each critical section is one operation that an atomic has. The lock costs
/// more, can be waited for, and can be forgotten. No mistake: a matter of
/// performance.
class MutexForScalarCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const ScalarLock &Lock);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
