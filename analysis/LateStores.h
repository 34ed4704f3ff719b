//===- LateStores.h - What is set after a thread has the object -*- C++ -*-===//
// The members of an object that a function sets, without a lock, after it has
// handed the object to a thread. Whether the thread uses them is left to
// EarlyStarts.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LATESTORES_H
#define THREADLINT_ANALYSIS_LATESTORES_H

#include "analysis/ObjectUses.h"

namespace threadlint {

struct LateStore {
  FieldChain Fields;        ///< not empty
  const clang::Expr *Where; ///< in the function, or the call that leads there
};

/// The stores to parts of \p Object, a path in terms of \p F, a definition,
/// that may come after \p Spawn; to \p SpawnInBody false: all of the body comes
/// after. In the order of the source. Empty if F waits for somebody after the
/// spawn. Atomics, locks and objects that may have a lock of their own are left
/// out.
std::vector<LateStore> storesAfter(const clang::FunctionDecl &F,
                                   const clang::Expr &Spawn, bool SpawnInBody,
                                   const LockPath *Object, TranslationUnit &TU);

} // namespace threadlint

#endif
