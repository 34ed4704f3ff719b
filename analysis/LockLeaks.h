//===- LockLeaks.h - Locks that some exits forget to release ----*- C++ -*-===//
// From each acquisition by hand, the exits of the function that are reached with
// the lock held, and those that are reached after its release. Follows single
// paths with HeldLocks' transfer; wording and fixes are left to the check.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOCKLEAKS_H
#define THREADLINT_ANALYSIS_LOCKLEAKS_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class Expr;
class FunctionDecl;
class Stmt;
} // namespace clang

namespace threadlint {

class LockPath;
class TranslationUnit;

/// One way out of a function.
struct FunctionExit {
  enum Kind : uint8_t { Return, End, Exception };
  Kind How = End;
  clang::SourceLocation Loc;
  const clang::Expr *Value = nullptr;   ///< Return: what is returned; may be null
  const clang::Stmt *Thrower = nullptr; ///< Exception: a call or `throw`
};

/// A lock (permit of a semaphore, count of a latch) that the function gives back
/// before some of its exits only.
struct LockLeak {
  enum Kind : uint8_t {
    Lock,
    Permit,   ///< of a semaphore, or the count of a latch
    Disowned, ///< unique_lock::release(); Where is that call
  };
  Kind What = Lock;
  const LockPath *Path = nullptr;
  const clang::Expr *Where = nullptr; ///< the acquisition
  clang::SourceLocation Loc;
  /// Where it is still held, in the order of the source. Never empty.
  llvm::SmallVector<FunctionExit, 2> Exits;
};

/// The leaks of \p F. Empty as well for a function that cannot be analysed, and for
/// one that hands its lock to the caller by design. CERT POS51-C's precondition,
/// CWE-667, Core Guidelines CP.20.
llvm::SmallVector<LockLeak, 1> lockLeaks(TranslationUnit &TU,
                                         const clang::FunctionDecl &F);

} // namespace threadlint

#endif
