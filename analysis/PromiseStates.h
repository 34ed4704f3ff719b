//===- PromiseStates.h - Promises that are set twice, or never --*- C++ -*-===//
// Follows the single paths of one function: which promises are set and which
// futures are taken a second time, which waits can never end, and which exits a
// promise reaches unset. Needs PromiseUses; knows nothing of diagnostics.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_PROMISESTATES_H
#define THREADLINT_ANALYSIS_PROMISESTATES_H

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/SmallVector.h"
#include <cstdint>
#include <vector>

namespace clang {
class Expr;
class FunctionDecl;
} // namespace clang

namespace threadlint {

class LockPath;
class TranslationUnit;

struct PromiseMistake {
  enum class Kind : uint8_t {
    Set,      ///< the promise has its result, the task has run
    Retrieve, ///< the future of the promise has been given away
    Take,     ///< the result of the future has been taken
    Wait,     ///< the same, but the future is only waited for
    Never,    ///< waits for a promise that only this thread can set, later
    Broken,   ///< waits for a promise that has ended unset
  };
  Kind What;
  const LockPath *Object = nullptr;
  bool IsTask = false; ///< Object, or Promise, is a packaged task
  const clang::Expr *Where = nullptr;
  /// What came first; Where itself: in an earlier round of a loop. Never: what
  /// sets the promise afterwards, may be null.
  const clang::Expr *Before = nullptr;
  const LockPath *Promise = nullptr; ///< Never, Broken: the promise
};

/// The mistakes in \p F, in the order of the source. Empty if its body is not
/// visible, over budget, or not understood.
std::vector<PromiseMistake> promiseMistakes(const clang::FunctionDecl &F,
                                            TranslationUnit &TU);

/// Where a function leaves a promise unset.
struct UnsetExit {
  clang::SourceLocation Loc;
  bool ByException = false;
};

/// The exits of \p F, a definition, at which \p Promise, unset when F begins
/// and F's business alone, certainly is unset, in the order of the source.
/// None: or that is not known.
llvm::SmallVector<UnsetExit, 2> unsetExits(const clang::FunctionDecl &F,
                                           const LockPath *Promise,
                                           TranslationUnit &TU);

} // namespace threadlint

#endif
