//===- ExceptionEscapesThreadCheck.h - Exceptions end a thread --*- C++ -*-===//
// Asks Tasks what runs on other threads and Exceptions what leaves that, and
// words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_EXCEPTIONESCAPESTHREADCHECK_H
#define THREADLINT_CHECKS_EXCEPTIONESCAPESTHREADCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct Escape;
struct Task;

/// An exception can leave the function that a thread enters: std::terminate ends
/// the process. CERT ERR50-CPP, ERR51-CPP.
class ExceptionEscapesThreadCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void checkTask(TranslationUnit &TU, const Task &T);
  void report(TranslationUnit &TU, const Task &T, const Escape &E);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
