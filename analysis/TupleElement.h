//===- TupleElement.h - Elements of pairs and tuples ------------*- C++ -*-===//
// std::get names a part of an object, as a member expression does. A helper of
// the analyses.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_TUPLEELEMENT_H
#define THREADLINT_ANALYSIS_TUPLEELEMENT_H

namespace clang {
class Expr;
class FieldDecl;
} // namespace clang

namespace threadlint {

/// The pair, tuple or array of which \p Call, of std::get, gives a reference to
/// an element. Null: another call.
const clang::Expr *tupleOf(const clang::Expr *Call);

/// `first` or `second`, which such a \p Call with an index gives of a pair.
/// Null: of something else.
const clang::FieldDecl *halfOf(const clang::Expr *Call);

} // namespace threadlint

#endif
