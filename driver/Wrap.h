//===- Wrap.h - Words into lines --------------------------------*- C++ -*-===//
// Wraps text for help and pages. Knows neither terminals nor Markdown.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_WRAP_H
#define THREADLINT_DRIVER_WRAP_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace threadlint {

/// Writes the words of \p Text in lines of at most \p Width columns, and ends the
/// last one. The first line goes on at \p Column, the others start with \p
/// Indent spaces. A word that is too long has a line of its own.
void wrap(llvm::raw_ostream &OS, llvm::StringRef Text, unsigned Column,
          unsigned Indent, unsigned Width);

} // namespace threadlint

#endif
