//===- CopiedSyncPrimitiveCheck.h - Copies of locks -------------*- C++ -*-===//
// Asks SyncCopies where objects with a synchronisation primitive in them are
// copied, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_COPIEDSYNCPRIMITIVECHECK_H
#define THREADLINT_CHECKS_COPIEDSYNCPRIMITIVECHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

struct SyncCopy;

/// A lock, condition, semaphore, once-flag or wait group is copied. The copy is
/// another object: it excludes, waits for and wakes nobody that uses the first.
/// POSIX (pthread_mutex_init) and C11 7.26.4: copies are undefined. CERT POS53-C.
class CopiedSyncPrimitiveCheck : public Check {
public:
  static const CheckInfo Info;
  CopiedSyncPrimitiveCheck(llvm::StringRef Name,
                           clang::tidy::ClangTidyContext *Context);
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const clang::FunctionDecl &F,
              const SyncCopy &Copy);
  void addNotes(TranslationUnit &TU, const SyncCopy &Copy);

  const std::vector<std::string> NoCopyTypes;
  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
