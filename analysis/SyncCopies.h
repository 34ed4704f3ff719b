//===- SyncCopies.h - Where synchronisation objects are copied --*- C++ -*-===//
// Finds the places in one function that copy an object which SyncTypes says must
// not be. Part of the analyses; how to say it, and how to repair it, is left to
// the check and to ByReference.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SYNCCOPIES_H
#define THREADLINT_ANALYSIS_SYNCCOPIES_H

#include "analysis/SyncTypes.h"
#include "clang/AST/Type.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>
#include <vector>

namespace clang {
class DeclRefExpr;
class Expr;
class FunctionDecl;
class NamedDecl;
class ParmVarDecl;
class Stmt;
class ValueDecl;
class VarDecl;
} // namespace clang

namespace threadlint {

class BodyParents;
class TranslationUnit;
struct FunctionModel;

enum class CopyPlace : uint8_t {
  Parameter,    ///< Name is passed by value
  LoopVariable, ///< Name is a range-for's copy of each element
  Capture,      ///< Name is captured by value
  Assignment,
  Argument, ///< of a call of Name, which takes or stores a copy
  Return,
  Initializer, ///< of Name, if that is not null
  Elements,    ///< Name copies what it is given a pointer or iterator to
  Growth,      ///< Name moves a container's elements
};

struct SyncCopy {
  CopyPlace Place = CopyPlace::Initializer;
  clang::SourceLocation Loc; ///< the one place to change
  clang::QualType Type;      ///< of the object that is copied
  const SyncPart *Part = nullptr; ///< owned by the SyncTypes
  const clang::NamedDecl *Name = nullptr;
  /// The container that grows; otherwise null.
  const clang::NamedDecl *Container = nullptr;
};

/// One per AST; not thread-safe.
class SyncCopies {
public:
  SyncCopies(TranslationUnit &TU, SyncTypes &Types);
  ~SyncCopies();

  /// The copies in \p F, a definition in user code, in source order. Functions
  /// that the compiler wrote have none.
  std::vector<SyncCopy> of(const clang::FunctionDecl &F);

private:
  using Result = std::vector<SyncCopy>;

  void parameters(const clang::FunctionDecl &F, Result &Out);
  void expression(const clang::Expr *E, Result &Out);
  void assignment(const clang::Expr *E, Result &Out);
  void value(const clang::Expr *E, const clang::Expr *Source, CopyBy How,
             Result &Out);
  bool place(const clang::Expr *E, const clang::Expr *Source, SyncCopy &Copy);
  bool placeArgument(const clang::Expr *Call, const clang::Stmt *Child,
                     SyncCopy &Copy);
  bool placeReturn(const clang::Stmt *Return, const clang::Expr *Source,
                   SyncCopy &Copy);

  // Calls that models know; in SyncCallCopies.cpp.
  void call(const clang::Expr *E, Result &Out);
  bool isConstruction(const clang::Expr *E) const;
  void copyCall(const clang::Expr *E, const FunctionModel &Model, Result &Out);
  bool object(const clang::Expr *Call, const clang::Expr *Arg, Result &Out);
  bool elements(const clang::Expr *Call, unsigned Index, CopyBy How,
                Result &Out);
  bool madeElements(const clang::Expr *Call, Result &Out);
  void growth(const clang::Expr *Call, bool Reserves, Result &Out);
  bool growsBefore(const clang::Expr *Call, const clang::ValueDecl *Container);
  bool isReserved(const clang::ValueDecl *Container);

  /// Whether \p Source is an object whose primitive nobody has used yet.
  bool isFresh(const clang::Expr *Source);
  bool isTouched(const clang::VarDecl *V);
  bool touches(const clang::DeclRefExpr *Ref);
  const BodyParents &body();

  TranslationUnit &TU;
  SyncTypes &Types;
  const clang::FunctionDecl *Current = nullptr;
  std::unique_ptr<BodyParents> Body; ///< of Current
  bool TouchedKnown = false;
  llvm::DenseSet<const clang::ValueDecl *> Touched; ///< in Current
  bool ReservedKnown = false;
  llvm::DenseSet<const clang::ValueDecl *> Reserved;
};

/// Whether the type of a parameter is the template's caller's choice.
bool isGenericParameter(const clang::FunctionDecl &F, unsigned Index);

} // namespace threadlint

#endif
