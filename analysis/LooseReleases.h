//===- LooseReleases.h - Releases of locks that nobody holds ----*- C++ -*-===//
// The releases (and adopting guards) of one function whose lock is held on no path
// to them, as far as the function itself shows it. A function that may release a
// lock of its caller is left alone. Wording is the check's.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LOOSERELEASES_H
#define THREADLINT_ANALYSIS_LOOSERELEASES_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace threadlint {

class LockPath;
class TranslationUnit;

struct LooseRelease {
  enum Kind : uint8_t {
    Twice,      ///< released already on every path to here
    WrongLock,  ///< Other is the one that was locked and is never released
    UnderGuard, ///< guard Other will release it again
    EmptyGuard, ///< by a guard that owns nothing here; Other is the guard
    NeverHeld,  ///< a variable of this function that is not locked yet
    Failed,     ///< the attempt to lock it has failed on every path to here
    AsReader,   ///< like a reader, though it is held exclusively
    AsWriter,   ///< like a writer, though it is only held shared
  };
  Kind What = Twice;
  bool Adopts = false; ///< a guard adopts it here
  const LockPath *Lock = nullptr;
  const LockPath *Other = nullptr;
  clang::SourceLocation Loc;
  /// The release before, the failed attempt, the acquisition of Lock or Other, or
  /// what took the guard's lock away. Invalid: unknown.
  clang::SourceLocation Earlier;
};

/// Empty as well for a function that cannot be analysed. CWE-832, Core Guidelines
/// CP.20.
llvm::SmallVector<LooseRelease, 1> looseReleases(TranslationUnit &TU,
                                                 const clang::FunctionDecl &F);

} // namespace threadlint

#endif
