//===- ExclusiveBranches.h - Do two places exclude each other? --*- C++ -*-===//
// Conditions around two places of one body that contradict each other: what
// runs at one of them in a call of the function does not at the other. By the
// structure of the source; a helper of the analyses.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_EXCLUSIVEBRANCHES_H
#define THREADLINT_ANALYSIS_EXCLUSIVEBRANCHES_H

#include "llvm/ADT/STLFunctionalExtras.h"

namespace clang {
class Stmt;
class ValueDecl;
} // namespace clang

namespace threadlint {

class BodyParents;

/// True if a condition around \p A contradicts one around \p B, or asks for the
/// same variables in another way. Only conditions on what \p IsStable says to
/// keep its value in between count. \p Parents are those of the function.
bool areExclusive(const clang::Stmt &A, const clang::Stmt &B,
                  const BodyParents &Parents,
                  llvm::function_ref<bool(const clang::ValueDecl &)> IsStable);

} // namespace threadlint

#endif
