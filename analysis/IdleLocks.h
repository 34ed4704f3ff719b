//===- IdleLocks.h - Locks and guards that protect nothing ------*- C++ -*-===//
// Looks at the statements of one function for guards that are gone at once or never
// lock, for locks of which each call has its own, and for sections without content.
// No control flow is needed; wording is the check's.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_IDLELOCKS_H
#define THREADLINT_ANALYSIS_IDLELOCKS_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SmallVector.h"
#include <string>

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

struct IdleLock {
  enum Kind : uint8_t {
    Temporary,   ///< a guard that ends with its statement
    NoLock,      ///< a guard that is given no lock
    NeverLocked, ///< a deferred guard that nobody locks
    LocalLock,   ///< each call has a lock of its own
    ThreadLock,  ///< each thread has a lock of its own
    IgnoredTry,  ///< nobody asks whether the lock was taken
    EmptySection ///< locked and unlocked with nothing in between
  };
  Kind What = Temporary;
  std::string Name; ///< of the guard's class, the variable, the function
  clang::SourceLocation Loc;
};

/// Empty as well when in doubt. CWE-667, Core Guidelines CP.44.
llvm::SmallVector<IdleLock, 1> idleLocks(TranslationUnit &TU,
                                         const clang::FunctionDecl &F);

} // namespace threadlint

#endif
