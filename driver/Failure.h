//===- Failure.h - What went wrong, as a sentence ---------------*- C++ -*-===//
// The driver's errors are sentences for the user: what cannot be done with
// which file or option, and what to do. Run.cpp prints them and ends with
// ExitCouldNot.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_FAILURE_H
#define THREADLINT_DRIVER_FAILURE_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"

namespace threadlint {

inline llvm::Error failure(const llvm::Twine &Sentence) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Sentence);
}

} // namespace threadlint

#endif
