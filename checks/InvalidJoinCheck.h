//===- InvalidJoinCheck.h - Joins of threads that are gone ------*- C++ -*-===//
// Asks ThreadStates which joins come too late, and Tasks which thread would wait
// for itself, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_INVALIDJOINCHECK_H
#define THREADLINT_CHECKS_INVALIDJOINCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

namespace threadlint {

struct RepeatedJoin;
struct Task;
struct ThreadMistake;

/// join() or detach() on a thread that was joined, detached or moved from: it
/// throws std::system_error, and is undefined in C. CERT CON39-C. A thread that
/// joins itself waits for ever, or throws.
class InvalidJoinCheck : public Check {
public:
  static const CheckInfo Info;
  InvalidJoinCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context);

private:
  void checkUnit(TranslationUnit &TU) override;
  void report(TranslationUnit &TU, const ThreadMistake &M);
  void report(TranslationUnit &TU, const RepeatedJoin &J);
  void checkSelfJoin(TranslationUnit &TU, const Task &T);

  const bool AnalyzerKnowsMoves; ///< clang's own analyzer reports these
  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
