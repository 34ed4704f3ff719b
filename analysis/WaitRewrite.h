//===- WaitRewrite.h - A wait that tests again ------------------*- C++ -*-===//
// The edits that make `if (condition) wait` test the condition after the wait
// as well: the test becomes the wait's predicate where it takes one, and the
// `if` a `while` elsewhere.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_WAITREWRITE_H
#define THREADLINT_ANALYSIS_WAITREWRITE_H

#include "analysis/Statements.h"
#include "analysis/TextEdits.h"

namespace threadlint {

class TranslationUnit;
struct ConditionWait;

/// For a wait without predicate and time-out. \p State: what those who notify
/// its condition write. Empty unless the `if` does nothing else, its condition
/// only reads and others can end it; in macros and templates, and in any doubt.
std::vector<TextEdit> testedAgain(const ConditionWait &W, const DeclSet &State,
                                  TranslationUnit &TU);

} // namespace threadlint

#endif
