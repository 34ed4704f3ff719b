//===- Sources.h - What is to be linted -------------------------*- C++ -*-===//
// From the command line's paths to a list of sources, each with its database.
// How one is linted is the business of Worker.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_SOURCES_H
#define THREADLINT_DRIVER_SOURCES_H

#include "driver/Database.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace threadlint {

struct Source {
  std::string File;     ///< absolute
  std::string Database; ///< its folder; empty: default flags

  bool operator==(const Source &Other) const {
    return File == Other.File && Database == Other.Database;
  }
};

/// The database in Folder or in its build/. An error: there is none, or it names
/// no source.
llvm::Expected<const Database *> namedDatabase(Databases &All,
                                               llvm::StringRef Folder);

/// All sources of the paths, each once: files, and those of a folder's
/// database. Named is the database of -p, whose sources below a folder are
/// meant; or null: then each path finds its own. Without paths, all of Named,
/// or of the database of the current folder. Says on stderr which files get
/// default flags.
llvm::Expected<std::vector<Source>>
sourcesOf(Databases &All, const Database *Named,
          llvm::ArrayRef<std::string> Paths);

/// File with default flags, which is said on stderr.
Source withDefaultFlags(llvm::StringRef File);

/// The folder that reports are relative to: the repository of the first source,
/// else the current folder.
std::string rootOf(llvm::ArrayRef<Source> Sources);

} // namespace threadlint

#endif
