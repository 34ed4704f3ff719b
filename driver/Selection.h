//===- Selection.h - Which checks and headers of a source -------*- C++ -*-===//
// As the project's .clang-tidy says, if it turns checks of ours on; else the
// default of threadlint. Reads the configuration; clang-tidy itself reads it
// once more in the process that lints.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_SELECTION_H
#define THREADLINT_DRIVER_SELECTION_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace threadlint {

/// Answers for each folder once.
class Selection {
public:
  /// clang-tidy's arguments for File, an absolute path.
  const std::vector<std::string> &argumentsFor(llvm::StringRef File);

private:
  llvm::StringMap<std::vector<std::string>> ByFolder;
};

} // namespace threadlint

#endif
