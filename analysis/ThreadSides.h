//===- ThreadSides.h - What runs in tasks, and what beside them -*- C++ -*-===//
// Splits the functions of one AST by who runs them: the entry of a task and
// what it calls, or code outside of that task while it may run. Part of the
// analyses; needs no locks. What the two sides share is left to those who ask.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_THREADSIDES_H
#define THREADLINT_ANALYSIS_THREADSIDES_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace clang {
class ASTContext;
class Expr;
class FunctionDecl;
} // namespace clang

namespace threadlint {

class FunctionIndex;
class Models;
class Tasks;
class TranslationUnit;
struct Task;

/// The code of one task.
struct TaskSide {
  const clang::FunctionDecl *Entry; ///< a definition
  /// A second thread may run it at the same time: it is spawned in a loop, or
  /// in several places.
  bool Many = false;
  /// The entry, and every visible function that it certainly calls.
  llvm::DenseSet<const clang::FunctionDecl *> Runs;
  /// The spawns. Empty: an override of a thread class's `run()`, whose spawn is
  /// elsewhere.
  llvm::SmallVector<const Task *, 1> Spawns;
};

class ThreadSides {
public:
  explicit ThreadSides(TranslationUnit &TU);

  /// In the order of the source. Tasks of which only an event loop is known
  /// that runs them are left out: it may be the spawner's own thread.
  llvm::ArrayRef<TaskSide> tasks() const { return Sides; }

  /// Code of no task runs \p F while tasks may run: the spawner, `main`, a
  /// public function that nobody calls here, and what these call after the
  /// spawn.
  bool runsOutside(const clang::FunctionDecl *F) const {
    return Outside.count(F) != 0;
  }

  /// \p E, an expression of \p F, comes after the first spawn in \p F and
  /// before the first join, if there are any, by the order of the source.
  bool isBesideTasks(const clang::FunctionDecl &F, const clang::Expr *E);

private:
  /// The part of a function in which its tasks run.
  struct Window {
    clang::SourceLocation FirstSpawn, FirstJoin; ///< invalid: none
  };

  void findTasks();
  void addTask(const clang::FunctionDecl *Entry, const Task *T, bool Again);
  void closeTask(TaskSide &Side);
  void findOutside();
  bool isRoot(const clang::FunctionDecl &F,
              const llvm::DenseSet<const clang::FunctionDecl *> &Called) const;
  bool hasJoin(const clang::FunctionDecl *F, unsigned Depth);
  const Window &windowOf(const clang::FunctionDecl &F);
  clang::SourceLocation placeOf(const clang::Expr *E) const;
  bool isInside(const Window &W, clang::SourceLocation Loc) const;
  llvm::SmallVector<const clang::FunctionDecl *, 8>
  calleesBeside(const clang::FunctionDecl &F);

  clang::ASTContext &Context;
  const Models &M;
  FunctionIndex &Index;
  Tasks &AllTasks;
  std::vector<TaskSide> Sides;
  llvm::DenseMap<const clang::FunctionDecl *, unsigned> SideOf; ///< by entry
  llvm::DenseSet<const clang::FunctionDecl *> Outside;
  llvm::DenseMap<const clang::FunctionDecl *, Window> Windows;
};

} // namespace threadlint

#endif
