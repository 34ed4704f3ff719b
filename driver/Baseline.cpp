//===- Baseline.cpp - Findings that are known and accepted ----------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Baseline.h"

using namespace llvm;

namespace threadlint {

Error applyBaseline(Report &, StringRef) {
  return createStringError(inconvertibleErrorCode(),
                           "--baseline is not there yet");
}

Error writeBaseline(const Report &, StringRef) {
  return createStringError(inconvertibleErrorCode(),
                           "--write-baseline is not there yet");
}

} // namespace threadlint
