//===- Deadlines.h - Calls that could have a deadline -----------*- C++ -*-===//
// Which calls that wait for somebody else have no deadline, although their
// library has one? Part of the analyses: what carries a deadline is data in
// models/, how the mistake is worded is left to the check.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_DEADLINES_H
#define THREADLINT_ANALYSIS_DEADLINES_H

#include "analysis/Vocabulary.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>
#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
class ParmVarDecl;
class ValueDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

struct MissingDeadline {
  enum class Reason : uint8_t {
    Handle,   ///< the object that carries it was never given one
    Argument, ///< no argument is one
    Forever,  ///< the time-out is infinite
    Function, ///< another function has one
  };
  const clang::Expr *Call;
  const FunctionModel *Model; ///< of Call, or of Inner
  Reason Why;
  /// The variable or field that holds the handle. Null: a temporary.
  const clang::ValueDecl *Handle = nullptr;
  /// The call that waits, in a function that Call gives the handle to. Null: it
  /// is Call.
  const clang::Expr *Inner = nullptr;
};

/// One per AST.
class Deadlines {
public:
  explicit Deadlines(TranslationUnit &TU) : TU(TU) {}

  /// The calls in the body of \p F. A handle counts if it is made in visible
  /// code without a deadline, all its uses can be seen, and none of them may
  /// give it one, in whatever order.
  std::vector<MissingDeadline> in(const clang::FunctionDecl &F);

private:
  std::optional<MissingDeadline> missing(const clang::Expr &Call);
  std::optional<MissingDeadline> missingInCallee(const clang::Expr &Call);
  const clang::ValueDecl *handleOf(const clang::Expr &Object);
  /// \p Object is the expression by which the handle is named, \p User a
  /// function of the library that is called with it.
  bool isBare(const clang::ValueDecl &Handle, const clang::Expr &Object,
              const clang::FunctionDecl &User);

  TranslationUnit &TU;
  /// By the handle, and the one function that knows its object, if there is
  /// one.
  llvm::DenseMap<
      std::pair<const clang::ValueDecl *, const clang::FunctionDecl *>, bool>
      Bare;
};

} // namespace threadlint

#endif
