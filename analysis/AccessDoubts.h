//===- AccessDoubts.h - Is an unguarded access a mistake? -------*- C++ -*-===//
// What speaks for an access without the lock that guards its field elsewhere:
// another lock, a call that may have taken it, a thread that is yet to start. Part
// of the analyses, for GuardInference.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_ACCESSDOUBTS_H
#define THREADLINT_ANALYSIS_ACCESSDOUBTS_H

namespace clang {
class Expr;
class ValueDecl;
} // namespace clang

namespace threadlint {

class LockedAccesses;
class LockPath;
class LockPaths;
class Models;
struct CallContext;
struct FunctionAccesses;

/// Some lock is held where \p F, called by \p Through if that is not null, evaluates
/// \p E: it may guard the same in a way that nobody can compare, as the lock of a
/// hash table's bucket does. Another object's \p Guard does not count.
bool holdsOtherLock(const FunctionAccesses &F, const clang::Expr *E,
                    const CallContext *Through, const clang::ValueDecl *Guard);

/// A function of \p Object, called before \p E, may have locked it: its name says so,
/// and which body runs, or what that does, is not known.
bool mayBeLockedByCall(const FunctionAccesses &F, const LockPath *Object,
                       const clang::Expr *E, LockPaths &Paths, const Models &M);

/// \p E prepares \p Object for a thread that a function of the same object, called
/// behind it, starts.
bool isBeforeStart(const FunctionAccesses &F, const LockPath *Object,
                   const clang::Expr *E, LockedAccesses &All);

} // namespace threadlint

#endif
