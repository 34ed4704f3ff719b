//===- ModelWords.h - What models say, in words -----------------*- C++ -*-===//
// One model as a few lines for a person. The words of the vocabulary are
// ModelReader's, what they mean is read from docs/models.md, which is compiled
// in.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_MODELWORDS_H
#define THREADLINT_DRIVER_MODELWORDS_H

#include "analysis/Vocabulary.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <utility>
#include <vector>

namespace threadlint {

/// Rows of a description: "does", "acquire: locks the object".
using ModelRows = std::vector<std::pair<std::string, std::string>>;

ModelRows describe(const FunctionModel &M);
ModelRows describe(const TypeModel &M);

/// The meaning of \p Word in the table of docs/models.md whose first column is
/// called \p Table. Empty: no such row.
llvm::StringRef meaningOf(llvm::StringRef Table, llvm::StringRef Word);

} // namespace threadlint

#endif
