//===- Events.h - One function as a graph of operations ---------*- C++ -*-===//
// Turns the CFG of one function into blocks of concurrency operations: acquire,
// release, guard begins and ends, blocking call, other call. Third stage of the
// pipeline; which locks are held between the operations is left to HeldLocks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_EVENTS_H
#define THREADLINT_ANALYSIS_EVENTS_H

#include "analysis/BlockingCalls.h"
#include "analysis/Vocabulary.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>
#include <vector>

namespace clang {
class ASTContext;
class CFGBlock;
class Expr;
class FunctionDecl;
class Stmt;
} // namespace clang

namespace threadlint {

class LockPath;
class LockPaths;
class Models;

enum class EventKind : uint8_t {
  Acquire,    ///< Locks are locked
  TryAcquire, ///< Locks are locked if the result of Where says so
  Release,    ///< Locks are unlocked
  /// Locks, or what Object owns, may have been unlocked. Every call of a function
  /// that is neither modelled nor visible, nor of a system header, is one.
  MayRelease,
  Assume,     ///< Locks are known to be held here (adopted, asserted)
  GuardInit,  ///< guard Object begins; Start says what happens to Locks
  GuardEnd,   ///< Object ends: a guard unlocks what it owns
  GuardMove,  ///< guard Object takes over what guard From owns
  Disown,     ///< guard Object forgets its lock without unlocking
  OwnsLock,   ///< the result of Where says whether guard Object owns its lock
  /// A permit of a semaphore is taken, or a latch's count raised; Start is Try if
  /// only the result says so.
  Take,
  Give,       ///< a permit is given back, a latch's count lowered
  Block,      ///< a blocking call; Locks are released while it waits
  CallBack,   ///< the callable Object of somebody else runs; see Callbacks.h
  Call,       ///< Callee runs; its summary says what happens
  Assign,     ///< variable Object gets the value of Value (may be null)
  Return,     ///< returns Value (may be null)
  NoReturn,   ///< control never gets past this point
};

enum class GuardStart : uint8_t { Owns, Deferred, Try, Inverted, Unknown };

struct Event {
  EventKind Kind;
  LockMode Mode = LockMode::Exclusive;
  SuccessWhen Success = SuccessWhen::Always;
  GuardStart Start = GuardStart::Owns;
  /// Call: attributes already said what happens to locks.
  bool LocksDeclared = false;
  /// MayRelease: Locks are objects that contain the locks; what a guard owns
  /// stays held.
  bool WithoutGuards = false;
  /// The expression; null for a destructor that the compiler calls.
  const clang::Expr *Where = nullptr;
  clang::SourceLocation Loc;
  const LockPath *Object = nullptr;
  const LockPath *From = nullptr;
  llvm::SmallVector<const LockPath *, 2> Locks;
  const clang::Expr *Value = nullptr;
  const clang::FunctionDecl *Callee = nullptr;
  Blocking Blocks; ///< Block
};

/// What the value of a block's condition decides on.
struct Condition {
  /// The expression whose value is tested (a call, or a variable); null: none.
  const clang::Expr *Tested = nullptr;
  /// The true edge means that Tested is not zero (false, null).
  bool TrueMeansNonZero = true;
  /// Tested is compared with -1: "not zero" above means "is -1".
  bool AgainstMinusOne = false;
};

/// A point of a block from which an exception may leave: any call that is not
/// declared otherwise.
struct ThrowPoint {
  unsigned Event; ///< just before this one; may be one past the last
  int Handler;    ///< the block where it is caught within the function; or -1
  const clang::Stmt *Thrower; ///< the call, construction or `throw`
};

/// Where an expression that names a field or a variable, or that calls, is
/// evaluated.
struct ExprPoint {
  unsigned Event; ///< just before this one; may be one past the last
  const clang::Expr *Where;
};

struct EventBlock {
  std::vector<Event> Events;
  std::vector<ExprPoint> Points; ///< in order
  /// Successors in the CFG's order (true edge first); unreachable ones left out
  /// as -1.
  llvm::SmallVector<int, 2> Successors;
  Condition Branch; ///< valid if there are two successors
  /// What decides between the successors, as it is written; null: nothing does.
  const clang::Expr *Test = nullptr;
  bool TwoWay = false; ///< Test is true or false: it is no switch's
  llvm::SmallVector<ThrowPoint, 1> Throws;
  /// Of a block that dispatches to handlers: the variables of its `try` block,
  /// whose lives end on the way here.
  llvm::SmallVector<const LockPath *, 1> Unwinds;
};

/// The graph of one function. Owned by the FunctionFlow that asked for it.
struct EventGraph {
  std::vector<EventBlock> Blocks; ///< by CFG block id
  unsigned Entry = 0;
  unsigned Exit = 0;
  /// Reverse post-order of the blocks reachable from Entry.
  std::vector<unsigned> Order;
};

/// Tests of \p E for zero: `!e`, `e == 0`, `e != nullptr`, `(e)`.
Condition conditionOf(const clang::Expr *E, const clang::ASTContext &Context);

/// The expression whose value decides between the two successors of \p Block.
/// Null: it has none.
const clang::Expr *branchCondition(const clang::CFGBlock &Block);

/// The path that stands for the value a function returns.
const LockPath *returnedValue(LockPaths &Paths);

/// Builds the graph of \p F, which must have a body that is not dependent.
/// Null: clang cannot build a CFG for it.
std::unique_ptr<EventGraph> buildEvents(const clang::FunctionDecl &F,
                                        clang::ASTContext &Context,
                                        const Models &M, LockPaths &Paths);

struct RequiredLock {
  const LockPath *Path;
  LockMode Mode;
};

/// The locks that attributes of \p F (thread safety) say its caller holds.
llvm::SmallVector<RequiredLock, 2>
requiredLocks(const clang::FunctionDecl &F, LockPaths &Paths);

} // namespace threadlint

#endif
