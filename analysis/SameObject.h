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

  /// Each round of the innermost loop around \p Spawn has a variable of its own.
  bool isOfOneRound(const LockPath *Object, const clang::Expr &Spawn) const;

  /// It is declared in the head of a `for` around \p Spawn.
  bool isLoopCounter(const LockPath *Object, const clang::Expr &Spawn) const;

  /// The two touch the same memory, for sure, when one of them is in a task that
  /// \p Spawn starts.
  bool overlap(const Access &A, const Access &B,
               const clang::Expr &Spawn) const;

private:
  bool isOfOneRound(const clang::VarDecl *V, const clang::Expr &Spawn) const;
  bool isFixed(const clang::Expr *Index, const clang::Expr &Spawn) const;
  bool isSameStep(const LockPath *A, const LockPath *B,
                  const clang::Expr &Spawn) const;
  bool isChanged(const LockPath *Pointer) const;

  const clang::FunctionDecl &F;
  LockPaths &Paths;
  BodyParents Parents;
  llvm::DenseSet<const LockPath *> Changed;
};

} // namespace threadlint

#endif
