//===- ByReference.h - Can a value become a reference? ----------*- C++ -*-===//
// Source edits that make a by-value parameter or loop variable a reference, when
// the result is sure to compile as far as the translation unit shows. Part of the
// analyses; whether to offer them is left to the checks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_BYREFERENCE_H
#define THREADLINT_ANALYSIS_BYREFERENCE_H

#include "clang/Basic/SourceLocation.h"
#include <string>
#include <vector>

namespace clang {
class FunctionDecl;
class VarDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

/// Text to insert.
struct Insertion {
  clang::SourceLocation Loc;
  std::string Text;
};

/// Makes parameter \p Index of \p F a reference in all declarations: to const if
/// the body does no more than read it. Empty: C, a macro, a template, a virtual
/// or overloaded function, a coroutine, a caller that a reference does not suit,
/// or unknown.
std::vector<Insertion> parameterByReference(TranslationUnit &TU,
                                            const clang::FunctionDecl &F,
                                            unsigned Index);

/// The same for the variable of a range-based for, which stands in \p F.
std::vector<Insertion> loopVariableByReference(TranslationUnit &TU,
                                               const clang::FunctionDecl &F,
                                               const clang::VarDecl &V);

} // namespace threadlint

#endif
