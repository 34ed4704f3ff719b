//===- PathFacts.h - What the branches of one path have decided -*- C++ -*-===//
// For analyses that follow single paths: two tests of one condition are connected,
// and so are a flag's value and its test. Objects behind pointers and members are
// taken to stay as they are, which may only make a search see fewer paths.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_PATHFACTS_H
#define THREADLINT_ANALYSIS_PATHFACTS_H

#include "llvm/ADT/SmallVector.h"
#include <cstdint>

namespace clang {
class ASTContext;
class Expr;
class ValueDecl;
class VarDecl;
} // namespace clang

namespace threadlint {

using DeclList = llvm::SmallVector<const clang::ValueDecl *, 4>;

/// The variables, members and functions whose values \p Test depends on; of
/// `a->b.c` only `c`.
DeclList testedDecls(const clang::Expr &Test);

/// The same without elements and their indices: of `i < n && table[i]` only `i`
/// and `n`.
DeclList testedOutsideElements(const clang::Expr &Test);

/// True for `i < n`: a bound says nothing of the elements that `i` may select.
bool isBound(const clang::Expr &Test);

class PathFacts {
public:
  enum class Verdict : uint8_t {
    News,        ///< nothing is known of it
    Known,       ///< it was decided so before
    Contradicts, ///< it was decided otherwise: no such path
    Related,     ///< an other test of the same variables: perhaps no such path
  };

  /// Takes note that \p Test turned out to be \p Outcome.
  Verdict decide(const clang::Expr &Test, bool Outcome);
  /// \p V gets the value of \p Value; null: some other value.
  void assign(const clang::VarDecl &V, const clang::Expr *Value,
              const clang::ASTContext &Context);
  /// The same for what the expression \p Target names, a variable or a member.
  void assignTo(const clang::Expr &Target, const clang::Expr *Value,
                const clang::ASTContext &Context);
  /// Keeps what \p Other says as well. \returns true if anything changed.
  bool meet(const PathFacts &Other);
  void clear() { Facts.clear(); }
  /// No more facts are taken in: what is new may be known and forgotten.
  bool isFull() const { return Facts.size() >= MaxFacts; }
  /// Forgets what calls have answered: the next round of a loop asks them again.
  void forgetCalls();
  /// Equal for equal facts.
  uint64_t digest() const;

private:
  struct Fact {
    uint64_t Key;
    bool Value;
    DeclList Of;
    bool Bound = false; ///< see isBound()
  };
  void learn(uint64_t Key, const clang::ValueDecl *D, const clang::Expr *Value,
             const clang::ASTContext &Context);

  // A path with more is not one that anybody follows.
  static constexpr unsigned MaxFacts = 64;
  llvm::SmallVector<Fact, 4> Facts;
};

} // namespace threadlint

#endif
