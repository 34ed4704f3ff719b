//===- ReferenceCaptureInTaskCheck.h - Captures that die early --*- C++ -*-===//
// Asks TaskLifetimes for captures that a task may outlive, and words the
// diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_REFERENCECAPTUREINTASKCHECK_H
#define THREADLINT_CHECKS_REFERENCECAPTUREINTASKCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct OutlivedCapture;

/// A task refers to a local variable of the function that spawns it, and some
/// path lets the variable die while the task may still run. Core Guidelines
/// CP.23, CP.24, F.53; CERT CON34-C, EXP61-CPP; CWE-562, CWE-416.
class ReferenceCaptureInTaskCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void reportObject(TranslationUnit &TU, const OutlivedCapture &O);
  void report(TranslationUnit &TU, const OutlivedCapture &First,
              llvm::ArrayRef<OutlivedCapture> SamePlace);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
