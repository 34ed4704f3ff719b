//===- CallbackUnderLockCheck.h - Unknown code under a lock -----*- C++ -*-===//
// Asks Summaries for callables of others that run while a lock is held, and words
// the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_CALLBACKUNDERLOCKCHECK_H
#define THREADLINT_CHECKS_CALLBACKUNDERLOCKCHECK_H

#include "checks/CheckInfo.h"
#include "checks/LockCheckBase.h"

namespace threadlint {

struct Callback;

/// Unknown code runs while a lock is held: it may lock again, wait, or call back
/// into the object that it finds half changed. Core Guidelines CP.22.
class CallbackUnderLockCheck : public LockCheckBase {
public:
  static const CheckInfo Info;
  using LockCheckBase::LockCheckBase;

private:
  void checkUnit(TranslationUnit &TU) override;
  void checkEvent(TranslationUnit &TU, const clang::FunctionDecl &F,
                  const Event &E, const LockState &Before);
  void report(TranslationUnit &TU, const Step &Way, const Callback &Called,
              const HeldLock &Lock);
};

} // namespace threadlint

#endif
