//===- CopyCapture.h - Captures that may as well be copies ------*- C++ -*-===//
// Decides whether a lambda's captures by reference can become captures by value
// without changing what the program means, and how the source changes.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_COPYCAPTURE_H
#define THREADLINT_ANALYSIS_COPYCAPTURE_H

#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/SmallVector.h"

namespace threadlint {

struct Task;
class TranslationUnit;

/// Edits that turn the capture, or all captures of the capture default, that
/// stands at \p Loc in the lambda of \p T into copies. Empty if one of them is not
/// cheap to copy, is written by the task, or by its spawner after the spawn; and
/// in macros.
llvm::SmallVector<clang::FixItHint, 2>
copyCaptures(const Task &T, clang::SourceLocation Loc, TranslationUnit &TU);

} // namespace threadlint

#endif
