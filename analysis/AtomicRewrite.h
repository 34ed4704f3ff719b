//===- AtomicRewrite.h - One operation in the place of two ------*- C++ -*-===//
// The edits that make one step of a load and a store that depends on it:
// `x = x + n` becomes `x.fetch_add(n)`, and `x += n` where the language has
// atomics built in.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_ATOMICREWRITE_H
#define THREADLINT_ANALYSIS_ATOMICREWRITE_H

#include "analysis/TextEdits.h"

namespace threadlint {

class TranslationUnit;
struct TwoStepUpdate;

/// For an update in \p F. Empty unless an integer gets a sum, difference or
/// bitwise combination of itself and something else, and nobody looks at the
/// result; for written memory orders, volatile objects, in macros and
/// templates, and in any doubt.
std::vector<TextEdit> inOneStep(const TwoStepUpdate &U,
                                const clang::FunctionDecl &F,
                                TranslationUnit &TU);

} // namespace threadlint

#endif
