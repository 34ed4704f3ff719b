//===- ScalarLocks.h - Locks around single operations -----------*- C++ -*-===//
// Which locks only ever protect single reads, writes or updates of one integer,
// such that an atomic would do the same? Part of the analyses; words are left
// to the check.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SCALARLOCKS_H
#define THREADLINT_ANALYSIS_SCALARLOCKS_H

#include "analysis/Accesses.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace clang {
class ValueDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

struct ScalarSection {
  clang::SourceLocation Acquired;
  AccessKind What;
};

struct ScalarLock {
  const clang::ValueDecl *Lock;   ///< a field or variable
  const clang::ValueDecl *Scalar; ///< what all its sections are about
  /// In the order of the source; at least two, one of which writes.
  llvm::SmallVector<ScalarSection, 4> Sections;
};

/// Locks of which every use is visible and understood: a guard or a pair of
/// calls around exactly one operation. In the order of the source.
std::vector<ScalarLock> scalarLocks(TranslationUnit &TU);

} // namespace threadlint

#endif
