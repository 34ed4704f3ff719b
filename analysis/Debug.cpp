//===- Debug.cpp - Remarks for people who debug threadlint ----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "analysis/Debug.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

namespace threadlint {

llvm::raw_ostream &debug() {
  // Without a buffer, the threads of an editor's server may share it.
  static llvm::raw_null_ostream Nowhere;
  static llvm::raw_ostream &Out = []() -> llvm::raw_ostream & {
    if (std::getenv("THREADLINT_DEBUG"))
      return llvm::errs();
    Nowhere.SetUnbuffered();
    return Nowhere;
  }();
  return Out;
}

} // namespace threadlint
