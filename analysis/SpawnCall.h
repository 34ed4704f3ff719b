//===- SpawnCall.h - Does this call start a task? ---------------*- C++ -*-===//
// Calls and constructions that hand a callable to another thread: those that
// models name, elements that containers construct in place, and executors by
// shape. What the task captures is left to Tasks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SPAWNCALL_H
#define THREADLINT_ANALYSIS_SPAWNCALL_H

#include "analysis/Vocabulary.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class Expr;
} // namespace clang

namespace threadlint {

class Models;

struct SpawnCall {
  /// Null: the call is not known to start a task.
  const FunctionModel *Model = nullptr;
  /// The argument that is called. Null: unknown.
  const clang::Expr *Callable = nullptr;
  /// What it is called with, for functions that take both.
  llvm::SmallVector<const clang::Expr *, 2> Arguments;
  /// The call constructs the thread as an element of its object or result.
  bool InPlace = false;

  explicit operator bool() const { return Model; }
};

/// What \p Call, a call or construction, starts.
SpawnCall spawnCall(const clang::Expr &Call, const Models &M);

} // namespace threadlint

#endif
