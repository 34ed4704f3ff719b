//===- Exceptions.h - Which exceptions leave a function? --------*- C++ -*-===//
// A visible `throw`, or a call that a model marks as throwing, that no handler on
// the way catches, with the calls that lead to it. Allocation failure and unseen
// callees do not count. What follows from it is left to the checks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_EXCEPTIONS_H
#define THREADLINT_ANALYSIS_EXCEPTIONS_H

#include "analysis/Statements.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include <deque>

namespace clang {
class CXXCatchStmt;
class CXXTryStmt;
class FunctionDecl;
} // namespace clang

namespace threadlint {

class FunctionIndex;
class Models;
struct FunctionModel;

/// One way in which an exception leaves a function.
struct Escape {
  /// In that function: the `throw`, the call that a model marks, or the call of
  /// a visible function that ends so.
  const clang::Expr *Where = nullptr;
  /// The function that Where calls, if its body is visible.
  const clang::FunctionDecl *Callee = nullptr;
  const Escape *Next = nullptr; ///< inside Callee; null: Where itself throws
  /// Why Where throws, if no `throw` is visible. Null: one is.
  const FunctionModel *Model = nullptr;
  clang::QualType Type; ///< null: unknown, something of Model's library
  bool IsDerived = false; ///< the exception is a Type, or derived from it

  const Escape &origin() const { return Next ? Next->origin() : *this; }
};

/// Remembers its answers. One per AST; owns the escapes.
class Exceptions {
public:
  Exceptions(const Models &M, FunctionIndex &Index) : M(M), Index(Index) {}

  using Escapes = llvm::SmallVector<const Escape *, 2>;

  /// A few ways out of \p F by an exception, of different types, whether it is
  /// `noexcept` or not. Empty: there are none, or they cannot be seen.
  const Escapes &leaving(const clang::FunctionDecl &F);

  /// True if a caller of \p F may see an exception. False: it does not, or that
  /// cannot be seen.
  bool mayLeave(const clang::FunctionDecl *F);

  /// What one statement of \p In throws, what is below it left out.
  Escapes thrownBy(const clang::Stmt &S, const clang::FunctionDecl &In);

  /// The first handler of \p Try that catches \p E. Null: none.
  const clang::CXXCatchStmt *handlerFor(const clang::CXXTryStmt &Try,
                                        const Escape &E) const;

private:
  struct Handling; ///< the handler that is searched

  void search(const clang::Stmt *Root, const clang::FunctionDecl &In,
              const Handling *Around, Escapes &Out);
  void searchTry(const clang::CXXTryStmt &Try, const clang::FunctionDecl &In,
                 const Handling *Around, Escapes &Out);
  void addThrow(const clang::CXXThrowExpr &Throw, const Handling *Around,
                Escapes &Out);
  void addCall(const clang::Expr &Call, const clang::FunctionDecl &In,
               Escapes &Out);
  void addCallee(const clang::Expr &Call, const clang::FunctionDecl *Callee,
                 Escapes &Out);
  bool mayFail(const clang::Expr &Call, const FunctionModel &Model,
               const clang::FunctionDecl &In);
  void add(const Escape &E, Escapes &Out);
  bool catches(clang::QualType Handler, const Escape &E) const;

  const Models &M;
  FunctionIndex &Index;
  std::deque<Escape> All;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Escapes>> Known;
  /// What the conditions of a function name.
  llvm::DenseMap<const clang::FunctionDecl *, DeclSet> Tested;
  const Escapes None;
  unsigned Depth = 0; ///< of callees in callees; bounded
};

} // namespace threadlint

#endif
