//===- NegatedCondition.h - The opposite of a condition ---------*- C++ -*-===//
// Writes the opposite of a condition the way a programmer would: `!ready`
// becomes `ready`, `n == 0` becomes `n != 0`. A helper of the analyses that
// rewrite source.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_NEGATEDCONDITION_H
#define THREADLINT_ANALYSIS_NEGATEDCONDITION_H

#include <optional>
#include <string>

namespace clang {
class ASTContext;
class Expr;
} // namespace clang

namespace threadlint {

/// The source of a number that is not zero exactly if the condition \p E is
/// false. C++ only. None: it cannot be written well.
std::optional<std::string> negated(const clang::Expr &E,
                                   const clang::ASTContext &Context);

/// The condition \p E without parentheses, implicit conversions, those by a
/// class's conversion function included, and temporaries' wrappers.
const clang::Expr *stripCondition(const clang::Expr *E);

} // namespace threadlint

#endif
