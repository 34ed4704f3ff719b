//===- LoopInfo.h - Loops around a statement --------------------*- C++ -*-===//
// Asked for a finding that is about to be reported, so that the message can say
// that it happens again and again; never in a hot path.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOOPINFO_H
#define THREADLINT_ANALYSIS_LOOPINFO_H

#include "clang/Basic/SourceLocation.h"

namespace clang {
class Expr;
class FunctionDecl;
class SourceManager;
} // namespace clang

namespace threadlint {

/// True if a loop of \p F encloses \p E but not the place \p Before, from which
/// the loop is entered. False for null \p E.
bool isInLoopAfter(const clang::FunctionDecl &F, const clang::Expr *E,
                   clang::SourceLocation Before,
                   const clang::SourceManager &SM);

} // namespace threadlint

#endif
