//===- Exceptions.h - May a function end by an exception? -------*- C++ -*-===//
// A visible `throw`, or a call that a model marks as throwing, that nothing on the
// way catches. Allocation failure and unseen callees do not count.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_EXCEPTIONS_H
#define THREADLINT_ANALYSIS_EXCEPTIONS_H

#include "llvm/ADT/DenseMap.h"

namespace clang {
class FunctionDecl;
class Stmt;
} // namespace clang

namespace threadlint {

class FunctionIndex;
class Models;

/// Remembers its answers. One per AST.
class Exceptions {
public:
  Exceptions(const Models &M, FunctionIndex &Index) : M(M), Index(Index) {}

  /// True if \p F may end by an exception. False: it does not, or that cannot be
  /// seen.
  bool mayLeave(const clang::FunctionDecl *F);

  /// The same for one statement, what is below it left out.
  bool mayThrow(const clang::Stmt &S);

private:
  bool search(const clang::FunctionDecl &F);

  const Models &M;
  FunctionIndex &Index;
  llvm::DenseMap<const clang::FunctionDecl *, bool> Known;
  unsigned Depth = 0; ///< of callees in callees; bounded
};

} // namespace threadlint

#endif
