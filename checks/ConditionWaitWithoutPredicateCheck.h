//===- ConditionWaitWithoutPredicateCheck.h - Waits for an event -*- C++
//-*-===//
// Asks WaitTests for waits after which nothing is tested and LostWakeups for
// notifications that nobody may hear, and words the diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_CONDITIONWAITWITHOUTPREDICATECHECK_H
#define THREADLINT_CHECKS_CONDITIONWAITWITHOUTPREDICATECHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

class LockPath;
struct ConditionWait;
struct LostWakeup;

/// A condition variable has no memory: a wait may end without a notification,
/// and a notification without a waiter is lost. What counts is state that the
/// lock guards, tested around the wait. CERT CON54-CPP, CON36-C, Core
/// Guidelines CP.42.
class ConditionWaitWithoutPredicateCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void checkWait(TranslationUnit &TU, const ConditionWait &W);
  void checkLocks(const std::vector<ConditionWait> &Waits);
  void report(const LostWakeup &Lost);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
