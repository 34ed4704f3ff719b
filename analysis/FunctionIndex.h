//===- FunctionIndex.h - The functions of user code -------------*- C++ -*-===//
// One walk over the user's declarations (system headers are never entered), and
// a quick scan of each body that decides, before any CFG is built, whether the
// expensive analyses need to look at it.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_FUNCTIONINDEX_H
#define THREADLINT_ANALYSIS_FUNCTIONINDEX_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace clang {
class ASTContext;
class Decl;
class Expr;
class FunctionDecl;
class QualType;
class SourceLocation;
class Stmt;
class ValueDecl;
} // namespace clang

namespace threadlint {

class Models;

/// What a body contains, callees' bodies left out.
struct FunctionScan {
  bool Locks = false;       ///< acquires, releases, or is given a guard
  /// Calls that acquire, take a permit or release: not left to a guard's life.
  bool LocksByHand = false;
  bool Blocks = false;      ///< a blocking call, co_await, co_yield
  bool Waits = false;       ///< for another thread: a blocking call of category wait
  bool CallsBack = false;   ///< runs a callable of somebody else; see Callbacks.h
  bool MayNotReturn = false; ///< a call that never returns, or an endless loop
  bool OverBudget = false;  ///< too large or too deep: not analysed
  /// Sets a promise, or takes a future or its result.
  bool Promises = false;
  /// Calls and constructions that start a task (see SpawnCall.h), in no
  /// particular order.
  llvm::SmallVector<const clang::Expr *, 0> Spawns;
  /// Definitions with visible bodies that it certainly runs, without repeats.
  llvm::SmallVector<const clang::FunctionDecl *, 4> Callees;
  /// Expressions that may copy an object of class type; see SyncCopies.
  llvm::SmallVector<const clang::Expr *, 0> Copies;
  /// Calls that wait on or notify a condition variable.
  llvm::SmallVector<const clang::Expr *, 0> Conditions;
  /// Plain stores to atomics; see AtomicOps.
  llvm::SmallVector<const clang::Expr *, 0> AtomicStores;
  /// Expressions that name or point to a volatile object; see SharedVolatiles.
  llvm::SmallVector<const clang::Expr *, 0> Volatiles;
  /// Calls that can have a deadline; see Deadlines.
  llvm::SmallVector<const clang::Expr *, 0> Deadlines;
  /// Loops, those over a range left out.
  llvm::SmallVector<const clang::Stmt *, 0> Loops;
};

/// A spawn that stands in no function.
struct OuterSpawn {
  const clang::ValueDecl *Target; ///< what it initialises: a variable or field
  const clang::Expr *Spawn;
};

class FunctionIndex {
public:
  FunctionIndex(clang::ASTContext &Context, const Models &M);

  /// Definitions in user code, in the order of the source: functions, members,
  /// lambdas' call operators, instantiations (not the templates themselves).
  llvm::ArrayRef<const clang::FunctionDecl *> functions();

  /// The spawns in initialisers of user code's global variables, of static members
  /// and, in the class, of members. A constructor that is seen has the last ones
  /// as well.
  llvm::ArrayRef<OuterSpawn> outerSpawns();

  /// Null: the body is not the user's, or there is none.
  const FunctionScan *scan(const clang::FunctionDecl *F);

  /// True if F or anything it runs has the property.
  bool mayLock(const clang::FunctionDecl *F) { return reaches(F).Locks; }
  bool mayLockByHand(const clang::FunctionDecl *F) {
    return reaches(F).LocksByHand;
  }
  bool mayBlock(const clang::FunctionDecl *F) { return reaches(F).Blocks; }
  bool mayWait(const clang::FunctionDecl *F) { return reaches(F).Waits; }
  bool mayNotReturn(const clang::FunctionDecl *F) {
    return reaches(F).MayNotReturn;
  }
  bool mayCallBack(const clang::FunctionDecl *F) { return reaches(F).CallsBack; }
  bool maySpawn(const clang::FunctionDecl *F) { return reaches(F).Spawns; }
  bool mayUsePromises(const clang::FunctionDecl *F) {
    return reaches(F).Promises;
  }

  /// True for source of the user's project, false for system headers.
  bool isUserCode(clang::SourceLocation Loc) const;

private:
  struct Reach {
    bool Locks = false, LocksByHand = false, Blocks = false, Waits = false,
         CallsBack = false,
         MayNotReturn = false, Spawns = false, Promises = false;
    /// Takes over what a callee has. \returns true if anything changed.
    bool add(const Reach &Callee);
  };
  class Walker;
  class Scanner;

  void walk();
  const Reach &reaches(const clang::FunctionDecl *F);
  void computeReach(const clang::FunctionDecl *Root);

  clang::ASTContext &Context;
  const Models &M;
  bool Walked = false;
  std::vector<const clang::FunctionDecl *> Functions;
  std::vector<OuterSpawn> OuterSpawns;
  llvm::DenseMap<const clang::FunctionDecl *, FunctionScan> Scans;
  llvm::DenseMap<const clang::FunctionDecl *, Reach> Reached;
};

} // namespace threadlint

#endif
