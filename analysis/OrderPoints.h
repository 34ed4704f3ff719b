//===- OrderPoints.h - Where threads wait for one another -------*- C++ -*-===//
// The places of one function behind which another thread may have said that it
// is safe to go on: waits, and tests of what only threads tell each other. Part
// of the analyses; whether the right thread said so is nobody's guess.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_ORDERPOINTS_H
#define THREADLINT_ANALYSIS_ORDERPOINTS_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/STLExtras.h"
#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;

enum class OrderKind : uint8_t {
  Wait, ///< a call that waits, or may do so
  Test, ///< a branch that an atomic decides, or a call that nobody can see
  Lock, ///< a branch on something that is read under a lock
};

struct OrderPoint {
  OrderKind Kind;
  clang::SourceLocation Loc; ///< in the source text, macros expanded
};

struct FunctionOrder {
  std::vector<OrderPoint> Points; ///< in no particular order
  /// Parts that run in the one thread that a number picks: `if (id == 0)`.
  std::vector<clang::SourceRange> Chosen;
  std::vector<clang::SourceRange> Loops;
  /// Reads an atomic, or calls what does: its result may be another thread's word.
  bool ReadsAtomics = false;
};

/// What is known of a callee with a visible body. Null: nothing.
using OrderLookup =
    llvm::function_ref<const FunctionOrder *(const clang::FunctionDecl &)>;

/// The points in the body of \p F, a definition that is not dependent; lambdas'
/// bodies are other functions.
FunctionOrder orderIn(const clang::FunctionDecl &F, TranslationUnit &TU,
                      OrderLookup Callees);

/// The call runs its callable once in the life of a once_flag.
bool isCallOnce(const clang::Expr &Call, TranslationUnit &TU);

} // namespace threadlint

#endif
