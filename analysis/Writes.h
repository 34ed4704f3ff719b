//===- Writes.h - What a function stores where ------------------*- C++ -*-===//
// The assignments, steps and insertions in one body, by variable or field, with
// the loops around them. Part of the analyses; made only for a function that
// somebody asks about. What the values mean is left to LoopBounds.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_WRITES_H
#define THREADLINT_ANALYSIS_WRITES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
class Stmt;
class ValueDecl;
} // namespace clang

namespace threadlint {

enum class WriteKind : uint8_t {
  Assign, ///< gets Value
  Step,   ///< ++, --, += and the like; an atomic's fetch_add
  Grow,   ///< a container gets one more element
  Resize, ///< a container gets Value elements
  Escape, ///< somebody else may write it: its address or a reference is passed
};

struct Write {
  WriteKind Kind;
  const clang::Expr *Value = nullptr; ///< Assign, Resize; may be null
  const clang::Expr *Where = nullptr; ///< null: the initialiser
  int Loop = -1;                      ///< innermost loop around it
};

/// The writes of one function, the bodies of lambdas inside it included.
class Writes {
public:
  struct Loop {
    const clang::Stmt *S;
    int Parent; ///< -1: none
  };

  /// \p F must have a body.
  explicit Writes(const clang::FunctionDecl &F);

  /// In no particular order. Empty: none are seen.
  llvm::ArrayRef<Write> of(const clang::ValueDecl *D) const;
  const Loop &loop(int Index) const { return Loops[Index]; }

private:
  void visit(const clang::Stmt &S, int InLoop);
  void visitCall(const clang::Expr &Call, int InLoop);
  void visitArguments(const clang::Expr &Call, int InLoop);
  void add(const clang::Expr *Target, WriteKind Kind, const clang::Expr *Value,
           const clang::Expr *Where, int InLoop);

  std::vector<Loop> Loops;
  llvm::DenseMap<const clang::ValueDecl *, llvm::SmallVector<Write, 2>> All;
};

/// The variable or field that \p E names; elements and dereferences stand for
/// the whole if \p Whole. Null: none.
const clang::ValueDecl *namedDecl(const clang::Expr *E, bool Whole = false);

} // namespace threadlint

#endif
