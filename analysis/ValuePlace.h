//===- ValuePlace.h - Where the value of an expression goes -----*- C++ -*-===//
// Which object of the function takes over a value that an expression makes or
// moves: a variable, a member, a container, the caller. Used by the analyses of
// tasks to follow the handles of threads.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_VALUEPLACE_H
#define THREADLINT_ANALYSIS_VALUEPLACE_H

#include "clang/AST/ParentMap.h"

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace threadlint {

class LockPath;
class LockPaths;

struct ValuePlace {
  /// The object; a container for its elements. Null: the value is discarded, or
  /// one of the two below. Unknown path: somebody takes it.
  const LockPath *Object = nullptr;
  /// The function returns it.
  bool Returned = false;
  /// What is called with it at once: `make().use()`, `close(make())`. Object is
  /// null for a member function of the value itself.
  const clang::Expr *Used = nullptr;
};

/// The places in one function, which must have a body.
class ValuePlaces {
public:
  ValuePlaces(const clang::FunctionDecl &F, LockPaths &Paths);

  ValuePlace of(const clang::Expr &Value);
  /// The object that \p E denotes; for the loop variable of a range-based `for`
  /// by reference the container.
  const LockPath *object(const clang::Expr *E);
  /// The statement around \p S. Null: none in this function.
  const clang::Stmt *parent(const clang::Stmt *S) const {
    return Parents.getParent(S);
  }

private:
  bool step(ValuePlace &Place, const clang::Expr *&E);
  void inCall(ValuePlace &Place, const clang::Expr &Call);
  const LockPath *initialised(const clang::Expr *E);

  const clang::FunctionDecl &F;
  LockPaths &Paths;
  clang::ParentMap Parents;
};

} // namespace threadlint

#endif
