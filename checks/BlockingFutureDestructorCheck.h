//===- BlockingFutureDestructorCheck.h - Time-outs without effect *- C++ -*-===//
// Asks TimedOutFutures for timed waits behind which the future's destructor waits
// all the same, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_BLOCKINGFUTUREDESTRUCTORCHECK_H
#define THREADLINT_CHECKS_BLOCKINGFUTUREDESTRUCTORCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

/// The time is up, the function gives up, and the destructor of the future of
/// `std::async` waits for the whole task: the time-out has no effect.
/// [futures.async], Core Guidelines CP.61.
class BlockingFutureDestructorCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
