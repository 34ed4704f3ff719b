//===- StablePath.h - Does a path name one object throughout? ---*- C++ -*-===//
// Equal paths are one object at one moment. For the same at two moments of a
// function, nothing on the way may be pointed elsewhere in between; asked for
// findings only.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_STABLEPATH_H
#define THREADLINT_ANALYSIS_STABLEPATH_H

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

class LockPath;

/// True if \p P, in terms of \p F, a definition, names the same object wherever it
/// is used in F. False: a pointer or index on the way is written in F, it starts at
/// the result of a call, or that is not known.
bool isStable(const LockPath &P, const clang::FunctionDecl &F);

} // namespace threadlint

#endif
