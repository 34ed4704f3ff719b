//===- Branches.h - Which code does a condition decide on? ------*- C++ -*-===//
// Conditions of one body, what they decide on, and the values of its local
// variables. By the structure of the source, not by flow; a helper of the
// analyses.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_BRANCHES_H
#define THREADLINT_ANALYSIS_BRANCHES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class Expr;
class FunctionDecl;
class SourceManager;
class Stmt;
class VarDecl;
} // namespace clang

namespace threadlint {

class BodyParents;

/// Initialisers and assigned values of the local variables of one function.
class LocalValues {
public:
  explicit LocalValues(const clang::FunctionDecl &F);
  /// In no particular order. Empty: none are seen.
  llvm::ArrayRef<const clang::Expr *> of(const clang::VarDecl &V) const;

private:
  llvm::DenseMap<const clang::VarDecl *,
                 llvm::SmallVector<const clang::Expr *, 2>>
      Values;
};

/// The two sides of `a = b`, of an overloaded operator as well. False: it is
/// none.
bool isAssignment(const clang::Stmt &S, const clang::Expr *&To,
                  const clang::Expr *&From);

/// The condition of a statement or choice, or the left side of `a && b`. Null:
/// none.
const clang::Expr *decidingExpr(const clang::Stmt &S);

/// Whether \p Later runs only if the condition of \p Branch says so: it stands
/// in a part of it, or behind it where one of its parts leaves. \p Parents are
/// those of the function.
bool decides(const clang::Stmt &Branch, const clang::Stmt &Later,
             const BodyParents &Parents, const clang::SourceManager &SM);

/// By where they begin in the source, macros where they are expanded.
bool isBefore(const clang::Stmt &A, const clang::Stmt &B,
              const clang::SourceManager &SM);

} // namespace threadlint

#endif
