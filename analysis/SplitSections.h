//===- SplitSections.h - Tested in one critical section, used in the next -===//
// Finds acts on guarded state that a test of it decided on, made in an earlier
// critical section of the same lock: the lock was free in between. Part of the
// analyses; words are left to the check.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SPLITSECTIONS_H
#define THREADLINT_ANALYSIS_SPLITSECTIONS_H

#include "clang/Basic/SourceLocation.h"
#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace threadlint {

class LockPath;
class TranslationUnit;

/// A test or an act: in the function itself, or in one that it calls.
struct SectionPlace {
  const clang::Expr *Where = nullptr;      ///< the use, or the call
  const clang::FunctionDecl *In = nullptr; ///< the callee; null: it is the use
  const clang::Expr *Use = nullptr;        ///< of the state, in the callee
  clang::SourceLocation Acquired;          ///< the lock, for it
};

struct SplitSection {
  SectionPlace Test, Act;
  clang::SourceLocation Released; ///< after a test in the function itself
  const LockPath *State;
  const LockPath *Lock;
};

/// The first act on each state that a condition decides on, in the order of the
/// source. Left out: what is tested again, what the first section marks as
/// taken, and what only one thread changes.
std::vector<SplitSection> splitSections(TranslationUnit &TU);

} // namespace threadlint

#endif
