//===- EmbeddedText.h - A text file inside the executable -------*- C++ -*-===//
// The row of the tables that cmake/embed.py writes. What is in them, their
// users (CheckPages, Templates) know.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_EMBEDDEDTEXT_H
#define THREADLINT_DRIVER_EMBEDDEDTEXT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace threadlint {

struct EmbeddedText {
  const char *Name; ///< the file's, without its folder
  const char *Text;
};

/// The text of the file \p Name. Empty: the table has no such file.
inline llvm::StringRef textOf(llvm::ArrayRef<EmbeddedText> Table,
                              llvm::StringRef Name) {
  for (const EmbeddedText &E : Table)
    if (Name == E.Name)
      return E.Text;
  return "";
}

} // namespace threadlint

#endif
