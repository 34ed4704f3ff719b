//===- SwallowedTaskErrorCheck.h - Failures nobody hears of -----*- C++ -*-===//
// Asks LostOutcomes for tasks whose failure is lost, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_SWALLOWEDTASKERRORCHECK_H
#define THREADLINT_CHECKS_SWALLOWEDTASKERRORCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

/// A task may fail, and its failure ends in a future that nobody reads or in an
/// empty handler. CWE-391, CERT ERR51-CPP.
class SwallowedTaskErrorCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
