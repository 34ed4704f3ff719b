//===- WriteUnderSharedLockCheck.h - Readers that write ---------*- C++ -*-===//
// Asks SharedLockWrites for writes under a reader's lock, and words the
// diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_WRITEUNDERSHAREDLOCKCHECK_H
#define THREADLINT_CHECKS_WRITEUNDERSHAREDLOCKCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct SharedLockWrite;

/// Member or global state is modified while only a shared (reader) lock is held:
/// other readers run at the same time. CWE-667, CERT CON43-C, Core Guidelines
/// CP.2.
class WriteUnderSharedLockCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const SharedLockWrite &Write);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< each place once
};

} // namespace threadlint

#endif
