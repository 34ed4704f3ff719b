//===- PathConditions.h - Which ways can one path go? -----------*- C++ -*-===//
// For analyses that follow the single paths of a function: takes note of what a
// path assigns and tests, and says whether a branch is open to it. PathFacts
// compares single conditions; here is what the whole function does to them.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_PATHCONDITIONS_H
#define THREADLINT_ANALYSIS_PATHCONDITIONS_H

#include "analysis/PathFacts.h"
#include "analysis/Statements.h"
#include "analysis/Writes.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>

namespace clang {
class CFG;
} // namespace clang

namespace threadlint {

/// What one path knows.
struct PathMemory {
  PathFacts Facts;
  llvm::SmallVector<const clang::ValueDecl *, 4> Tested; ///< on the way
  /// Atomics that were written: what they hold then is asked in many ways.
  llvm::SmallVector<const clang::ValueDecl *, 2> Stored;

  /// Equal for equal knowledge.
  uint64_t digest() const;
};

/// The conditions of one function.
class PathConditions {
public:
  enum class Way : uint8_t {
    Open,
    Closed,   ///< it contradicts what was decided before
    Doubtful, ///< it may, in a way that is not understood
  };

  /// \p Cfg must be the graph of \p F; neither is kept.
  PathConditions(const clang::FunctionDecl &F, const clang::CFG &Cfg,
                 const clang::ASTContext &Context);

  /// Takes note of the values that variables and members get.
  void learn(PathMemory &P, const clang::Stmt &S) const;

  /// Takes note that the condition \p Test of \p Branch has turned out to be \p
  /// Outcome; none: one of several ways.
  Way along(PathMemory &P, const clang::Stmt &Branch, const clang::Expr &Test,
            std::optional<bool> Outcome) const;

private:
  void learnCall(PathMemory &P, const clang::CallExpr &Call) const;
  bool isChanged(const clang::ValueDecl *D) const;

  const clang::ASTContext &Context;
  Writes Written;
  /// How many conditions name a variable, those of loops twice.
  llvm::DenseMap<const clang::ValueDecl *, unsigned> Tests;
  DeclSet Impure; ///< named by conditions that may change something
};

} // namespace threadlint

#endif
