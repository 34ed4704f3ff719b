//===- ExitPaths.h - Can this function ever end? ----------------*- C++ -*-===//
// Finds loops without a way out, in a function and in what it calls, from the
// control-flow graphs of task entries. Part of the analysis; whether the loop
// is a mistake, and how it is worded, is left to the checks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_EXITPATHS_H
#define THREADLINT_ANALYSIS_EXITPATHS_H

#include "analysis/ExitGraph.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>

namespace clang {
class Stmt;
} // namespace clang

namespace threadlint {

class FunctionIndex;

/// Computes on demand and keeps the answers of one AST; not thread-safe.
class ExitPaths {
public:
  ExitPaths(clang::ASTContext &Context, const Models &M, FunctionIndex &Index,
            FlagValues &Flags);
  ~ExitPaths();

  /// The endless loop that \p F, any function, gets into. Null: there is none,
  /// or that is not known (no visible body, over budget, a coroutine, a
  /// condition that something else decides). Valid as long as this object.
  const EndlessLoop *endlessLoop(const clang::FunctionDecl *F, Thrown Leaving);

private:
  struct Node;

  Node *node(const clang::FunctionDecl *F);
  const CalleeFacts *known(const clang::FunctionDecl *F);
  void prepare(const clang::FunctionDecl *Root);
  void scanBody(Node &N);
  void scanCall(const clang::Expr &E, CalleeFacts &Facts);
  bool isCandidate(const clang::Stmt &S, const clang::FunctionDecl &F);
  bool isCandidate(const clang::Expr *Condition, const clang::FunctionDecl &F);
  void spread(llvm::ArrayRef<Node *> Order);
  void analyze(Node &N);

  clang::ASTContext &Context;
  const Models &M;
  FunctionIndex &Index;
  FlagValues &Flags;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Node>> Nodes;
};

/// False: the function with \p Loop calls nothing, so that nobody can cancel a
/// thread in it.
bool mayBeCancellationPoint(const EndlessLoop &Loop);

} // namespace threadlint

#endif
