//===- SlowCallUnderLockCheck.h - Blocking calls under a lock ---*- C++ -*-===//
// Asks HeldLocks and Summaries for blocking calls that are reached while a lock
// is held, and words the diagnostic.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_CHECKS_SLOWCALLUNDERLOCKCHECK_H
#define THREADLINT_CHECKS_SLOWCALLUNDERLOCKCHECK_H

#include "checks/CheckInfo.h"
#include "checks/LastFunction.h"
#include "checks/LockCheckBase.h"
#include <set>

namespace threadlint {

enum class Category : uint8_t;

class LoopInfo;

/// A call that waits for the network, a disk, a process, a timer or another
/// thread is reached while a lock is held: every other thread that wants the
/// lock waits as long. CERT CON05-C, Core Guidelines CP.43.
class SlowCallUnderLockCheck : public LockCheckBase {
public:
  static const CheckInfo Info;
  SlowCallUnderLockCheck(llvm::StringRef Name,
                         clang::tidy::ClangTidyContext *Context);
  ~SlowCallUnderLockCheck() override;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) override;

private:
  void checkUnit(TranslationUnit &TU) override;
  void checkEvent(TranslationUnit &TU, const clang::FunctionDecl &F,
                  const Event &E, const LockState &Before);
  bool isWanted(TranslationUnit &TU, const Step &Way) const;
  const HeldLock *lockHeldDuring(TranslationUnit &TU, const Step &Way,
                                 const LockState &Before) const;
  bool isIgnored(const LockPath &Lock) const;
  void report(TranslationUnit &TU, const clang::FunctionDecl &F,
              const Step &Way, const HeldLock &Lock);
  void readCategories();

  const std::vector<std::string> BlockingCategories;
  const std::vector<std::string> BlockingFunctions;
  const std::vector<std::string> IgnoredFunctions;
  const std::vector<std::string> IgnoredLocks;
  const bool ReportSerializedIo;
  const unsigned ShortWaitMs;
  const unsigned MaxCallDepth;
  std::set<Category> Wanted;
  LastFunction<LoopInfo> Loops;
};

} // namespace threadlint

#endif
