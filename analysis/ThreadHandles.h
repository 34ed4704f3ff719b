//===- ThreadHandles.h - What a function does with its threads --*- C++ -*-===//
// The local variables, parameters and members of `*this` that hold threads in one
// function, and what each expression does to them: start, join, detach, move, or
// something unknown. In which order that happens is left to ThreadStates.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_THREADHANDLES_H
#define THREADLINT_ANALYSIS_THREADHANDLES_H

#include "analysis/Statements.h"
#include "llvm/ADT/DenseMap.h"
#include <vector>

namespace threadlint {

class TranslationUnit;

/// A variable or member that holds one thread, or several.
struct ThreadHandle {
  const clang::ValueDecl *Var = nullptr;
  bool Many = false; ///< a container or array
  /// A parameter or member: it has a life before and after the function.
  bool IsOuter = false;
  bool IsC = false;  ///< a pthread_t or thrd_t: its end ends nothing
  /// Its destructor terminates the process if a thread is still joinable. False
  /// for a jthread.
  bool MustJoin = false;
  /// Something in the function joins, detaches or hands it out.
  bool Ends = false;
  /// The block whose end is the end of the variable.
  const clang::Stmt *Scope = nullptr;
  /// Variables whose values go with what happens to the thread: set beside it.
  DeclSet Flags;
  /// The `if`s around what happens to it, with what their conditions name.
  llvm::SmallVector<std::pair<const clang::Stmt *, DeclSet>, 2> Ifs;
  /// Loops that may join several, and start none.
  llvm::DenseSet<const clang::Stmt *> Loops;
  /// The variables with the results of C functions that start it: zero if it
  /// runs.
  DeclSet Results;
  /// Variables that say by another value than zero that it runs.
  DeclSet Successes;
};

struct ThreadOp {
  enum class Kind : uint8_t {
    Start,   ///< a thread is started
    Replace, ///< assigned; see Starts and Clears
    Join,
    Detach,
    Move,    ///< somebody else has the thread now
    Take,    ///< the variable begins with the thread of From
    Unknown, ///< nobody can tell
  };
  Kind Does;
  unsigned Handle; ///< index into ThreadHandles::All
  const clang::Expr *Where; ///< never null
  bool Starts = false;                ///< Replace: by a new thread
  bool Clears = false;                ///< Replace: by no thread
  unsigned From = 0;                  ///< Take: index into ThreadHandles::All
};

struct ThreadHandles {
  std::vector<ThreadHandle> All;
  /// By the statement after which it has happened, in order.
  llvm::DenseMap<const clang::Stmt *, llvm::SmallVector<ThreadOp, 1>> Ops;
  /// `t.joinable()` and its like, and the handle.
  llvm::DenseMap<const clang::Expr *, unsigned> Joinable;

  int indexOf(const clang::ValueDecl *V) const {
    for (unsigned I = 0; I < All.size(); ++I)
      if (All[I].Var == V)
        return I;
    return -1;
  }
};

constexpr unsigned MaxHandles = 32; // of one function; the others are left out

/// The threads of \p F, a definition within the budget. Empty: it has none.
ThreadHandles findThreadHandles(const clang::FunctionDecl &F,
                                TranslationUnit &TU);

} // namespace threadlint

#endif
