//===- HeldLocks.h - Which locks are held where -----------------*- C++ -*-===//
// Forward dataflow over the events of one function: must- and may-held locks,
// guards and what they own, locks of the caller that were released. Needs the
// summaries of callees; knows nothing of diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_HELDLOCKS_H
#define THREADLINT_ANALYSIS_HELDLOCKS_H

#include "analysis/Events.h"
#include "llvm/ADT/STLExtras.h"
#include <memory>

namespace threadlint {

struct Summary;

struct HeldLock {
  const LockPath *Path;
  LockMode Mode = LockMode::Exclusive;
  /// Acquired on every path to here; otherwise on some.
  bool Must = true;
  /// The caller of the function held it already (REQUIRES, adopted).
  bool FromCaller = false;
  /// How often a recursive lock was acquired, as far as it matters.
  uint8_t Count = 1;
  clang::SourceLocation Acquired;
  /// The object whose end releases it: a guard. Null: nobody's.
  const LockPath *Owner = nullptr;
};

struct GuardState {
  enum Ownership : uint8_t { No, Maybe, Yes };
  const LockPath *Object;
  llvm::SmallVector<const LockPath *, 2> Locks;
  Ownership Owns = Yes;
  LockMode Mode = LockMode::Exclusive;
  bool Inverted = false; ///< its end acquires
};

/// A result that says whether locks are held.
struct TriedLock {
  const void *Key; ///< the call, or the path of the variable with its result
  SuccessWhen Success;
  const LockPath *Guard; ///< whose ownership it decides; may be null
  llvm::SmallVector<const LockPath *, 1> Locks;
};

/// What is known at one point of a function.
struct LockState {
  bool Reachable = false;
  llvm::SmallVector<HeldLock, 4> Held;
  llvm::SmallVector<GuardState, 2> Guards;
  llvm::SmallVector<TriedLock, 1> Tried;
  /// Locks that the caller may hold and that may be released at this point.
  llvm::SmallVector<const LockPath *, 1> Released;

  /// The lock, if it is held for sure. Null: it is not, or may not be.
  const HeldLock *mustHold(const LockPath *Lock) const;
  /// Takes over what is known on another path to the same point.
  /// \returns true if anything changed.
  bool join(const LockState &Other);
};

/// What \p S knows about the tested expression (a call, or the variable with its
/// result). Null: nothing.
const TriedLock *findTried(const LockState &S, const clang::Expr *Tested,
                           LockPaths &Paths);

/// What a callee did, in the caller's words.
using SummaryLookup =
    llvm::function_ref<const Summary *(const clang::FunctionDecl *)>;

/// The fixed point for one function.
class HeldLocks {
public:
  /// Null: the function has no graph, or does not settle within the budget.
  static std::unique_ptr<HeldLocks>
  compute(const clang::FunctionDecl &F, std::unique_ptr<EventGraph> Graph,
          LockPaths &Paths, SummaryLookup Callees,
          const clang::ASTContext &Context);

  const EventGraph &graph() const { return *Graph; }
  /// What holds when the function returns normally.
  const LockState &atExit() const { return In[Graph->Exit]; }

  using Visitor =
      llvm::function_ref<void(const Event &, const LockState &Before)>;
  /// Calls \p Visit for every reachable event with what holds just before it.
  void forEachEvent(SummaryLookup Callees, Visitor Visit) const;

  using PointVisitor =
      llvm::function_ref<void(const clang::Expr &, const LockState &)>;
  /// The same for every reachable ExprPoint. An expression that stands in
  /// several blocks is visited several times.
  void forEachPoint(SummaryLookup Callees, PointVisitor Visit) const;

private:
  HeldLocks(const clang::FunctionDecl &F, std::unique_ptr<EventGraph> Graph,
            LockPaths &Paths, const clang::ASTContext &Context)
      : F(F), Graph(std::move(Graph)), Paths(Paths), Context(Context) {}

  const clang::FunctionDecl &F;
  std::unique_ptr<EventGraph> Graph;
  LockPaths &Paths;
  const clang::ASTContext &Context;
  std::vector<LockState> In; ///< by block id
};

/// A callee's path in the terms of the caller at the call \p E in \p Caller;
/// unknown if it cannot be said there.
const LockPath *translate(const LockPath *Path, const Event &E,
                          const clang::FunctionDecl &Caller, LockPaths &Paths);

} // namespace threadlint

#endif
