//===- DoubleLockCheck.h - A lock that this thread holds already -*- C++ -*-===//
// Asks HeldLocks and Summaries for acquisitions of a lock that is held, Relocking
// whether they fail, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_DOUBLELOCKCHECK_H
#define THREADLINT_CHECKS_DOUBLELOCKCHECK_H

#include "checks/CheckInfo.h"
#include "checks/LastFunction.h"
#include "checks/LockCheckBase.h"

namespace threadlint {

class ExitSearch;
class Relocking;

/// A lock that is not recursive is acquired by a thread that holds it: the thread
/// waits for itself, or the behaviour is undefined. CERT POS51-C, CWE-764.
class DoubleLockCheck : public LockCheckBase {
public:
  static const CheckInfo Info;
  DoubleLockCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context);
  ~DoubleLockCheck() override;

private:
  void checkUnit(TranslationUnit &TU) override;
  void checkEvent(TranslationUnit &TU, Relocking &Nature,
                  const clang::FunctionDecl &F, const Event &E,
                  const LockState &Before);
  const HeldLock *heldOnSomePath(TranslationUnit &TU, const Step &Way,
                                 const clang::FunctionDecl &F, const Event &E,
                                 const LockState &Before);
  void checkTogether(TranslationUnit &TU, Relocking &Nature,
                     const clang::FunctionDecl &F,
                     llvm::ArrayRef<Step> Acquired);
  void report(TranslationUnit &TU, const Step &Way, const HeldLock &Held);

  LastFunction<ExitSearch> Search;
};

} // namespace threadlint

#endif
