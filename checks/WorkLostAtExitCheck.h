//===- WorkLostAtExitCheck.h - Threads that the end of main kills -*- C++
//-*-===//
// Asks LostWork which detached threads nobody waits for before the process
// ends, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_WORKLOSTATEXITCHECK_H
#define THREADLINT_CHECKS_WORKLOSTATEXITCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct LostWork;

/// A detached thread has something to do, and main returns without a wait for
/// it: the process ends in the middle. Core Guidelines CP.26.
class WorkLostAtExitCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const LostWork &Work);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
