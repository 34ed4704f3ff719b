//===- Borrowing.h - Which state does a value point into? -------*- C++ -*-===//
// Follows pointers, references, iterators and views of one function back to the
// field or variable that they were made from. Part of the analyses; whether
// they may leave the function is left to EscapedReferences.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_BORROWING_H
#define THREADLINT_ANALYSIS_BORROWING_H

#include "analysis/Branches.h"
#include "analysis/LockedAccesses.h"
#include "analysis/Statements.h"
#include "llvm/ADT/DenseMap.h"

namespace threadlint {

enum class Reach : uint8_t {
  Whole,   ///< the object itself, or a place in its storage: an iterator
  Element, ///< an element that the container holds by value
  Owned,   ///< what an element or the object owns elsewhere: a unique_ptr's
};

/// Null: the value points into nothing that has a name here.
struct Borrow {
  const Access *Storage = nullptr; ///< of the function below
  const FunctionAccesses *In = nullptr;
  /// The expression of the asking function at which the pointer is made: it
  /// names the state, or calls a function that does.
  const clang::Expr *At = nullptr;
  Reach How = Reach::Whole;
  /// The containers between Storage and the element may move their elements.
  bool Moves = false;

  explicit operator bool() const { return Storage; }
};

class Borrowing {
public:
  Borrowing(const FunctionAccesses &F, LockedAccesses &All, const Models &M,
            unsigned Depth = 0);

  /// What the object is, or is a part of, that the glvalue \p E denotes.
  Borrow refersTo(const clang::Expr *E);
  /// What the pointer, iterator or view \p E points into.
  Borrow pointsInto(const clang::Expr *E);
  /// The one for the type: \p T is a reference, or points.
  Borrow behind(const clang::Expr *E, clang::QualType T);

  /// The local variables that the last borrow went through.
  const DeclSet &locals() const { return Locals; }
  void forget() {
    Locals.clear();
    Steps = 0;
  }

private:
  Borrow ofMember(const clang::MemberExpr &E);
  Borrow ofVariable(const clang::DeclRefExpr &E, bool Pointer);
  Borrow ofValues(const clang::VarDecl &V);
  Borrow ofStorage(const clang::Expr &E);
  Borrow ofElement(const clang::Expr *Object);
  Borrow ofMemberCall(const clang::CXXMemberCallExpr &E, bool Pointer);
  Borrow ofOperator(const clang::CXXOperatorCallExpr &E, bool Pointer);
  Borrow ofCall(const clang::CallExpr &E, bool Pointer);
  Borrow ofCallee(const clang::CallExpr &E);
  Borrow ofConstruction(const clang::CXXConstructExpr &E);
  Borrow either(const clang::Expr *A, const clang::Expr *B, bool Pointer);

  const FunctionAccesses &F;
  LockedAccesses &All;
  const Models &M;
  const unsigned Depth; ///< callees between the asker and this function
  unsigned Steps = 0;
  llvm::DenseMap<const clang::Expr *, const Access *> Named;
  std::unique_ptr<LocalValues> Values; ///< made when first needed
  DeclSet Locals;
};

/// A pointer, iterator or view: a copy of it leads to the same state.
bool isPointing(clang::QualType T);

} // namespace threadlint

#endif
