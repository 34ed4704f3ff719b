//===- Git.h - What threadlint asks git -------------------------*- C++ -*-===//
// Runs the git of the PATH in the repository of the current folder. An error is
// a sentence, with what git said.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_GIT_H
#define THREADLINT_DRIVER_GIT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace threadlint {

class Git {
public:
  /// The repository of the current folder.
  static llvm::Expected<Git> here();

  /// The work tree, without symbolic links.
  const std::string &root() const { return Root; }

  /// The commit that Revision names. "A...": where A and HEAD parted; "A...B":
  /// where those did.
  llvm::Expected<std::string> commit(llvm::StringRef Revision) const;

  /// HEAD, or the empty tree before the first commit.
  llvm::Expected<std::string> headOrNothing() const;

  /// The unified diff, without context, from Base to the work tree.
  llvm::Expected<std::string> diff(llvm::StringRef Base) const;

  /// Paths below root() of what the index changes of HEAD; not what it deletes.
  llvm::Expected<std::vector<std::string>> staged() const;

  /// Paths below root() of what the work tree changes of the index.
  llvm::Expected<std::vector<std::string>> unstaged() const;

  /// Paths below root() of all files that are not ignored.
  llvm::Expected<std::vector<std::string>> files() const;

private:
  llvm::Expected<std::string> ask(llvm::ArrayRef<llvm::StringRef> Words) const;
  llvm::Expected<std::vector<std::string>>
  names(llvm::ArrayRef<llvm::StringRef> Words) const;

  std::string Program, Root;
};

} // namespace threadlint

#endif
