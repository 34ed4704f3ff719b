//===- LoopInfo.h - Loops around a statement --------------------*- C++ -*-===//
// Asked for a finding that is about to be reported, so that the message can say
// that it happens again and again; never in a hot path.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOOPINFO_H
#define THREADLINT_ANALYSIS_LOOPINFO_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class ASTContext;
class Expr;
class FunctionDecl;
class SourceManager;
class Stmt;
} // namespace clang

namespace threadlint {

/// True for a loop statement that may run its body more than once: not the
/// `do { … } while (0)` of a macro. The condition may be dependent.
bool isLoop(const clang::Stmt &S, const clang::ASTContext &Context);

/// The loops of one function.
class LoopInfo {
public:
  explicit LoopInfo(const clang::FunctionDecl &F);

  /// True if a loop encloses \p E but not the place \p Before, from which the
  /// loop is entered. False for null \p E.
  bool isInLoopAfter(const clang::Expr *E, clang::SourceLocation Before,
                     const clang::SourceManager &SM) const;

private:
  llvm::SmallVector<const clang::Stmt *, 4> Loops;
};

} // namespace threadlint

#endif
