//===- UnjoinedThreadCheck.h - Threads that nobody joins --------*- C++ -*-===//
// Asks ThreadStates which variables may end or be assigned with a joinable thread
// in them, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_UNJOINEDTHREADCHECK_H
#define THREADLINT_CHECKS_UNJOINEDTHREADCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct ThreadMistake;
struct UnjoinedMember;

/// A thread is neither joined nor detached on some path: its destructor ends the
/// process, or in C its stack is never freed. Core Guidelines CP.25; CERT CON05-C
/// asks the same of C.
class UnjoinedThreadCheck : public Check {
public:
  static const CheckInfo Info;
  using Check::Check;

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const ThreadMistake &M);
  void report(TranslationUnit &TU, const UnjoinedMember &M);

  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
