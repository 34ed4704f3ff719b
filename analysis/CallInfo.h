//===- CallInfo.h - Calls and constructions in one shape --------*- C++ -*-===//
// One view of calls, member calls, operator calls and constructions: callee,
// object, arguments, and the expression that produces a value. Helpers for the
// analyses; what a call means is left to Models.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_CALLINFO_H
#define THREADLINT_ANALYSIS_CALLINFO_H

#include <cstdint>

namespace clang {
class ASTContext;
class CXXMethodDecl;
class Expr;
class FunctionDecl;
class LambdaExpr;
class QualType;
class SourceLocation;
} // namespace clang

namespace threadlint {

/// The expression that makes the value of \p E: without parentheses, casts,
/// temporaries' wrappers and elided copies. Never null for non-null \p E.
const clang::Expr *producer(const clang::Expr *E);

/// The function that a call or construction certainly runs: a virtual call only
/// if the object's dynamic type is known. Null: unknown.
const clang::FunctionDecl *callee(const clang::Expr *Call);

/// The function that a call or construction names, virtual or not. Null: none.
const clang::FunctionDecl *namedCallee(const clang::Expr *Call);

/// The object of a member call (of a member operator as well). Null: none.
const clang::Expr *objectArgument(const clang::Expr *Call);

/// The argument for parameter \p Index of the callee. Null: none.
const clang::Expr *argument(const clang::Expr *Call, unsigned Index);

/// Number of arguments for parameters, object and default arguments left out.
unsigned writtenArgs(const clang::Expr *Call);

/// Number of arguments for parameters, default arguments included.
unsigned numArguments(const clang::Expr *Call);

/// The lambda that \p E denotes: written here, or the initialiser of the
/// variable it names. Null: not a lambda.
const clang::LambdaExpr *lambdaOf(const clang::Expr *E);

/// The body that runs when \p E is called: lambda, function, functor. Null:
/// unknown.
const clang::FunctionDecl *callableBody(const clang::Expr *E);

/// The constructor that \p Call, which makes an object of a user's class in place,
/// certainly runs: `std::make_unique<T>(x)`, `elements.emplace_back(x)`. Null:
/// another call, or there are several to choose from.
const clang::FunctionDecl *elementConstructor(const clang::Expr *Call);

/// The argument that std::move, std::forward, std::ref, std::addressof and their
/// like hand on: the call denotes the same object. Null: another call.
const clang::Expr *handedOn(const clang::Expr *Call);

/// True if no exception leaves \p F: it is declared so, and one that would ends
/// the process.
bool isNothrow(const clang::FunctionDecl &F);

/// True for functions of namespace std, its classes' members included.
bool isStandard(const clang::FunctionDecl &F);

/// True if an object of type \p T can be called: a function pointer, a member
/// pointer to one, a class with a call operator.
bool isCallableType(clang::QualType T);

} // namespace threadlint

#endif
