//===- PromiseMisuseCheck.h - Promises set twice, or never ------*- C++ -*-===//
// Asks PromiseStates and BrokenPromises which promises and futures are used
// against their rules, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_PROMISEMISUSECHECK_H
#define THREADLINT_CHECKS_PROMISEMISUSECHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct BrokenPromise;
struct PromiseMistake;

/// A promise that is set twice, a future that is taken twice: the second time
/// throws std::future_error. A wait for a promise that the same thread sets
/// later never ends, nor does one for a task that ends without a result, unless
/// by an exception.
class PromiseMisuseCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const PromiseMistake &M);
  void report(TranslationUnit &TU, const BrokenPromise &Broken);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
