//===- RepeatedJoins.h - Joins that can be told apart by sight --*- C++ -*-===//
// Joins that no dataflow is needed for: of the calling thread itself, and of
// one element of a container twice in a row, which ThreadStates, to which the
// elements of a container are one, does not see. Part of the analyses.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_REPEATEDJOINS_H
#define THREADLINT_ANALYSIS_REPEATEDJOINS_H

#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

struct RepeatedJoin {
  const clang::Expr *Where;  ///< the join or detach
  const clang::Expr *Thread; ///< what it names
  /// The join or detach of the same element. Null: the thread joins itself.
  const clang::Expr *Before = nullptr;
  bool WasDetached = false; ///< Before is a detach
};

/// In \p F, a definition, in the order of the source.
std::vector<RepeatedJoin> repeatedJoins(const clang::FunctionDecl &F,
                                        TranslationUnit &TU);

} // namespace threadlint

#endif
