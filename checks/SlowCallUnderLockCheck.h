//===- SlowCallUnderLockCheck.h - Blocking calls under a lock ---*- C++ -*-===//
// Asks HeldLocks and Summaries for blocking calls that are reached while a lock
// is held, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_SLOWCALLUNDERLOCKCHECK_H
#define THREADLINT_CHECKS_SLOWCALLUNDERLOCKCHECK_H

#include "checks/Check.h"
#include "checks/CheckInfo.h"
#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"
#include <set>

namespace clang {
class FunctionDecl;
} // namespace clang

namespace threadlint {

enum class Category : uint8_t;
struct BlockingStep;
struct Event;
struct HeldLock;
struct LockState;
class LockPath;
class LoopInfo;

/// A call that waits for the network, a disk, a process, a timer or another
/// thread is reached while a lock is held: every other thread that wants the
/// lock waits as long. CERT CON05-C, Core Guidelines CP.43.
class SlowCallUnderLockCheck : public Check {
public:
  static const CheckInfo Info;
  SlowCallUnderLockCheck(llvm::StringRef Name,
                         clang::tidy::ClangTidyContext *Context);
  ~SlowCallUnderLockCheck() override;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

private:
  void checkUnit(TranslationUnit &TU) override;
  void checkFunction(TranslationUnit &TU, const clang::FunctionDecl &F);
  void checkEvent(TranslationUnit &TU, const clang::FunctionDecl &F,
                  const Event &E, const LockState &Before);
  bool isWanted(TranslationUnit &TU, const BlockingStep &Step) const;
  const HeldLock *lockHeldDuring(TranslationUnit &TU, const BlockingStep &Step,
                                 const LockState &Before) const;
  bool isIgnored(const LockPath &Lock) const;
  void report(TranslationUnit &TU, const clang::FunctionDecl &F,
              const BlockingStep &Step, const HeldLock &Lock);
  void readCategories();

  const std::vector<std::string> BlockingCategories;
  const std::vector<std::string> BlockingFunctions;
  const std::vector<std::string> IgnoredFunctions;
  const std::vector<std::string> IgnoredLocks;
  const bool ReportSerializedIo;
  const unsigned ShortWaitMs;
  const unsigned MaxCallDepth;
  std::set<Category> Wanted;
  std::unique_ptr<LoopInfo> Loops; ///< of the function that is checked
  llvm::DenseSet<clang::SourceLocation> Reported; ///< templates report once
};

} // namespace threadlint

#endif
