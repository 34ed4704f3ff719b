//===- MissingUnlockCheck.h - Locks left behind at an exit ------*- C++ -*-===//
// Asks LockLeaks for locks, taken by hand, that some exits of a function forget to
// release, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_MISSINGUNLOCKCHECK_H
#define THREADLINT_CHECKS_MISSINGUNLOCKCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

struct FunctionExit;
struct LockLeak;

/// A lock that is acquired by hand is released before some exits of the function
/// and still held at others: whoever wants it next waits for ever. CWE-667, CERT
/// CON01-C, Core Guidelines CP.20.
class MissingUnlockCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const clang::FunctionDecl &F,
              const LockLeak &Leak);
  void noteExit(TranslationUnit &TU, const LockLeak &Leak,
                const FunctionExit &Exit);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
