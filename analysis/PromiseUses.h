//===- PromiseUses.h - What a function does with promises -------*- C++ -*-===//
// The promises, packaged tasks and futures that one function names, and what
// each expression does to them: set, take, move, or something unknown. In which
// order that happens is left to PromiseStates.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_PROMISEUSES_H
#define THREADLINT_ANALYSIS_PROMISEUSES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <cstdint>
#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
class Stmt;
class VarDecl;
} // namespace clang

namespace threadlint {

class BodyParents;
class LockPath;
class Models;
class TranslationUnit;

struct PromiseObject {
  const LockPath *Path = nullptr;
  bool IsPromise = false; ///< or a packaged task; else a future
  bool IsTask = false;    ///< a packaged task
  bool Once = false;      ///< a future whose result can be taken once only
  /// A variable of the function itself. Null: others may know the object.
  const clang::VarDecl *Local = nullptr;
};

struct PromiseOp {
  enum class Kind : uint8_t {
    Set,      ///< the promise gets its result; the task runs
    Retrieve, ///< the promise gives its future away
    Take,     ///< the future's result is taken
    Wait,     ///< waits for the future
    Begin,    ///< it gets a new value; see From and New
    Move,     ///< somebody else owns it now
    Forget,   ///< nobody can tell what happens to it, now or later
    Call,     ///< Callee does something with it, which it names Inner
  };
  Kind Does;
  unsigned Object = 0;                ///< index into PromiseUses::All
  const clang::Expr *Where = nullptr; ///< null: the object's initialiser
  /// Begin: the object with whose state it begins, or the promise of a future;
  /// Take, Wait on a promise: its future, which has no name. Negative: none.
  int From = -1;
  /// Something around the object is meant, such as `this`.
  bool Indirect = false;
  bool New =
      false; ///< Begin: a promise that is not set, a future with a result
  const clang::FunctionDecl *Callee = nullptr;
  const LockPath *Inner = nullptr;
};

struct PromiseUses {
  std::vector<PromiseObject> All;
  /// By the expression after which it has happened, in order.
  llvm::DenseMap<const clang::Stmt *, llvm::SmallVector<PromiseOp, 1>> Ops;
  /// What the declaration of a variable does.
  llvm::DenseMap<const clang::VarDecl *, PromiseOp> Begins;
  /// `f.valid()`, and the future.
  llvm::DenseMap<const clang::Expr *, unsigned> Valid;

  int indexOf(const LockPath *P) const {
    for (unsigned I = 0; I < All.size(); ++I)
      if (All[I].Path == P)
        return I;
    return -1;
  }
};

/// Of \p F, a definition within the budget. \p Also: promises that are followed
/// whether \p F does something to them or not.
PromiseUses findPromiseUses(const clang::FunctionDecl &F, TranslationUnit &TU,
                            llvm::ArrayRef<const LockPath *> Also = {});

/// \p E stands in a `try` that handles misused promises: the author knows.
bool handlesFutureErrors(const clang::Expr &E, const BodyParents &Parents);

/// The promise whose future \p Call gives away. Null: it is another call.
const clang::Expr *promiseOfFuture(const clang::Expr &Call, const Models &M);

} // namespace threadlint

#endif
