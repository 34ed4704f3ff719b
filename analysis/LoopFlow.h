//===- LoopFlow.h - What happens in one round of a loop ---------*- C++ -*-===//
// The statements of one function as a tree and as a graph: what encloses an
// expression, and whether a loop goes on after it. Part of the analyses; made
// only for functions with something in a loop that somebody asks about.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOOPFLOW_H
#define THREADLINT_ANALYSIS_LOOPFLOW_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>

namespace clang {
class ASTContext;
class CFG;
class CFGBlock;
class Expr;
class FunctionDecl;
class Stmt;
} // namespace clang

namespace threadlint {

/// One function. Bodies of lambdas inside it are not part of it.
class LoopFlow {
public:
  /// \p F must have a body that is not dependent.
  LoopFlow(const clang::FunctionDecl &F, clang::ASTContext &Context);
  ~LoopFlow();

  /// Null: \p S is the body, or not of this function.
  const clang::Stmt *parent(const clang::Stmt *S) const;
  bool isInside(const clang::Stmt *S, const clang::Stmt *Outer) const;
  /// The loops around \p S, innermost first.
  llvm::SmallVector<const clang::Stmt *, 2> loopsAround(const clang::Stmt *S);

  /// True if \p Loop may start another round after \p S, which is inside it.
  /// False if there is no graph.
  bool goesOnAfter(const clang::Stmt *Loop, const clang::Stmt *S);

  /// True if something in \p Loop leaves it: break, return, goto, throw.
  bool mayLeave(const clang::Stmt *Loop) const;

  /// True if whenever control passes \p Other within \p Region it may also pass
  /// \p S: no branch, loop or handler is around \p S that is not around Other.
  bool happensWith(const clang::Stmt *S, const clang::Stmt *Other,
                   const clang::Stmt *Region) const;

  /// Visits every statement below \p Region in the order of the source.
  void forEach(const clang::Stmt *Region,
               llvm::function_ref<void(const clang::Stmt &)> Visit) const;

private:
  const llvm::DenseSet<const clang::CFGBlock *> &
  repeating(const clang::Stmt *Loop);

  const clang::FunctionDecl &F;
  clang::ASTContext &Context;
  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> Parents;
  bool Built = false;
  std::unique_ptr<clang::CFG> Graph;
  llvm::DenseMap<const clang::Stmt *, const clang::CFGBlock *> Blocks;
  /// For each loop the blocks from which its next round is reached.
  llvm::DenseMap<const clang::Stmt *, llvm::DenseSet<const clang::CFGBlock *>>
      Repeating;
};

} // namespace threadlint

#endif
