//===- LockCheckBase.h - What is reached under a lock ------------*- C++ -*-===//
// Visits the events of every function that may lock and that matters to the check,
// and words the notes that such findings share. What is wrong is the check's own.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_LOCKCHECKBASE_H
#define THREADLINT_CHECKS_LOCKCHECKBASE_H

#include "checks/Check.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

class FunctionIndex;
class LockPath;
struct Event;
struct HeldLock;
struct LockState;
struct Step;

class LockCheckBase : public Check {
protected:
  using Check::Check;

  using Visitor = llvm::function_ref<void(
      const clang::FunctionDecl &, const Event &, const LockState &Before)>;
  /// Calls \p Visit for the reachable events of the functions that may lock and
  /// of which \p Matters says yes.
  static void
  forEachEvent(TranslationUnit &TU,
               llvm::function_ref<bool(const clang::FunctionDecl &)> Matters,
               Visitor Visit);

  /// True once for each place: instantiations of a template report once.
  bool isFirstReport(clang::SourceLocation Loc) {
    return Reported.insert(Loc).second;
  }

  /// "lock 'mu_'", or "a lock" if there is no name to write.
  static std::string lockName(const LockPath &Lock);
  /// How a message names what is called: a destructor runs without being written.
  static std::string calleeName(const clang::FunctionDecl &F);

  /// "lock 'mu_' acquired here".
  void noteHeld(TranslationUnit &TU, const HeldLock &Lock);
  /// "'f' calls 'g' here" for every step inside the first one. \p Last says what
  /// happens in the end: "'g' acquires it here", "…, which blocks".
  void noteChain(TranslationUnit &TU, const Step &First, llvm::StringRef Last);

private:
  llvm::DenseSet<clang::SourceLocation> Reported;
};

} // namespace threadlint

#endif
