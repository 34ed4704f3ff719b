//===- LockPath.h - Names the object an expression denotes ------*- C++ -*-===//
// Access paths for locks, guards and I/O objects: this->mu_, param.mu, globals,
// array elements, the lock that a guard manages. Second stage of the pipeline
// (models -> analysis -> checks). Which locks are held is HeldLocks' question.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOCKPATH_H
#define THREADLINT_ANALYSIS_LOCKPATH_H

#include "clang/AST/Type.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/FoldingSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Allocator.h"
#include <optional>
#include <string>

namespace clang {
class CXXConstructExpr;
class CXXConstructorDecl;
class CallExpr;
class Expr;
class FieldDecl;
class FunctionDecl;
class MemberExpr;
class RecordDecl;
class Stmt;
class VarDecl;
} // namespace clang

namespace threadlint {

class Models;

/// One object, named by how it is reached. Nodes are unique within their
/// LockPaths, so two paths denote the same object in one thread at one moment
/// exactly if their pointers are equal.
class LockPath : public llvm::FoldingSetNode {
public:
  enum class Kind : uint8_t {
    Unknown,    ///< cannot be named
    This,       ///< the object of the member function (or the captured one)
    Parameter,  ///< Decl: canonical function, Number: index
    Variable,   ///< Decl: global, static or local variable
    Result,     ///< Decl: function without arguments (of Parent) that returns
                ///< it, or the std::get that gives an element of Parent
    Temporary,  ///< Decl: the expression that makes the temporary
    Expression, ///< Decl: any other expression; Number: its profile
    Field,      ///< Decl: the field of Parent
    Element,    ///< element of Parent; Decl: the index, Number: its profile
    Managed,    ///< the lock that the guard Parent manages
  };

  Kind kind() const { return K; }
  const LockPath *parent() const { return Parent; }
  const void *decl() const { return Decl; }
  uint64_t number() const { return Number; }
  bool isUnknown() const { return K == Kind::Unknown; }
  /// The field if the last step is one, else null.
  const clang::FieldDecl *field() const;
  /// The variable if this is one, else null.
  const clang::VarDecl *variable() const;
  /// The index expression (one of equal ones) if the last step is an element.
  const clang::Expr *index() const;
  /// The index if it is a constant of a field's or variable's element. None: it is
  /// not, or the last step is no element.
  std::optional<int64_t> constantIndex() const;
  /// The type of the variable, parameter, field or result that the last step
  /// names, references included; null if it names none.
  clang::QualType declaredType() const;
  /// Where the path starts: This, Parameter, Variable …
  const LockPath *root() const;
  /// True if Prefix is this path or one of its parents.
  bool startsWith(const LockPath *Prefix) const;
  /// As a programmer would write it: "mu_", "other.mu_", "locks[1]". Empty if
  /// there is no name to write.
  std::string str() const;

  void Profile(llvm::FoldingSetNodeID &ID) const;

private:
  friend class LockPaths;
  LockPath(Kind K, const LockPath *Parent, const void *Decl, uint64_t Number)
      : Parent(Parent), Decl(Decl), Number(Number), K(K) {}

  const LockPath *Parent;
  const void *Decl;
  uint64_t Number;
  Kind K;
};

/// A class that is a lock itself: its member is the same lock under another
/// name.
bool isLockClass(const clang::RecordDecl &R);

/// The same object in this thread: equal paths, or one is the lock inside the
/// other's wrapper object. Unknown is never the same as anything.
bool sameObject(const LockPath *A, const LockPath *B);

/// May be the same object across threads: compared by class and field. Unknown
/// may be anything.
bool mayBeSameObject(const LockPath *A, const LockPath *B);

/// The member or global variable that a path is or is part of: what means the
/// same in every function. Null: the path is a name of one function only; a
/// handle may be copied.
const void *commonName(const LockPath *P);

/// Makes and owns the paths of one AST.
class LockPaths {
public:
  explicit LockPaths(Models &M) : M(M) {}
  LockPaths(const LockPaths &) = delete;
  LockPaths &operator=(const LockPaths &) = delete;

  const LockPath *unknown();
  const LockPath *thisObject();
  const LockPath *parameter(const clang::FunctionDecl *F, unsigned Index);
  const LockPath *variable(const clang::VarDecl *V);
  const LockPath *temporary(const clang::Expr *E);
  /// Follows a reference or pointer field of a local object to what its
  /// constructor bound it to, if the constructor's body is visible.
  const LockPath *field(const LockPath *Object, const clang::FieldDecl *F);
  const LockPath *managed(const LockPath *Guard);

  /// The object that \p E denotes or points to; casts, `&`, `*`, smart
  /// pointers' `get`, `->` and moves are looked through. Never null.
  const LockPath *of(const clang::Expr *E);

  using Substitution =
      llvm::function_ref<const LockPath *(const LockPath *Root)>;
  /// \p P with its root replaced by \p S; unknown where S answers null.
  const LockPath *replaceRoot(const LockPath *P, Substitution S);

  /// What the constructor's initializer binds the pointer or reference field
  /// to, in terms of the constructor's parameters; null if it does not.
  const LockPath *binding(const clang::CXXConstructorDecl *Ctor,
                          const clang::FieldDecl *F);

  /// True if the local pointer, view or iterator is assigned after its
  /// initialisation, or its address is taken: its initialiser does not name it
  /// for good.
  bool isRebound(const clang::VarDecl *V);

private:
  const LockPath *make(LockPath::Kind K, const LockPath *Parent,
                       const void *Decl, uint64_t Number = 0);
  const LockPath *ofStripped(const clang::Expr *E);
  const LockPath *ofVariable(const clang::VarDecl *V);
  const LockPath *ofMember(const clang::MemberExpr *E);
  const LockPath *ofCall(const clang::CallExpr *E);
  const LockPath *ofAccessor(const clang::CallExpr *E,
                             const clang::FunctionDecl *F);
  const LockPath *expression(const clang::Expr *E);
  const LockPath *element(const LockPath *Parent, const clang::Expr *Index);
  const llvm::DenseMap<const clang::VarDecl *, bool> &
  reboundIn(const clang::FunctionDecl *F);

  Models &M;
  llvm::BumpPtrAllocator Arena;
  llvm::FoldingSet<LockPath> Nodes;
  llvm::DenseMap<const clang::FunctionDecl *,
                 llvm::DenseMap<const clang::VarDecl *, bool>>
      Rebound;
  unsigned Depth = 0; ///< of nested look-throughs; bounded
};

/// Profile of an expression by structure and referenced declarations.
uint64_t expressionProfile(const clang::Expr *E);

} // namespace threadlint

#endif
