//===- Debug.h - Remarks for people who debug threadlint --------*- C++ -*-===//
// Where the analyses say what they skipped. Silent unless the environment
// variable THREADLINT_DEBUG is set; never part of the diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_DEBUG_H
#define THREADLINT_ANALYSIS_DEBUG_H

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace threadlint {

/// stderr if THREADLINT_DEBUG is set, else a stream that swallows everything.
llvm::raw_ostream &debug();

} // namespace threadlint

#endif
