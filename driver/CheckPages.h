//===- CheckPages.h - The documentation of each check -----------*- C++ -*-===//
// docs/checks/*.md, compiled in: for `threadlint explain` and for the reports
// that carry a check's help. Markdown as it was written; rendering is left to
// others.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_CHECKPAGES_H
#define THREADLINT_DRIVER_CHECKPAGES_H

#include "llvm/ADT/StringRef.h"

namespace threadlint {

/// The page of \p Check, with or without `threadlint-`: Markdown, a constant.
/// Empty: there is no such check.
llvm::StringRef pageOf(llvm::StringRef Check);

} // namespace threadlint

#endif
