//===- GuardRewrite.h - A guard in the place of lock and unlock -*- C++ -*-===//
// The edits that let a std::lock_guard own a lock that is locked and unlocked by
// hand, for pairs so plain that nothing but the forgotten exits changes.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_GUARDREWRITE_H
#define THREADLINT_ANALYSIS_GUARDREWRITE_H

#include "analysis/TextEdits.h"

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

/// For the call \p Locking of a standard mutex's lock() in \p F, a definition. Empty
/// whenever the guard could end elsewhere than the unlocks stand, or in any doubt.
/// Core Guidelines CP.20.
std::vector<TextEdit> guardInsteadOf(TranslationUnit &TU,
                                     const clang::FunctionDecl &F,
                                     const clang::Expr &Locking);

} // namespace threadlint

#endif
