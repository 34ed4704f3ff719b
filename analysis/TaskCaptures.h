//===- TaskCaptures.h - What a task has of its spawner ----------*- C++ -*-===//
// The captures of a lambda and the arguments of a spawn as references to,
// pointers into and copies of the variables of the spawning function. Used by
// Tasks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TASKCAPTURES_H
#define THREADLINT_ANALYSIS_TASKCAPTURES_H

#include "analysis/Tasks.h"

namespace threadlint {

struct Callable;
struct SpawnCall;

/// Adds to \p T.Captures what \p Callee, the callable of \p Call, captures, and
/// what the call passes on. What cannot be traced to a variable of T.Spawner is
/// left out.
void addCaptures(Task &T, const Callable &Callee, const SpawnCall &Call,
                 LockPaths &Paths);

} // namespace threadlint

#endif
