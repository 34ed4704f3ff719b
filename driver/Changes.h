//===- Changes.h - What has changed in the work tree ------------*- C++ -*-===//
// The changed lines that --diff and --staged mean, and which findings they
// concern. What is to be linted for them is the business of ChangedSources.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_CHANGES_H
#define THREADLINT_DRIVER_CHANGES_H

#include "driver/Diff.h"
#include "driver/Finding.h"
#include "driver/Git.h"
#include "llvm/ADT/StringMap.h"

namespace threadlint {

/// The path without symbolic links; Path itself if there is no such file.
std::string realPath(llvm::StringRef Path);

class Changes {
public:
  /// Of the work tree since Revision.
  static llvm::Expected<Changes> since(const Git &Repository,
                                       llvm::StringRef Revision);

  /// Of the work tree since HEAD, in the files that are staged. Says on stderr
  /// which of them have other changes, too.
  static llvm::Expected<Changes> staged(const Git &Repository);

  /// Absolute, sorted; none that the change deletes.
  const std::vector<ChangedFile> &files() const { return Files; }

  /// True if a changed line is the place of F or of one of its notes.
  bool concern(const Finding &F);

private:
  bool contain(const Location &Where);

  std::vector<ChangedFile> Files;
  llvm::StringMap<std::string> RealPaths; ///< of the findings' files
};

} // namespace threadlint

#endif
