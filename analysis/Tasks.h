//===- Tasks.h - Which code other threads run -------------------*- C++ -*-===//
// Every place that hands a callable to another thread: what runs there, what it
// captures, and who owns the handle. Part of the analyses; whether a task is over
// before something else happens is left to TaskLifetimes.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TASKS_H
#define THREADLINT_ANALYSIS_TASKS_H

#include "analysis/Vocabulary.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <vector>

namespace clang {
class ASTContext;
class Expr;
class FunctionDecl;
class LambdaExpr;
class VarDecl;
} // namespace clang

namespace threadlint {

class FunctionIndex;
class LockPath;
class LockPaths;
class Models;

enum class CaptureKind : uint8_t {
  Value,     ///< the task has a copy
  Reference, ///< the task refers to the variable itself
  Pointer,   ///< the task has a pointer, view or iterator into the variable
  This,      ///< the task has the `this` of the function that spawns it
};

/// One thing that a task has of the function that spawns it.
struct Capture {
  CaptureKind Kind;
  /// The variable or parameter of the spawning function. Null: This.
  const clang::VarDecl *Var = nullptr;
  /// Where the source says so: the capture, the capture default, the argument.
  clang::SourceLocation Loc;
  /// By `[&]` or `[=]`.
  bool Implicit = false;
};

/// One place that hands a callable to another thread.
struct Task {
  /// The function it stands in. Null: none, see Tasks::outside().
  const clang::FunctionDecl *Spawner = nullptr;
  const clang::Expr *Spawn = nullptr;           ///< the call or construction
  const FunctionModel *Model = nullptr;         ///< why it is one; never null
  /// The argument that is called. Null: unknown (QThread::start).
  const clang::Expr *Callable = nullptr;
  /// The function that the other thread enters, a definition with a body.
  /// Null: unknown.
  const clang::FunctionDecl *Entry = nullptr;
  /// The lambda that is called. Null: none, or unknown.
  const clang::LambdaExpr *Lambda = nullptr;
  /// The object that holds the thread or future first, as it is named in
  /// Spawner: a variable, a member, a container. Null: nobody holds it.
  /// Unknown path: somebody does.
  const LockPath *Handle = nullptr;
  /// The pool, executor or thread object that runs it, if the model names one.
  /// Null: none. Unknown path: one that has no name.
  const LockPath *Pool = nullptr;
  /// The handle is returned to Spawner's caller.
  bool IsReturned = false;
  /// Calls in Spawner that detach it, or wait for it. Null: none seen.
  const clang::Expr *Detach = nullptr;
  const clang::Expr *Join = nullptr;
  llvm::SmallVector<Capture, 4> Captures;
};

/// Finds on demand and keeps the tasks of one AST.
class Tasks {
public:
  Tasks(clang::ASTContext &Context, const Models &M, LockPaths &Paths,
        FunctionIndex &Index)
      : Context(Context), M(M), Paths(Paths), Index(Index) {}

  /// The spawns in the body of \p F, in the order of the source; those in a
  /// lambda's body belong to the lambda's call operator. Empty for a body that is
  /// not visible or over budget.
  llvm::ArrayRef<Task> of(const clang::FunctionDecl *F);

  /// The spawns that stand in no function: FunctionIndex::outerSpawns(), with the
  /// variable or the member of `*this` as the handle.
  llvm::ArrayRef<Task> outside();

private:
  clang::ASTContext &Context;
  const Models &M;
  LockPaths &Paths;
  FunctionIndex &Index;
  llvm::DenseMap<const clang::FunctionDecl *, std::vector<Task>> Found;
  std::optional<std::vector<Task>> Outside;
};

} // namespace threadlint

#endif
