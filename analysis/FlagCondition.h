//===- FlagCondition.h - Conditions on one variable -------------*- C++ -*-===//
// Which plain or atomic variable a condition tests, and what the condition is
// for a value of it. A helper of FlagValues, which knows the values.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_FLAGCONDITION_H
#define THREADLINT_ANALYSIS_FLAGCONDITION_H

#include <cstdint>
#include <optional>

namespace clang {
class ASTContext;
class Expr;
class QualType;
class ValueDecl;
} // namespace clang

namespace threadlint {

/// An atomic of the standard library, of Boost or Qt, or C's.
bool isAtomic(clang::QualType T);

/// `volatile sig_atomic_t`: a signal handler sets it.
bool isSignalFlag(clang::QualType T);

/// An integer, enumeration, bool or atomic that is not volatile.
bool isFlagType(clang::QualType T);

/// The expression whose value is read: casts and parentheses left out. Null for
/// null.
const clang::Expr *stripValue(const clang::Expr *E);

/// The first declaration of the variable or field that \p E names. Null: it
/// names none.
const clang::ValueDecl *namedVariable(const clang::Expr *E);

/// The atomic that \p E reads by a call: `a.load()`, a conversion, `a.test()`.
/// Null: another expression.
const clang::ValueDecl *atomicRead(const clang::Expr *E);

/// The constant that an initialiser gives to an object. None: unknown.
std::optional<int64_t> initialValue(const clang::Expr *E,
                                    const clang::ASTContext &Context);

/// Evaluates a condition in which one variable has a given value.
struct Evaluator {
  const clang::ASTContext &Context;
  const clang::ValueDecl *Variable; ///< null: find it
  int64_t Value;

  /// None: unknown, or it depends on something else.
  std::optional<int64_t> operator()(const clang::Expr *E, unsigned Depth = 0);
};

} // namespace threadlint

#endif
