//===- CallersChoice.h - What a function leaves to its caller ---*- C++ -*-===//
// Which events of a function depend on a flag that its caller passes, or on who
// owns a lock: `void close(bool locked)`, the body of a recursive lock. The
// summaries carry that; what it means is left to who reads them.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_CALLERSCHOICE_H
#define THREADLINT_ANALYSIS_CALLERSCHOICE_H

#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct Event;
struct EventGraph;

/// The events of \p Graph that are reached on one side only
/// of a branch whose condition tests a parameter that is a flag or a number, or
/// something that is named after owning or holding a lock. Linear in the graph
/// for each such branch; empty for most functions.
llvm::DenseSet<const Event *> leftToCaller(const EventGraph &Graph);

} // namespace threadlint

#endif
