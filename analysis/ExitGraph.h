//===- ExitGraph.h - The ways out of one function ---------------*- C++ -*-===//
// The control-flow graph of one function, reduced to where control may leave it
// for good: returns, the end of the thread, exceptions that someone handles.
// Used by ExitPaths, which knows about callees.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_EXITGRAPH_H
#define THREADLINT_ANALYSIS_EXITGRAPH_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SmallVector.h"
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace clang {
class ASTContext;
class CFG;
class Expr;
class FunctionDecl;
class ValueDecl;
} // namespace clang

namespace threadlint {

class FlagValues;
class Models;

/// What becomes of an exception that leaves the function.
enum class Thrown : uint8_t {
  Terminates, ///< ends the process: no way out
  IsKept,     ///< a future or pool takes it: each visible throw is a way out
  IsCaught,   ///< a caller has a handler: each call that may throw is a way out
};

/// A loop that control never leaves.
struct EndlessLoop {
  /// One call on the way from the function that was asked about to the loop.
  struct Step {
    const clang::FunctionDecl *Caller;
    const clang::FunctionDecl *Callee;
    clang::SourceLocation Loc;
  };
  llvm::SmallVector<Step, 2> Calls;
  const clang::FunctionDecl *In = nullptr; ///< the function with the loop
  clang::SourceLocation Loc;               ///< the loop's keyword, or a goto
  /// The flag that would end it if anything changed it. Null: none.
  const clang::ValueDecl *Unchanged = nullptr;
  /// False: the function may end before it gets to the loop.
  bool Always = false;
};

/// What is known of a function that is called.
struct CalleeFacts {
  bool Visible = false;    ///< the body can be seen and was small enough
  bool EndsThread = false; ///< it may end the thread or the process
  bool Throws = false;     ///< it, or what it calls, throws
  std::optional<EndlessLoop> Loops[3]; ///< by Thrown

  const EndlessLoop *loop(Thrown Leaving) const {
    const std::optional<EndlessLoop> &L = Loops[static_cast<unsigned>(Leaving)];
    return L ? &*L : nullptr;
  }
};

/// The graph of one function with a visible body; short-lived.
class ExitGraph {
public:
  /// Null: nothing is known of the callee.
  using Callees =
      std::function<const CalleeFacts *(const clang::FunctionDecl *)>;

  ExitGraph(const clang::FunctionDecl &F, clang::ASTContext &Context,
            const Models &M, FlagValues &Flags, Callees Known);
  ~ExitGraph();

  /// The first loop without a way out. None: there is none, or clang cannot
  /// build a control-flow graph.
  std::optional<EndlessLoop> endlessLoop(Thrown Leaving);

private:
  class Builder;

  const clang::FunctionDecl &F;
  clang::ASTContext &Context;
  const Models &M;
  FlagValues &Flags;
  Callees Known;
  std::unique_ptr<clang::CFG> Cfg;
};

/// True if \p Call, which never returns, is part of an assertion: it ends the
/// program only if that is wrong.
bool isAssertion(const clang::Expr &Call, const clang::ASTContext &Context);

/// True if \p Call passes a constant that may choose what the callee does: a
/// bool or an enumerator.
bool choosesByConstant(const clang::Expr &Call,
                       const clang::ASTContext &Context);

} // namespace threadlint

#endif
