//===- VolatileSynchronizationCheck.h - Volatile flags ----------*- C++ -*-===//
// Asks SharedVolatiles for volatile variables that a task and other code use at
// the same time, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_VOLATILESYNCHRONIZATIONCHECK_H
#define THREADLINT_CHECKS_VOLATILESYNCHRONIZATIONCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct SharedVolatile;

/// `volatile` makes no access atomic and orders nothing between threads: it is
/// a data race. Core Guidelines CP.8, CP.200, CERT CON02-C, CWE-366.
class VolatileSynchronizationCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const SharedVolatile &Shared);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
