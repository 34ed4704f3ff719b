//===- NetworkCallWithoutTimeoutCheck.h - Calls without end -----*- C++ -*-===//
// Asks Deadlines for calls that could have a deadline and have none, and words
// the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_NETWORKCALLWITHOUTTIMEOUTCHECK_H
#define THREADLINT_CHECKS_NETWORKCALLWITHOUTTIMEOUTCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct MissingDeadline;

/// A peer that does not answer holds the thread for as long as it likes.
/// CWE-400, CWE-1088.
class NetworkCallWithoutTimeoutCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const MissingDeadline &Missing);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
