//===- ThreadStartedTooEarlyCheck.h - Threads before their object -*- C++
//-*-===//
// Asks EarlyStarts which threads run before the object that they use is
// complete, or after its members are destroyed, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_THREADSTARTEDTOOEARLYCHECK_H
#define THREADLINT_CHECKS_THREADSTARTEDTOOEARLYCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct EarlyStart;

/// A constructor starts a thread that uses the object, although members of it
/// or the derived object are still to come; or the thread ends after the
/// members that it uses. Core Guidelines C.82 for the virtual call.
class ThreadStartedTooEarlyCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const EarlyStart &Start);
  void reportMembers(TranslationUnit &TU, const EarlyStart &Start);
  void reportVirtual(TranslationUnit &TU, const EarlyStart &Start);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
