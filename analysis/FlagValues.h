//===- FlagValues.h - Can anything change this condition? -------*- C++ -*-===//
// Collects, when first asked, every write to the variables and fields that only
// the code of this translation unit can reach, and answers which conditions
// keep their value for ever. Part of the analysis; what follows is left to
// ExitPaths.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_FLAGVALUES_H
#define THREADLINT_ANALYSIS_FLAGVALUES_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace clang {
class ASTContext;
class CXXRecordDecl;
class Decl;
class Expr;
class FieldDecl;
class FunctionDecl;
class ValueDecl;
class VarDecl;
} // namespace clang

namespace threadlint {

class FunctionIndex;

/// A condition that nothing changes once it has a value.
struct FixedCondition {
  bool Value = true;
  /// It has the value from the start. False: something writes it first.
  bool FromTheStart = true;
  /// The function that evaluates it writes the variable, if always alike.
  bool WrittenHere = false;
  /// The variable or field that it depends on; never null.
  const clang::ValueDecl *Variable = nullptr;
};

/// One per AST; not thread-safe.
class FlagValues {
public:
  FlagValues(clang::ASTContext &Context, FunctionIndex &Index)
      : Context(Context), Index(Index) {}

  /// The one plain or atomic variable that \p Condition compares with
  /// constants, if this translation unit alone decides about it. Null: another
  /// condition, or unknown. Cheap: looks at nothing but the condition and the
  /// declaration.
  const clang::ValueDecl *flagOf(const clang::Expr *Condition);

  /// The value that \p Condition, evaluated in \p F, keeps. None: unknown, or
  /// it may change.
  std::optional<FixedCondition> fixedValue(const clang::Expr *Condition,
                                           const clang::FunctionDecl &F);

  /// All code that can name the variable or field, as far as C++ protects it, is in
  /// this translation unit.
  bool isOnlyHere(const clang::ValueDecl &V);

private:
  struct Write {
    std::optional<int64_t> Value; ///< none: unknown
    const clang::FunctionDecl *In = nullptr;
    clang::SourceLocation Loc;
    bool Initial = false; ///< before anyone else can see the object
  };
  struct Use {
    bool Escapes = false; ///< somebody else may write through a pointer
    llvm::SmallVector<Write, 2> Writes;
  };
  class Collector;

  bool isVisible(const clang::VarDecl &V) const;
  bool isVisible(const clang::FieldDecl &Field);
  bool membersVisible(const clang::CXXRecordDecl &R, unsigned Depth);
  void collectAll();
  void collectInitializers(const clang::Decl &D, unsigned Depth);
  void collectMembers(const clang::CXXRecordDecl &R, unsigned Depth);
  void collect(const clang::FunctionDecl *F);
  const Use &useOf(const clang::ValueDecl &V, const clang::FunctionDecl &F);
  llvm::SmallVector<Write, 4> valuesOf(const clang::ValueDecl &V,
                                       const Use &Used,
                                       const clang::FunctionDecl &F) const;

  clang::ASTContext &Context;
  FunctionIndex &Index;
  bool All = false;
  llvm::DenseSet<const clang::FunctionDecl *> Collected;
  llvm::DenseMap<const clang::ValueDecl *, Use> Uses;
};

} // namespace threadlint

#endif
