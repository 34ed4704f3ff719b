//===- Markdown.h - A page for a terminal -----------------------*- C++ -*-===//
// Renders the Markdown that docs/checks/ uses: headings, paragraphs, lists, code
// blocks, tables, links. No parser of the whole language; what it does not know
// it leaves as it was written.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_MARKDOWN_H
#define THREADLINT_DRIVER_MARKDOWN_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace threadlint {

/// Headings at the margin, in bold if \p Bold; the rest is indented and wrapped
/// at \p Width columns, except code.
void renderMarkdown(llvm::raw_ostream &OS, llvm::StringRef Text, bool Bold,
                    unsigned Width);

} // namespace threadlint

#endif
