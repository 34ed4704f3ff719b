//===- PlainReads.h - Expressions that change nothing -----------*- C++ -*-===//
// Whether an expression may be evaluated more often than it is written. A
// helper of the analyses that rewrite source.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_PLAINREADS_H
#define THREADLINT_ANALYSIS_PLAINREADS_H

namespace clang {
class Expr;
} // namespace clang

namespace threadlint {

class TranslationUnit;

/// \p E changes nothing and synchronises with nobody, as far as its words say:
/// of calls, constant member functions, comparisons and loads of atomics are
/// believed to. False: unknown.
bool onlyReads(const clang::Expr &E, TranslationUnit &TU);

} // namespace threadlint

#endif
