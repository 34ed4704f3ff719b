//===- ObjectUses.h - What a thread does with one object --------*- C++ -*-===//
// The fields of one object that a function uses and the virtual functions that
// it calls, followed through visible callees, and whether it waits for somebody
// first. Part of the analyses; used for the object that a thread is given.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_OBJECTUSES_H
#define THREADLINT_ANALYSIS_OBJECTUSES_H

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <vector>

namespace clang {
class CXXMethodDecl;
class CXXRecordDecl;
class Expr;
class FieldDecl;
class FunctionDecl;
} // namespace clang

namespace threadlint {

class LockPath;
struct Task;
class TranslationUnit;

/// The fields that lead from an object to a part of it.
using FieldChain = llvm::SmallVector<const clang::FieldDecl *, 3>;

/// The chain from \p Object to \p P; empty if P is no part of it.
FieldChain fieldsFrom(const LockPath *P, const LockPath *Object);

/// What the code has waited for when it gets there.
enum class Waited : unsigned char {
  No,
  Perhaps, ///< it called what cannot be seen
  Yes,
};

struct FieldUse {
  FieldChain Fields; ///< not empty
  const clang::Expr *Where;
  Waited Before;
};

struct VirtualUse {
  const clang::CXXMethodDecl *Method; ///< as the call names it
  const clang::Expr *Where;
  Waited Before;
};

struct ObjectUses {
  std::vector<FieldUse> Fields;     ///< in the order of the source
  std::vector<VirtualUse> Virtuals; ///< in the order of the source
};

/// What a virtual call on the object runs. Null: nobody knows.
using Dispatch = llvm::function_ref<const clang::FunctionDecl *(
    const clang::CXXMethodDecl &)>;

/// The uses of \p Object, a path in terms of \p F, in F, a definition, and in
/// what it calls. Virtual calls on it are followed to what \p Choose answers.
ObjectUses usesOf(const LockPath *Object, const clang::FunctionDecl &F,
                  TranslationUnit &TU, Dispatch Choose);

/// One object that a task's spawner hands over.
struct SharedObject {
  const LockPath *Here;  ///< in the spawner
  const LockPath *There; ///< in the entry
};

/// The object that \p T, whose entry is known, is given by a pointer: `*this`,
/// or what an argument names. None: none, or that is not known.
std::optional<SharedObject> objectOf(const Task &T, TranslationUnit &TU);

} // namespace threadlint

#endif
