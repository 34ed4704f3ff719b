//===- SpinLoops.h - Loops that only look at a variable ---------*- C++ -*-===//
// Recognises a loop whose every round does nothing but read: no call, no write,
// nothing that lets another thread run. Part of the analyses; how it is worded
// is left to the check.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SPINLOOPS_H
#define THREADLINT_ANALYSIS_SPINLOOPS_H

#include "clang/Basic/SourceLocation.h"
#include <optional>

namespace clang {
class Expr;
class FunctionDecl;
class Stmt;
class ValueDecl;
} // namespace clang

namespace threadlint {

class Models;

struct SpinLoop {
  const clang::Expr *Read;          ///< names the variable; never null
  const clang::ValueDecl *Variable; ///< a field or variable; never null
  bool IsAtomic = false;
  bool Sleeps = false; ///< each round sleeps, or lets other threads run
};

/// What \p Loop, a loop of \p F, waits for. None: it does something else as
/// well, nobody else can change the variable, or that is not known. A volatile
/// variable may be a register: none. Locks are made of such loops: none.
std::optional<SpinLoop> spinLoop(const clang::Stmt &Loop,
                                 const clang::FunctionDecl &F,
                                 const Models &M);

} // namespace threadlint

#endif
