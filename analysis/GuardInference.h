//===- GuardInference.h - Which lock guards which field? --------*- C++ -*-===//
// Groups the accesses to one field by the lock of the same object, or the global
// lock, that is held at nearly all of them, and by explicit attributes; lists the
// accesses that do not hold it. Part of the analyses; words are left to checks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_GUARDINFERENCE_H
#define THREADLINT_ANALYSIS_GUARDINFERENCE_H

#include "analysis/LockedAccesses.h"
#include "clang/AST/Type.h"
#include <map>
#include <string>
#include <vector>

namespace threadlint {

/// A lock or a field, said relative to the object that both belong to: fields
/// of templates' patterns, so that all instantiations are one. Global and static
/// variables come first in their name.
using RelativeName = std::vector<const clang::ValueDecl *>;

/// An access that does not hold the guard.
struct Unguarded {
  const FunctionAccesses *In;
  const Access *What;
  /// The call that enters In without the guard, though other calls hold it.
  /// Null: it is the access itself.
  const CallContext *Through = nullptr;
};

/// One field (or variable) and the lock that guards it.
struct GuardedField {
  const clang::ValueDecl *Field;
  std::string FieldName; ///< "stats_.count"
  std::string LockName;  ///< as the guarded places spell it
  const clang::ValueDecl *Lock; ///< the lock's last field, or its variable
  bool Declared = false;        ///< by an attribute
  unsigned Held = 0;            ///< accesses that hold it
  unsigned Total = 0;           ///< these and the unguarded ones
  /// A place that holds it, a write if there is one. Null: none.
  const Access *Example = nullptr;
  llvm::SmallVector<Unguarded, 2> Bad;
};

class GuardInference {
public:
  GuardInference(clang::ASTContext &Context, const Models &M, LockPaths &Paths,
                 LockedAccesses &Accesses)
      : Context(Context), M(M), Paths(Paths), Accesses(Accesses) {}
  ~GuardInference();

  /// The fields that a lock guards and that some access touches without it.
  /// \p Percent of the accesses outside of constructors, destructors and setup
  /// hold the lock, the others included, in at least two functions, at least one
  /// of these a write; or an attribute says so. In the order of the source.
  std::vector<GuardedField> violations(unsigned Percent);

  /// How many accesses of a field hold the lock, and how many do not. Those that
  /// are in doubt count for neither.
  struct Share {
    unsigned Held = 0, Bare = 0;
  };
  Share share(const RelativeName &Field, const RelativeName &Lock);

  /// True for state that threads may share and that needs a lock: no atomic,
  /// constant, thread_local or reference, no lock, thread or condition, and no
  /// class that has a lock of its own.
  bool needsLock(const clang::ValueDecl &D);

  /// The same for an object of type \p T.
  bool needsLock(clang::QualType T) { return computeNeedsLock(T, 2); }

  /// The same for one access: to an object that others may have, too.
  bool isSharedState(const FunctionAccesses &F, const Access &A);

  /// The object that holds the field at the end of \p P by value (null for a
  /// global), and the name from there on: one answer for each enclosing object.
  struct Place {
    const LockPath *Object;
    RelativeName Name;
  };
  static llvm::SmallVector<Place, 3> places(const LockPath *P);

  /// \p Lock relative to \p Object, or of a global lock. Empty: neither.
  static RelativeName relativeLock(const LockPath *Lock,
                                   const LockPath *Object);

private:
  struct Instance {
    const FunctionAccesses *In;
    const Access *What;
    const LockPath *Object;
  };
  using Group = std::vector<Instance>;
  struct Verdict;
  struct Tally;

  void collect();
  bool isShared(const FunctionAccesses &F, const Access &A,
                const LockPath *Object) const;
  Verdict judge(const Instance &I, const RelativeName &Lock);
  Verdict judgeCallers(const Instance &I, const RelativeName &Lock);
  Tally tally(const Group &G, const RelativeName &Lock);
  bool mayHoldOutside(const RelativeName &Lock);
  bool isOnlyThread(const Group &G, const FunctionAccesses &F);
  bool isRechecked(const Instance &I, const RelativeName &Lock);
  bool isLogged(const Instance &I);
  bool isExplained(const Unguarded &U, const Instance &I,
                   const RelativeName &Lock);
  std::vector<RelativeName> candidates(const Group &G);
  llvm::DenseMap<const clang::ValueDecl *, int> weighLocks(unsigned Percent);
  RelativeName declaredGuard(const Group &G, bool &OfPointee);
  bool computeNeedsLock(clang::QualType T, unsigned Depth);
  bool hasLock(const clang::RecordDecl *R);

  clang::ASTContext &Context;
  const Models &M;
  LockPaths &Paths;
  LockedAccesses &Accesses;
  bool Collected = false;
  std::vector<RelativeName> Order; ///< of the groups, as found
  std::map<RelativeName, Group> Groups;
  llvm::DenseMap<const clang::ValueDecl *, bool> NeedsLock;
  llvm::DenseMap<const clang::RecordDecl *, bool> HasLock;
  std::map<RelativeName, bool> HeldOutside;
};

} // namespace threadlint

#endif
