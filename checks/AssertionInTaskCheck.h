//===- AssertionInTaskCheck.h - Test assertions on other threads *- C++ -*-===//
// Asks Tasks what runs on other threads and TestAssertions what ends it there,
// and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_ASSERTIONINTASKCHECK_H
#define THREADLINT_CHECKS_ASSERTIONINTASKCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct Task;
struct TestAssertion;
class TestAssertions;

/// An assertion that ends a test by `return` or by an exception is in a task: it
/// ends the task only, and the test goes on; or nobody catches the exception, and
/// the process ends.
class AssertionInTaskCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void checkTask(TranslationUnit &TU, const Task &T,
                 TestAssertions &Assertions);
  void report(TranslationUnit &TU, const Task &T, const TestAssertion &A);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
