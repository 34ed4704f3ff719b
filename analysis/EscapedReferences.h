//===- EscapedReferences.h - Guarded state that is handed out ---*- C++ -*-===//
// Finds functions that return, or store through a parameter, a reference,
// pointer, iterator or view of state that the lock guards which they take and
// release. Part of the analyses; words are left to the check.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_ESCAPEDREFERENCES_H
#define THREADLINT_ANALYSIS_ESCAPEDREFERENCES_H

#include "analysis/LockedAccesses.h"
#include <string>

namespace clang {
class ParmVarDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

struct EscapedReference {
  enum class Kind : uint8_t { Reference, Pointer, Iterator, View };
  Kind What;
  const clang::Expr *Where; ///< what is returned or stored
  const clang::Expr *Names; ///< where the lock is held and the state named
  const clang::FunctionDecl *Through;  ///< the callee that names it; or null
  const clang::ParmVarDecl *Parameter; ///< null: it is returned
  std::string State;                   ///< "entries_"
  KnownLock Lock;
  const clang::Expr *Change; ///< of the same state, under the lock
};

/// In the order of the source. Left out: state that nobody changes, or that is
/// changed before a flag is set for good that the function waits for; elements
/// that stay where they are; what guards itself; what the function marks as taken.
std::vector<EscapedReference> escapedReferences(TranslationUnit &TU);

} // namespace threadlint

#endif
