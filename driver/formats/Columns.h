//===- Columns.h - Columns as reports count them ----------------*- C++ -*-===//
// Clang counts bytes; SARIF, annotations and editors count UTF-16 code units.
// Knows one line of text at a time; SourceText finds it.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_FORMATS_COLUMNS_H
#define THREADLINT_DRIVER_FORMATS_COLUMNS_H

#include "driver/Finding.h"
#include "driver/SourceText.h"
#include "llvm/ADT/StringRef.h"

namespace threadlint {

/// The column in UTF-16 code units of the byte \p Column (from 1) of \p Line.
/// What lies behind the line's end counts as bytes, so the answer for an
/// unknown, empty line is \p Column.
unsigned utf16Column(llvm::StringRef Line, unsigned Column);

/// The bytes of the name (`mail::send`) or number at \p Column, or of the one
/// character there; 0 at the end of the line.
unsigned wordLength(llvm::StringRef Line, unsigned Column);

/// From Line:Column up to and without EndLine:EndColumn, in UTF-16 code units.
struct Region {
  unsigned Line = 0, Column = 0, EndLine = 0, EndColumn = 0;
};

/// The name at \p Where. Line 0: the place is unknown.
Region regionOf(SourceText &Text, const Location &Where);

/// The text that \p E replaces.
Region regionOf(SourceText &Text, const Edit &E);

} // namespace threadlint

#endif
