//===- Paths.h - Paths as reports have them ---------------------*- C++ -*-===//
// Paths relative to the root of a report, and as URIs. For the formats and the
// baseline; touches no file.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_FORMATS_PATHS_H
#define THREADLINT_DRIVER_FORMATS_PATHS_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace threadlint {

/// True if the absolute path \p File lies in the folder \p Root.
bool isInside(llvm::StringRef Root, llvm::StringRef File);

/// \p File relative to \p Root, and \p File itself if it lies elsewhere.
std::string relativeTo(llvm::StringRef Root, llvm::StringRef File);

/// \p Path with every byte escaped that a URI's path does not have; not the
/// slashes.
std::string uriPath(llvm::StringRef Path);

/// The file URI of an absolute path.
std::string fileUri(llvm::StringRef Path);

} // namespace threadlint

#endif
