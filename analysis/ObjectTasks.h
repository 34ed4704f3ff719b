//===- ObjectTasks.h - Threads that use a local object ----------*- C++ -*-===//
// The detached threads that member functions of one function's own objects start,
// and that use their object. Needs Tasks; whether the object dies too early is left
// to TaskLifetimes.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_OBJECTTASKS_H
#define THREADLINT_ANALYSIS_OBJECTTASKS_H

#include "analysis/Tasks.h"
#include <vector>

namespace threadlint {

class TranslationUnit;

struct ObjectTask {
  const Task *T;       ///< of the member function; owned by Tasks
  const Capture *This; ///< of *T
  /// The same as a task of the function: the call is the spawn, the object's
  /// variable the capture (Value for a pointer, else Pointer).
  Task AsOwn;
};

/// For the calls in \p F, which must have a body, on local objects, on what `new`
/// made, and on what a local std::unique_ptr keeps to itself. Nothing for classes
/// whose destructors may wait for the thread, nor for `main`, whose end is the end
/// of all threads.
std::vector<ObjectTask> objectTasks(const clang::FunctionDecl &F,
                                    TranslationUnit &TU);

} // namespace threadlint

#endif
