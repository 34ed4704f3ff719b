//===- ClangTidyOutput.h - What clang-tidy said about a source --*- C++ -*-===//
// Reads the file of --export-fixes and the exit status back into findings, or
// into a problem: whatever is not a finding of ours is one.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_CLANGTIDYOUTPUT_H
#define THREADLINT_DRIVER_CLANGTIDYOUTPUT_H

#include "driver/Worker.h"

namespace threadlint {

/// What is left of a process that linted a source.
struct Ended {
  int Status;           ///< as of sys::Wait: negative after a crash
  std::string Why;      ///< of a negative one, by the system
  std::string Exported; ///< the YAML; empty: no diagnostics
  std::string Errors;   ///< what it wrote to stderr
};

Outcome outcomeOf(const Ended &Process);

} // namespace threadlint

#endif
