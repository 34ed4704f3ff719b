//===- GuardedReferenceEscapeCheck.h - Guarded state handed out -*- C++ -*-===//
// Asks EscapedReferences what of the guarded state leaves a function that takes
// the lock, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_GUARDEDREFERENCEESCAPECHECK_H
#define THREADLINT_CHECKS_GUARDEDREFERENCEESCAPECHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct EscapedReference;

/// A function takes the lock and returns a reference, pointer, iterator or view
/// of what the lock guards: its caller uses that without the lock. CWE-667,
/// Core Guidelines CP.50.
class GuardedReferenceEscapeCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const EscapedReference &E);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< each place once
};

} // namespace threadlint

#endif
