//===- WaitWithoutCancellationCheck.h - Waits that no stop ends -*- C++ -*-===//
// Asks EndlessWaits which waits of a worker a shutdown does not end, and words
// the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_WAITWITHOUTCANCELLATIONCHECK_H
#define THREADLINT_CHECKS_WAITWITHOUTCANCELLATIONCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct EndlessWait;

/// A worker waits, in an endless loop, for work that may never come again, and
/// its owner joins it: the join never returns. Core Guidelines CP.42.
class WaitWithoutCancellationCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const EndlessWait &W);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
