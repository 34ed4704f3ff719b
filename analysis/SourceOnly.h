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

/// True if \p D and all its redeclarations stand in the main file, and that is no
/// header: one that an editor opens by itself is included by others.
bool isInSourceOnly(const clang::Decl &D);

} // namespace threadlint

#endif
