//===- Callbacks.h - Does a call run code of somebody else? -----*- C++ -*-===//
// Recognises calls of stored or received callables: std::function, function
// pointers, observers, signals. By what the code shows of their role; doubt says
// no. Which locks are held meanwhile is left to HeldLocks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_CALLBACKS_H
#define THREADLINT_ANALYSIS_CALLBACKS_H

#include <cstdint>
#include <optional>

namespace clang {
class Expr;
class FunctionDecl;
class ValueDecl;
class VarDecl;
} // namespace clang

namespace threadlint {

class Models;

enum class CallbackKind : uint8_t {
  Function, ///< a callable object or function pointer
  Observer, ///< a virtual function of an observer
  Signal,   ///< runs whatever is connected
};

struct Callback {
  CallbackKind Kind;
  /// What is called: the callable, or the observer.
  const clang::Expr *Callable;
  /// The member, parameter or variable that it was stored in or came by.
  const clang::ValueDecl *From;
  /// Nothing but its use says that it is told something. If its result is used
  /// (usesResult()), it is asked: a predicate, a factory, a part of the work.
  bool MayBeAsked;
};

/// What \p Call, a call of any kind, runs of somebody else. Nothing: its callee is
/// known, a part of the class itself, a question (comparator, predicate, factory),
/// written in the same function, or not understood. Core Guidelines CP.22.
std::optional<Callback> callbackAt(const clang::Expr &Call, const Models &M);

/// True if the local object \p V, a scope-exit object or its like, is made with
/// a callable whose body is known: what it runs is written there.
bool isMadeOfOwnCode(const clang::VarDecl &V);

/// True if the value of \p Call, which is in the body of \p In, goes anywhere.
bool usesResult(const clang::Expr &Call, const clang::FunctionDecl &In);

} // namespace threadlint

#endif
