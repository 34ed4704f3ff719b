//===- Shutdowns.h - How is a thread told to end? ---------------*- C++ -*-===//
// Where the thread that a member holds is joined, and what the code changes
// that stops it: flags, queues, sockets, semaphores. Part of the analyses;
// whether the thread takes notice is left to EndlessWaits.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SHUTDOWNS_H
#define THREADLINT_ANALYSIS_SHUTDOWNS_H

#include "analysis/Statements.h"

namespace threadlint {

struct Task;
class TranslationUnit;

struct Shutdown {
  /// Joins the thread, in a destructor, or in a function whose name says that
  /// it stops or destroys. Null: see Member.
  const clang::Expr *Join = nullptr;
  /// Joins the thread when it is destroyed. Null, like Join: nobody is seen to.
  const clang::ValueDecl *Member = nullptr;
  /// Variables and fields that destructors, and functions that stop something,
  /// write or hand to others before the join. Locks are left out.
  DeclSet Changed;
  /// They call what cannot be seen.
  bool Unknown = false;
};

/// How \p T, which a member or a global variable must hold, is ended.
Shutdown shutdownOf(const Task &T, TranslationUnit &TU);

} // namespace threadlint

#endif
