//===- IneffectiveLockCheck.h - Locks that protect nothing ------*- C++ -*-===//
// Asks IdleLocks for guards and locks without effect, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_INEFFECTIVELOCKCHECK_H
#define THREADLINT_CHECKS_INEFFECTIVELOCKCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct IdleLock;

/// A guard or lock that is written and protects nothing: a temporary, a guard without
/// a lock, a lock that each call has for itself. CWE-667, Core Guidelines CP.44.
class IneffectiveLockCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const IdleLock &Idle);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
