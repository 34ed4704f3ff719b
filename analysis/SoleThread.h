//===- SoleThread.h - What one thread does alone ----------------*- C++ -*-===//
// Says whether one thread only runs a set of functions: what it saw stays true if
// nobody else can change it. Part of the analyses.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SOLETHREAD_H
#define THREADLINT_ANALYSIS_SOLETHREAD_H

#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct FunctionAccesses;
class LockedAccesses;
class LockPath;

using FunctionSet = llvm::DenseSet<const FunctionAccesses *>;

/// True if the thread that runs \p F is known, and no other one runs a function
/// of \p Functions. A function that anybody may call counts for \p Object alone,
/// if that is a private member or a variable of this source, and everything that
/// is done with it is visible. \p Object may be null. False: not known.
bool isSoleThread(const FunctionAccesses &F, FunctionSet Functions,
                  const LockPath *Object, LockedAccesses &All);

} // namespace threadlint

#endif
