//===- Debug.cpp - Remarks for people who debug threadlint ----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/Debug.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

namespace threadlint {

llvm::raw_ostream &debug() {
  static const bool Enabled = std::getenv("THREADLINT_DEBUG") != nullptr;
  return Enabled ? static_cast<llvm::raw_ostream &>(llvm::errs())
                 : llvm::nulls();
}

} // namespace threadlint
