//===- OwnObject.h - Does only this function have the object? ---*- C++ -*-===//
// Local variables, what they hold by value, and what the function has just made.
// Part of the analyses; what an escape would change is not asked.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_OWNOBJECT_H
#define THREADLINT_ANALYSIS_OWNOBJECT_H

namespace clang {
class Expr;
class VarDecl;
} // namespace clang

namespace threadlint {

class LockPath;
class LockPaths;
class Models;

/// The local variable that holds the object \p P by value: it is the variable's
/// own part, an element of a local container, or what the variable's initialiser
/// makes (`new T`, `make_shared<T>()`). Null: the object may be anybody's.
const clang::VarDecl *ownerOf(const LockPath &P, LockPaths &Paths,
                              const Models &M);

/// `new T`, `make_shared<T>()`, `malloc(n)`, `conn_new()`: nobody else has it.
bool makesObject(const clang::Expr *Value);

} // namespace threadlint

#endif
