//===- LockedAccesses.h - Accesses and the locks held there -----*- C++ -*-===//
// Joins Accesses with HeldLocks, and says which locks a function's callers hold
// when they enter it: a fixed point over the visible calls. Part of the analyses;
// which lock guards what is left to GuardInference.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOCKEDACCESSES_H
#define THREADLINT_ANALYSIS_LOCKEDACCESSES_H

#include "analysis/Accesses.h"
#include "analysis/Vocabulary.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>

namespace clang {
class ASTContext;
} // namespace clang

namespace threadlint {

class FunctionIndex;
class Summaries;
struct Event;
class Tasks;

struct KnownLock {
  const LockPath *Path;
  LockMode Mode;
  clang::SourceLocation Acquired;
  /// Acquired by the function itself. False: its callers hold it.
  bool Here = true;
};

/// The locks at one point of a function, those of its callers left out.
struct LocksAt {
  llvm::SmallVector<KnownLock, 2> Must;
  /// Held on some paths, or perhaps released.
  llvm::SmallVector<const LockPath *, 1> May;
};

/// What one visible call brings along, in the callee's terms.
struct CallContext {
  const CallSite *Site;
  const clang::FunctionDecl *Caller;
  llvm::SmallVector<KnownLock, 2> Must;
  llvm::SmallVector<const LockPath *, 1> May;
  /// The caller may be called by somebody who holds any lock.
  bool Vague = false;
  /// The caller is called from out of sight: with every lock that can be
  /// acquired there.
  bool FromOutside = false;
};

/// Which threads run a function, as far as one thread can be told from many.
struct ThreadOf {
  bool None = true;  ///< no visible way to it
  bool Many = false; ///< more than one
  /// The entry of the task. Null: the handlers of an event loop.
  const clang::FunctionDecl *Entry = nullptr;
};

/// One function, its accesses, and how it is entered.
struct FunctionAccesses {
  FunctionAccesses(const clang::FunctionDecl *F, const BodyAccesses &Body)
      : F(F), Body(Body) {}

  const clang::FunctionDecl *F; ///< the definition
  const BodyAccesses &Body;
  /// Empty in a function without locks; see LockedAccesses::at().
  llvm::DenseMap<const clang::Expr *, unsigned> States;
  std::vector<LocksAt> Locks;
  /// Locks that it acquires for itself.
  llvm::SmallVector<const LockPath *, 1> Acquires;
  /// Locks that it expects its caller to hold: it releases or asserts them.
  llvm::SmallVector<const LockPath *, 1> Expects;
  /// Locks that it returns with.
  llvm::SmallVector<const LockPath *, 1> Keeps;
  bool HasFlow = false;   ///< States say something
  bool IsTask = false;    ///< another thread starts here, holding nothing
  bool Outside = false;   ///< may be called from out of sight
  bool Vague = false;     ///< may be called by somebody who holds any lock
  bool OnlySetup = false; ///< runs before its object is shared, or after
  llvm::SmallVector<CallContext, 2> Calls; ///< visible ones, setup left out
  ThreadOf Thread;
  /// Source order: where it unlocks and locks by hand, the ends and constructors
  /// of guards left out. Invalid: nowhere.
  clang::SourceLocation FirstUnlock, LastLock;
  /// Source order: what stands before the first spawn, or after a join, runs in
  /// one thread.
  clang::SourceLocation FirstSpawn, FirstJoin;
};

/// Everything for one AST, computed at once when first asked for.
class LockedAccesses {
public:
  LockedAccesses(clang::ASTContext &Context, const Models &M, LockPaths &Paths,
                 FunctionIndex &Index, Summaries &All, Tasks &AllTasks,
                 KnownAccesses &Bodies)
      : Context(Context), M(M), Paths(Paths), Index(Index), All(All),
        AllTasks(AllTasks), Bodies(Bodies) {}
  ~LockedAccesses();

  /// All functions of the user's, in the order of the source. Empty if none of
  /// them locks.
  llvm::ArrayRef<std::unique_ptr<FunctionAccesses>> functions();

  /// Null: not the user's, or no function locks.
  const FunctionAccesses *of(const clang::FunctionDecl *F);

  /// The locks held where \p F evaluates \p E, one of its accesses or calls. Null:
  /// never evaluated, or unknown.
  static const LocksAt *at(const FunctionAccesses &F, const clang::Expr *E);

  /// Nobody else has the object yet, or any more: \p E runs in a constructor,
  /// before the first thread starts, or after one was joined.
  bool isBeforeOrAfterSharing(const FunctionAccesses &F,
                              const clang::Expr *E) const;

  /// The function lets go of its lock for a while: it is unlocked by hand before
  /// \p E and locked by hand behind it.
  bool isInOpenWindow(const FunctionAccesses &F, const clang::Expr *E) const;

private:
  void computeAll();
  void addFunction(const clang::FunctionDecl &F);
  void addLocks(FunctionAccesses &Data);
  void noteByHand(const Event &E, FunctionAccesses &Data) const;
  void classify(FunctionAccesses &Data);
  clang::SourceLocation placeOf(const clang::Expr *E) const;
  void markTasks();
  void markJoins();
  void linkCalls();
  void settleContexts();
  void settleThreads();
  bool isSetupCall(const FunctionAccesses &Caller, const CallSite &Site) const;
  const LockPath *inCallee(const LockPath *Lock, const CallSite &Site,
                           const clang::FunctionDecl &Caller);
  bool updateContext(CallContext &C, const FunctionAccesses &Callee);
  FunctionAccesses *find(const clang::FunctionDecl *F) {
    return ByDefinition.lookup(F);
  }

  clang::ASTContext &Context;
  const Models &M;
  LockPaths &Paths;
  FunctionIndex &Index;
  Summaries &All;
  Tasks &AllTasks;
  KnownAccesses &Bodies;
  bool Computed = false;
  std::vector<std::unique_ptr<FunctionAccesses>> Functions;
  llvm::DenseMap<const clang::FunctionDecl *, FunctionAccesses *> ByDefinition;
};

/// A guard among the parameters of \p F says that the caller holds its lock:
/// `void addUnlocked(std::unique_lock<std::mutex> &held)`.
bool takesGuard(const clang::FunctionDecl &F, const Models &M);

/// Locks that are held at every visible call of \p F.
llvm::SmallVector<KnownLock, 2> heldByAllCallers(const FunctionAccesses &F);

} // namespace threadlint

#endif
