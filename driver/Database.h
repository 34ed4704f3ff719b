//===- Database.h - compile_commands.json -----------------------*- C++ -*-===//
// Finds compilation databases and says which sources they name. The flags are
// the business of clang's tooling library, which each child process uses.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_DATABASE_H
#define THREADLINT_DRIVER_DATABASE_H

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <string>
#include <vector>

namespace threadlint {

/// Absolute, without `.` and `..`; symbolic links stay.
std::string absolutePath(llvm::StringRef Path);

/// By their endings. A source is compiled, a header or a fragment is included
/// by one, and a fragment cannot stand alone.
bool isSourceName(llvm::StringRef File);
bool isHeaderName(llvm::StringRef File);
bool isFragmentName(llvm::StringRef File);

struct Database {
  std::string Folder;               ///< of compile_commands.json
  std::vector<std::string> Sources; ///< C and C++, absolute, sorted, each once
  std::unique_ptr<clang::tooling::CompilationDatabase> Commands;

  bool has(llvm::StringRef File) const; ///< File is absolute

  /// The source that is the same file as File, which has no symbolic links.
  /// Empty: there is none.
  std::string find(llvm::StringRef File) const;
};

/// Every database that was asked for, each read once.
class Databases {
public:
  /// The one in Folder or in its build/. Null: there is none. An error: it
  /// cannot be read.
  llvm::Expected<const Database *> in(llvm::StringRef Folder);

  /// The nearest one, from the folder of File upwards, that names File. Null:
  /// there is none.
  llvm::Expected<const Database *> naming(llvm::StringRef File);

  /// The nearest one, from Folder upwards. Null: there is none.
  llvm::Expected<const Database *> above(llvm::StringRef Folder);

private:
  llvm::Expected<const Database *> load(llvm::StringRef Folder);

  llvm::StringMap<std::unique_ptr<Database>> ByFolder; ///< null: none there
};

/// What to say where a database is missing.
extern const char HowToMakeDatabase[];

} // namespace threadlint

#endif
