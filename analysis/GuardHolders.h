//===- GuardHolders.h - Guards in std::optional and unique_ptr --*- C++ -*-===//
// An object that holds a guard, or none: what fills it, empties it and asks it.
// A part of Events; which lock the guard holds is read from the arguments
// there.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_GUARDHOLDERS_H
#define THREADLINT_ANALYSIS_GUARDHOLDERS_H

#include "llvm/ADT/SmallVector.h"

namespace clang {
class Expr;
class QualType;
} // namespace clang

namespace threadlint {

class Models;
struct TypeModel;

/// The guard that an object of type \p T may hold: std::optional (also of other
/// libraries) and std::unique_ptr. Null: T is something else.
const TypeModel *guardHeldBy(clang::QualType T, const Models &M);

/// What one call does to a holder of a guard.
struct HolderUse {
  enum Kind : uint8_t {
    Fill,  ///< makes a guard of Args, after it has ended the one before
    Take,  ///< takes the guard over that is in Args[0], likewise
    Clear, ///< ends the guard
    Leave, ///< forgets the guard: somebody else ends it
    Ask,   ///< the result says whether there is a guard
    Look,  ///< leaves it as it is
  };
  Kind Does;
  const TypeModel *Guard;
  /// Null: the holder that the call or construction makes.
  const clang::Expr *Holder;
  llvm::SmallVector<const clang::Expr *, 2> Args;
};

/// What \p Call, a call or construction, does to a holder. False: it is another
/// call, or nobody knows.
bool holderUse(const clang::Expr &Call, const Models &M, HolderUse &Use);

} // namespace threadlint

#endif
