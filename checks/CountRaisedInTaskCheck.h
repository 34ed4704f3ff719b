//===- CountRaisedInTaskCheck.h - Counters raised too late ------*- C++ -*-===//
// Asks TaskCounts for completion counters that the counted task raises, and words
// the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_COUNTRAISEDINTASKCHECK_H
#define THREADLINT_CHECKS_COUNTRAISEDINTASKCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

/// The task raises the counter that says whether tasks are under way. Until it
/// runs the counter is zero, and the wait for zero is over too early. CWE-362.
class CountRaisedInTaskCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
