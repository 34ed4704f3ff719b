//===- AtomicOps.h - What an expression does to an atomic -------*- C++ -*-===//
// One view of loads, stores and read-modify-write operations on atomics: member
// functions and operators of std, Boost and Qt, C11's _Atomic and its
// functions, the compiler's builtins. Part of the analyses; knows one
// expression only.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_ATOMICOPS_H
#define THREADLINT_ANALYSIS_ATOMICOPS_H

#include <cstdint>
#include <optional>

namespace clang {
class Expr;
} // namespace clang

namespace threadlint {

enum class AtomicOpKind : uint8_t {
  Load,
  Store,
  Update, ///< reads and writes in one step, such as exchange and fetch_add
};

struct AtomicOp {
  AtomicOpKind Kind;
  /// The atomic, or a pointer to it. Never null.
  const clang::Expr *Object;
  /// Store: the new value. Null: another operation.
  const clang::Expr *Value = nullptr;
  /// The author chose a weaker memory order than the default.
  bool HasOrder = false;
};

/// What \p E itself does, its operands' operations left out. None: no operation
/// on an atomic. Initialisation is none.
std::optional<AtomicOp> atomicOp(const clang::Expr &E);

} // namespace threadlint

#endif
