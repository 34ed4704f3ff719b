//===- TwoStepUpdates.h - Atomics read, then written ------------*- C++ -*-===//
// Finds stores to an atomic whose value, or whose very execution, depends on a
// load of the same atomic just before: another thread's store in between is
// lost. Part of the analyses; how it is worded is left to the check.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TWOSTEPUPDATES_H
#define THREADLINT_ANALYSIS_TWOSTEPUPDATES_H

#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
class ValueDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

struct TwoStepUpdate {
  const clang::Expr *Store;
  const clang::Expr *Load;          ///< of the same atomic, before it
  const clang::ValueDecl *Variable; ///< the atomic
  bool IsConditional; ///< the load decides whether the store happens
};

/// In the order of the source. Left out: what one lock guards everywhere, what
/// nobody else can see yet, what only one thread writes, and stores with a
/// weaker memory order, whose authors have thought about it.
std::vector<TwoStepUpdate> twoStepUpdates(const clang::FunctionDecl &F,
                                          TranslationUnit &TU);

} // namespace threadlint

#endif
