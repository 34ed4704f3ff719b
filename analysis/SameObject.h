//===- SameObject.h - Do two threads touch one object? ----------*- C++ -*-===//
// Compares accesses of a function and its tasks by the names of that function:
// fields, elements by index, what pointers lead to, a whole and its parts. In
// doubt they are two objects. Used by TaskRaces.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SAMEOBJECT_H
#define THREADLINT_ANALYSIS_SAMEOBJECT_H

#include "analysis/BodyParents.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class Expr;
class FunctionDecl;
class VarDecl;
} // namespace clang

namespace threadlint {

struct Access;
class LockPath;
class LockPaths;

class SameObject {
public:
  /// \p F starts the tasks.
  SameObject(const clang::FunctionDecl &F, LockPaths &Paths)
      : F(F), Paths(Paths), Parents(F) {}

  /// \p P gets another value while tasks run: what a pointer leads to is not the
  /// same object throughout.
  void noteChanged(const LockPath *P) { Changed.insert(P); }

  /// Containers that get new elements: what back() gives is another one each
  /// time.
  void noteWritten(const LockPath *P, const clang::Expr *Where, bool TasksRun);

  /// Each round of the innermost loop around \p Spawn has a variable of its own.
  bool isOfOneRound(const LockPath *Object, const clang::Expr &Spawn) const;

  /// Conditions around \p Spawn and \p Point show that only one of them is
  /// reached.
  bool areExclusive(const clang::Expr &Spawn, const clang::Expr &Point) const;

  /// The local pointer, set once, that is deleted by \p A. Null: nothing is.
  const clang::VarDecl *deletedBy(const Access &A) const;

  /// It is declared in the head of a `for` around \p Spawn.
  bool isLoopCounter(const LockPath *Object, const clang::Expr &Spawn) const;

  /// The two touch the same memory, for sure, when one of them is in a task
  /// that \p Spawn starts. \p OtherRound: the other one is in another round of
  /// the loop around it, or in a task of one.
  bool overlap(const Access &A, const Access &B, const clang::Expr &Spawn,
               bool OtherRound) const;

private:
  bool isOfOneRound(const clang::VarDecl *V, const clang::Expr &Spawn) const;
  bool isFixed(const clang::Expr *Index, const clang::Expr &Spawn) const;
  bool isSameStep(const LockPath *A, const LockPath *B,
                  const clang::Expr &Spawn) const;
  bool isChanged(const LockPath *Pointer) const;
  bool isSameResult(const LockPath *Result, const Access &A, const Access &B,
                    const clang::Expr &Spawn, bool OtherRound) const;
  bool isMovedBy(const LockPath *Element, const Access &Whole) const;
  bool mayBeReserved(const LockPath *Vector) const;

  const clang::FunctionDecl &F;
  LockPaths &Paths;
  BodyParents Parents;
  llvm::DenseSet<const LockPath *> Changed;
  llvm::DenseSet<const LockPath *> Renewed; ///< see noteWritten()
  llvm::DenseMap<const LockPath *, const clang::Expr *> Written;
};

} // namespace threadlint

#endif
