//===- ThreadStates.h - Threads that nobody joins, or twice -----*- C++ -*-===//
// Forward dataflow over one function: which of its thread variables, or of the
// members of its object, may hold a
// joinable thread when they end or are assigned, and which joins come too late.
// Needs ThreadHandles; knows nothing of diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_THREADSTATES_H
#define THREADLINT_ANALYSIS_THREADSTATES_H

#include "clang/Basic/SourceLocation.h"
#include <cstdint>
#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
class ValueDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

struct ThreadMistake {
  enum class Kind : uint8_t {
    Discarded, ///< `std::thread(f);`: nobody has it. Var is null
    Scope,     ///< Var ends, still joinable, at the end of its scope
    Return,    ///< … at a return
    Exception, ///< … as an exception leaves its scope
    Replaced,  ///< Var gets another thread, still joinable; in C by a create
    Empty,     ///< joined or detached without a thread
    Joined,    ///< … after it was joined
    Detached,  ///< … after it was detached
    Moved,     ///< … after the thread went to somebody else
  };
  Kind What = Kind::Discarded;
  const clang::ValueDecl *Var = nullptr;
  bool IsC = false;  ///< a pthread_t or thrd_t
  bool Many = false; ///< Var is a container or array
  bool OnEveryPath = false;
  const clang::Expr *Start = nullptr;  ///< where a thread starts; may be null
  const clang::Expr *Where = nullptr;  ///< the assignment, join or detach
  const clang::Expr *Before = nullptr; ///< the join, detach or move before it
  clang::SourceLocation Death;         ///< where Var ends
};

/// The mistakes in \p F, each variable's end once, in the order of the source.
/// Empty if its body is not visible, over budget, or not understood.
std::vector<ThreadMistake> threadMistakes(const clang::FunctionDecl &F,
                                          TranslationUnit &TU);

} // namespace threadlint

#endif
