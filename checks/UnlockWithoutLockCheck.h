//===- UnlockWithoutLockCheck.h - Releases of free locks --------*- C++ -*-===//
// Asks LooseReleases for releases of locks that are held on no path to them, and
// words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_UNLOCKWITHOUTLOCKCHECK_H
#define THREADLINT_CHECKS_UNLOCKWITHOUTLOCKCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct LooseRelease;

/// A lock is released, or adopted by a guard, that is not held: undefined behaviour,
/// and in practice another thread's lock is opened. CWE-832, Core Guidelines CP.20.
class UnlockWithoutLockCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const LooseRelease &Release);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
