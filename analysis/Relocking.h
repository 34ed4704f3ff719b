//===- Relocking.h - May a thread lock what it holds? -----------*- C++ -*-===//
// What is known of a lock's nature: by its type, by how it is initialised, and by
// what the lock function of a class in user code does in the end. Part of the
// analyses; which locks are held is left to HeldLocks.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_RELOCKING_H
#define THREADLINT_ANALYSIS_RELOCKING_H

#include "analysis/Summaries.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class Stmt;
class ValueDecl;
} // namespace clang

namespace threadlint {

class TranslationUnit;
struct TypeModel;

/// One per AST, for one check. Everything is computed when first asked for.
class Relocking {
public:
  explicit Relocking(TranslationUnit &TU) : TU(TU) {}

  /// True if the acquisition \p Way, by a thread that holds the lock in mode
  /// \p Held already, never succeeds. False: it may, or that is not known.
  bool fails(const Step &Way, LockMode Held) { return fails(Way, Held, 0); }

private:
  bool fails(const Step &Way, LockMode Held, unsigned Depth);
  bool mayBeMadeRecursive(const LockPath &Lock, const TypeModel &Type);
  void findInitialisations();
  void noteInitialisation(const clang::Stmt &S);

  TranslationUnit &TU;
  bool Searched = false;
  /// Variables and members that something recursive is put into.
  llvm::DenseSet<const clang::ValueDecl *> Recursive;
  /// Those that are initialised with attributes, and whether any attributes are
  /// recursive, or come from elsewhere.
  llvm::DenseSet<const clang::ValueDecl *> WithAttributes;
  bool RecursiveAttributes = false;
  /// A lock that has no name here is made recursive: it may be any.
  bool AnyRecursive = false;
};

} // namespace threadlint

#endif
