//===- ThreadCalls.h - Who joins, detaches or cancels a thread --*- C++ -*-===//
// All calls of one translation unit that end, join or let go of a thread, by
// the name of the thread. Asked for a finding that is about to be reported,
// never in a hot path; the order of the calls is left to others.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_THREADCALLS_H
#define THREADLINT_ANALYSIS_THREADCALLS_H

#include "analysis/Vocabulary.h"
#include <vector>

namespace clang {
class Expr;
} // namespace clang

namespace threadlint {

class FunctionIndex;
struct FunctionScan;
class LockPath;
class LockPaths;
class Models;

/// One per AST; not thread-safe.
class ThreadCalls {
public:
  ThreadCalls(const Models &M, LockPaths &Paths, FunctionIndex &Index)
      : M(M), Paths(Paths), Index(Index) {}

  /// A call with the effect \p Does (Join, Detach, Cancel) whose thread is the
  /// one that \p Handle names: the same member of the same class, the same
  /// global variable, or an element of it. Null: none is known.
  const clang::Expr *find(Effect Does, const LockPath *Handle);

  /// The same, but a thread without a name may be any.
  bool mayFind(Effect Does, const LockPath *Handle);

private:
  struct Call {
    Effect Does;
    const clang::Expr *E;
    const LockPath *Thread;
    /// Thread is a local variable, or a part of one, that the same function
    /// starts: it is no other thread.
    bool StartsHere = false;
  };
  const std::vector<Call> &calls();
  bool startsHere(const LockPath &Thread, const FunctionScan &Scan);
  bool isPrivate(const LockPath &Handle) const;

  const Models &M;
  LockPaths &Paths;
  FunctionIndex &Index;
  bool Collected = false;
  std::vector<Call> All;
};

} // namespace threadlint

#endif
