//===- Accesses.h - Which shared state does a function touch? ---*- C++ -*-===//
// Every evaluated use of a field, global or static variable in one body, and
// whether it reads or writes; the calls of visible bodies on the way. Part of the
// analyses; which locks are held there is left to LockedAccesses.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_ACCESSES_H
#define THREADLINT_ANALYSIS_ACCESSES_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>
#include <vector>

namespace clang {
class CXXMethodDecl;
class Expr;
class FunctionDecl;
class QualType;
class ValueDecl;
class VarDecl;
} // namespace clang

namespace threadlint {

class LockPath;
class LockPaths;
class Models;

enum class AccessKind : uint8_t {
  Read,
  Write,     ///< assigned, or changed without a look at the old value
  ReadWrite, ///< `++x`, `x += 1`, a member function that may change it
  Address,   ///< a pointer or reference that may write it is handed out
  Atomic,    ///< read or written by an atomic operation on plain memory
};

/// True for what may change the value here and now.
inline bool isWrite(AccessKind K) {
  return K == AccessKind::Write || K == AccessKind::ReadWrite;
}

/// Which objects count, and how finely.
enum class Detail : bool {
  Shared, ///< fields, globals and statics; an element stands for its container
  Parts,  ///< locals, elements and what pointers lead to as well, each for itself
};

struct Access {
  AccessKind Kind;
  /// A pointer is read to get at what it points to.
  bool Pointee = false;
  /// The last field that is named, or the variable; canonical.
  const clang::ValueDecl *Decl;
  /// The object, by the name that this function has for it.
  const LockPath *Path;
  /// The MemberExpr or DeclRefExpr that names it; of an element, the subscript.
  const clang::Expr *Where;
  /// What the pointer that Path names leads to, not the pointer. Only in Parts.
  bool Through = false;
};

/// True if a twin of the member function that works on constant objects exists:
/// then the function itself writes nothing, whatever its caller does with the
/// result.
bool hasConstTwin(const clang::CXXMethodDecl &Method);

/// A call of a body that is visible, here and now.
struct CallSite {
  const clang::Expr *Where;
  const clang::FunctionDecl *Callee; ///< the definition
  const LockPath *Object;            ///< of a member call; null: none
  bool RunsCallable; ///< Where runs Callee, a callable that it is given
};

struct BodyAccesses {
  std::vector<Access> All;     ///< in no particular order
  std::vector<CallSite> Calls; ///< in no particular order
  /// Functions that are named without being called.
  llvm::SmallVector<const clang::FunctionDecl *, 0> AddressTaken;
  /// Local pointers that get a new object in this function.
  llvm::SmallDenseSet<const clang::VarDecl *, 4> Fresh;
  /// Calls that wait for a thread to end.
  llvm::SmallVector<const clang::Expr *, 0> Joins;
};

/// What the body and the initialisers of \p F do; lambdas' bodies are other
/// functions. \p F must be a definition that is not dependent. Parts: objects of
/// the user's classes that visible member functions and functions get are left
/// to these; what the others do with them is unknown.
BodyAccesses accessesIn(const clang::FunctionDecl &F, LockPaths &Paths,
                        const Models &M, Detail Fineness = Detail::Shared);

/// What accessesIn() says, in Detail::Shared: computed once for each function, when
/// first asked for.
class KnownAccesses {
public:
  KnownAccesses(LockPaths &Paths, const Models &M) : Paths(Paths), M(M) {}

  /// \p F as for accessesIn(). Owned by this.
  const BodyAccesses &of(const clang::FunctionDecl &F);

private:
  LockPaths &Paths;
  const Models &M;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<BodyAccesses>>
      Known;
};

/// True if the body of \p F, a callee, is the user's own and can be looked into.
bool isOwnBody(const clang::FunctionDecl &F);

/// True for an object of type \p T that leads to another one: a pointer, a smart
/// pointer, std::reference_wrapper.
bool leadsElsewhere(clang::QualType T);

} // namespace threadlint

#endif
