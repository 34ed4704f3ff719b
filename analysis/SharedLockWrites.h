//===- SharedLockWrites.h - Writes under a reader's lock --------*- C++ -*-===//
// Lists the writes to state that threads share, made while nothing but a shared
// lock of the same object, or a global one, is held. Part of the analyses; words
// are left to the check.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SHAREDLOCKWRITES_H
#define THREADLINT_ANALYSIS_SHAREDLOCKWRITES_H

#include "analysis/LockedAccesses.h"
#include <vector>

namespace threadlint {

class GuardInference;
class Models;

struct SharedLockWrite {
  const FunctionAccesses *In;
  const Access *What;
  KnownLock Lock; ///< the shared one
  /// The calls from the function that holds the lock down to In, the outermost
  /// first. Empty: In holds it.
  llvm::SmallVector<const CallContext *, 2> Calls;
  /// What In writes through a local iterator, pointer or reference, which What
  /// made. Null: What is the write.
  const clang::Expr *Indirect = nullptr;
};

/// In the order of the functions. Unknown locks, and doubt about an exclusive
/// one, are silence.
std::vector<SharedLockWrite> sharedLockWrites(LockedAccesses &Accesses,
                                              GuardInference &Guards,
                                              const Models &M);

} // namespace threadlint

#endif
