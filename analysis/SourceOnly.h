//===- SourceOnly.h - What no other source can name -------------*- C++ -*-===//
// Says whether a declaration is known to one source alone. Part of the analyses,
// which then have seen all that is done with it.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_SOURCEONLY_H
#define THREADLINT_ANALYSIS_SOURCEONLY_H

namespace clang {
class Decl;
} // namespace clang

namespace threadlint {

class LockPath;

/// True if \p D and all its redeclarations stand in the main file, and that is no
/// header: one that an editor opens by itself is included by others.
bool isInSourceOnly(const clang::Decl &D);

/// True if all code that may lock the lock of \p Lock by hand is in this
/// source: a variable or member of it alone, or a private member of a class
/// whose functions all have their bodies here.
bool isUsedHereOnly(const LockPath &Lock);

} // namespace threadlint

#endif
