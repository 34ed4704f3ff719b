//===- PromiseRounds.h - Is it the same promise, once more? -----*- C++ -*-===//
// Asked by PromiseStates for a finding that is about to be reported: whether a
// loop really does it again, and whether somebody has made a new promise
// meanwhile.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_PROMISEROUNDS_H
#define THREADLINT_ANALYSIS_PROMISEROUNDS_H

namespace clang {
class Expr;
class FunctionDecl;
class ParentMap;
} // namespace clang

namespace threadlint {

class LockPath;
class TranslationUnit;

/// What happens at \p First in one round of a loop happens at \p Second in
/// another: no condition inside the loop says that it is once only. True as
/// well if there is no loop around both.
bool repeatsInLoop(const clang::Expr &First, const clang::Expr &Second,
                   const clang::ParentMap &Parents);

/// A function besides \p F, constructors and destructors left out, gives the
/// member or global \p P a new value. False: or \p P is neither.
bool isReplacedElsewhere(const LockPath &P, const clang::FunctionDecl &F,
                         TranslationUnit &TU);

} // namespace threadlint

#endif
