//===- TextEdits.h - What analyses that rewrite source share ----*- C++ -*-===//
// An edit, the text of an expression, and what must not be edited: the
// rewriting itself is left to GuardRewrite, WaitRewrite and AtomicRewrite.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TEXTEDITS_H
#define THREADLINT_ANALYSIS_TEXTEDITS_H

#include "clang/Basic/SourceLocation.h"
#include <string>
#include <vector>

namespace clang {
class ASTContext;
class FunctionDecl;
class Stmt;
} // namespace clang

namespace threadlint {

struct TextEdit {
  clang::CharSourceRange Range;
  std::string Text; ///< empty: removed
};

/// The source of the tokens in \p Range. Empty if they do not stand in one file
/// in this order, as in the middle of a macro.
std::string sourceText(clang::SourceRange Range,
                       const clang::ASTContext &Context);

/// Whether a macro makes \p S or a part of it. Names that a system's header
/// gives to constants, such as `NULL`, do not count.
bool isMadeByMacro(const clang::Stmt *S, const clang::ASTContext &Context);

/// Whether there is a comment or a directive of the preprocessor in \p Range,
/// which an edit would lose.
bool hasComment(clang::CharSourceRange Range, const clang::ASTContext &Context);

/// One source for several functions, which may not all mean the same by it: \p
/// F is a template, an instance of one, or inside of one.
bool isInTemplate(const clang::FunctionDecl &F);

} // namespace threadlint

#endif
