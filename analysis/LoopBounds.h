//===- LoopBounds.h - How often does a loop run? ----------------*- C++ -*-===//
// Tells loops over a constant or over a machine's workers from loops over data
// and from loops without an end. Part of the analyses; asked for loops that do
// something expensive in each round. What that is, is left to ThreadGrowth.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOOPBOUNDS_H
#define THREADLINT_ANALYSIS_LOOPBOUNDS_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <optional>
#include <string>

namespace clang {
class ASTContext;
class Expr;
class FunctionDecl;
class NamedDecl;
class QualType;
class Stmt;
class ValueDecl;
class VarDecl;
} // namespace clang

namespace threadlint {

class FunctionIndex;
class Models;
class Writes;
struct Write;

enum class BoundKind : uint8_t {
  Unknown,
  Constant, ///< at most Count rounds
  Workers,  ///< as many as there are workers, cores …, or a limit
  Data,     ///< as many as there are elements of Why
  Input,    ///< until there is no more input, which Why takes
  Flag,     ///< until somebody else says stop
  Endless,
};

struct LoopBound {
  BoundKind Kind = BoundKind::Unknown;
  uint64_t Count = 0;               ///< Constant
  const clang::Expr *Why = nullptr; ///< what says so; may be null
};

/// Bounds of loops and sizes of one AST.
class LoopBounds {
public:
  LoopBounds(clang::ASTContext &Context, const Models &M, FunctionIndex &Index);
  ~LoopBounds();

  /// How often the loop statement \p Loop of \p F, which must have a body, runs
  /// once it is entered.
  LoopBound of(const clang::Stmt &Loop, const clang::FunctionDecl &F);
  /// How many elements the container, range, iterator or pointer \p E stands
  /// for; Data if nothing bounds them.
  LoopBound ofContainer(const clang::Expr *E);
  /// What bounds the number \p E.
  LoopBound ofNumber(const clang::Expr *E);

  /// The value of the constant \p E, zero for negative ones.
  std::optional<uint64_t> constant(const clang::Expr *E) const;
  /// A name in \p E, or the macro it comes from, speaks of workers or a limit.
  bool saysLimit(const clang::Expr *E) const { return saysWorkers(E, true); }
  /// \p E takes the next connection, line, job …
  bool isInput(const clang::Expr *E) const;
  /// A container, pointer or handle of threads or futures.
  bool holdsThreads(clang::QualType T) const;

  /// The writes of \p F, which must have a body.
  const Writes &writes(const clang::FunctionDecl &F);

private:
  class Header;

  LoopBound ofOperation(const clang::Expr &E);
  LoopBound ofCall(const clang::Expr &Call);
  LoopBound ofExtremum(const clang::Expr &Call, bool IsMin);
  LoopBound ofVariable(const clang::VarDecl &V, const clang::Expr &E);
  LoopBound ofContainerCall(const clang::Expr &Call);
  LoopBound ofFilled(const clang::ValueDecl &D, const clang::Expr &E);
  LoopBound ofFill(const Write &W, const clang::FunctionDecl &F,
                   const clang::ValueDecl &D, const clang::Expr &E);
  LoopBound ofInitialiser(const clang::Expr *Init, const clang::Expr &E);
  std::string macroName(const clang::Expr &E) const;
  bool saysWorkers(const clang::Expr *E, bool ForNumber) const;

  clang::ASTContext &Context;
  const Models &M;
  FunctionIndex &Index;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Writes>> Known;
  unsigned Depth = 0; ///< of nested questions; bounded
};

/// The name of what \p E denotes or calls, for messages: "clients". Empty:
/// none.
std::string exprName(const clang::Expr *E);

} // namespace threadlint

#endif
