//===- Baseline.h - Findings that are known and accepted --------*- C++ -*-===//
// Takes known findings out of a report, and writes the file that knows them.
// Finds them again by their fingerprints.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_BASELINE_H
#define THREADLINT_DRIVER_BASELINE_H

#include "driver/Finding.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace threadlint {

/// Takes the findings that File knows out of R. An error is one sentence.
llvm::Error applyBaseline(Report &R, llvm::StringRef File);

/// Writes the findings of R to File, as known from now on.
llvm::Error writeBaseline(const Report &R, llvm::StringRef File);

} // namespace threadlint

#endif
