//===- Nearest.h - Did you mean …? ------------------------------*- C++ -*-===//
// The name that a mistyped one comes closest to, for error messages.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_NEAREST_H
#define THREADLINT_DRIVER_NEAREST_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace threadlint {

/// One of \p Names, which is not empty: the first that contains \p Name, else
/// the one with the fewest edits.
inline llvm::StringRef nearest(llvm::StringRef Name,
                               llvm::ArrayRef<llvm::StringRef> Names) {
  llvm::StringRef Best = Names.front();
  for (llvm::StringRef N : Names) {
    if (!Name.empty() && N.contains(Name))
      return N;
    if (Name.edit_distance(N) < Name.edit_distance(Best))
      Best = N;
  }
  return Best;
}

} // namespace threadlint

#endif
