//===- Includers.h - Which source includes a header -------------*- C++ -*-===//
// Guesses by the text of #include lines and asks the preprocessor, so that a
// changed header is linted where it is used.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_INCLUDERS_H
#define THREADLINT_DRIVER_INCLUDERS_H

#include "driver/Database.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace threadlint {

/// The sources of one database, and how they and the headers between include
/// one another.
class Includers {
public:
  /// Headers: files that a source may include on the way, absolute.
  Includers(const Database &D, llvm::ArrayRef<std::string> Headers);

  /// A source of the database that includes Header, directly or not; one of
  /// Preferred if one of them does. Empty: none was found. Header is absolute.
  std::string including(llvm::StringRef Header,
                        const llvm::StringSet<> &Preferred);

private:
  struct Include {
    std::string Spelled; ///< what stands between the quotes, without ../
    unsigned By;         ///< index of the file
  };

  void read(llvm::StringRef File);
  std::vector<std::string> candidates(llvm::StringRef Header,
                                      const llvm::StringSet<> &Preferred) const;
  const llvm::StringSet<> &readBy(const std::string &Source);

  const Database &D;
  std::vector<std::string> Files;
  llvm::StringMap<std::vector<Include>> ByName;    ///< of the included file
  llvm::StringMap<llvm::StringSet<>> Dependencies; ///< of preprocessed sources
};

} // namespace threadlint

#endif
