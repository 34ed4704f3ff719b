//===- Fingerprint.h - Which mistake a finding is ---------------*- C++ -*-===//
// A hash that stays the same when lines above move, so that baselines and
// code-scanning services know a finding again.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_FINGERPRINT_H
#define THREADLINT_DRIVER_FINGERPRINT_H

#include "driver/Finding.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

namespace threadlint {

/// Sets the fingerprint of every finding: of its check, its path below Root,
/// its message, its line without white space, and how many like it came before.
/// Findings are sorted. Line gives the text of a finding's line.
void setFingerprints(Report &R,
                     llvm::function_ref<llvm::StringRef(const Finding &)> Line);

} // namespace threadlint

#endif
