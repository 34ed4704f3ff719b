//===- Diff.h - The changed lines of a unified diff -------------*- C++ -*-===//
// Reads what `git diff -U0` prints. A pure function of its text; running git is
// left to Git.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_DIFF_H
#define THREADLINT_DRIVER_DIFF_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <utility>
#include <vector>

namespace threadlint {

struct ChangedFile {
  std::string Path; ///< as in the diff, without its prefix `b/`
  /// First and last line of what was added or replaced, in ascending order. A
  /// place where lines were only taken away has none.
  std::vector<std::pair<unsigned, unsigned>> Lines;
};

/// The files that are there after the change and have other content. An error:
/// this is no unified diff, or one of a merge.
llvm::Expected<std::vector<ChangedFile>> parseDiff(llvm::StringRef Text);

} // namespace threadlint

#endif
