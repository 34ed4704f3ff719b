//===- Module.cpp - The clang-tidy module ------------------------*- C++
//-*-===//
// Makes the checks known to clang-tidy under their names. The last stage of the
// pipeline (models -> analysis -> checks -> plugin), shared by every host: the
// plugin and the executables. What a check looks for is the checks' business.
//===----------------------------------------------------------------------===//
#include "analysis/LLVMCompat.h"
#include "checks/AssertionInTaskCheck.h"
#include "checks/BlockingFutureDestructorCheck.h"
#include "checks/BusyWaitCheck.h"
#include "checks/CallbackUnderLockCheck.h"
#include "checks/ConditionWaitWithoutPredicateCheck.h"
#include "checks/CopiedSyncPrimitiveCheck.h"
#include "checks/CountRaisedInTaskCheck.h"
#include "checks/DoubleCheckedLockingCheck.h"
#include "checks/DoubleLockCheck.h"
#include "checks/ExceptionEscapesThreadCheck.h"
#include "checks/GuardedReferenceEscapeCheck.h"
#include "checks/IneffectiveLockCheck.h"
#include "checks/InvalidJoinCheck.h"
#include "checks/LockOrderInversionCheck.h"
#include "checks/MissingUnlockCheck.h"
#include "checks/MutexForScalarCheck.h"
#include "checks/NetworkCallWithoutTimeoutCheck.h"
#include "checks/NonatomicUpdateCheck.h"
#include "checks/PromiseMisuseCheck.h"
#include "checks/RaceWithTaskCheck.h"
#include "checks/ReferenceCaptureInTaskCheck.h"
#include "checks/SequentialAsyncCheck.h"
#include "checks/SlowCallUnderLockCheck.h"
#include "checks/SplitCriticalSectionCheck.h"
#include "checks/SwallowedTaskErrorCheck.h"
#include "checks/ThreadStartedTooEarlyCheck.h"
#include "checks/ThreadWithoutExitPathCheck.h"
#include "checks/UnboundedThreadSpawnCheck.h"
#include "checks/UnguardedAccessCheck.h"
#include "checks/UnjoinedThreadCheck.h"
#include "checks/UnlockWithoutLockCheck.h"
#include "checks/VolatileSynchronizationCheck.h"
#include "checks/WaitWithoutCancellationCheck.h"
#include "checks/WorkLostAtExitCheck.h"
#include "checks/WriteUnderSharedLockCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "plugin/Checks.h"
#include "llvm/ADT/STLExtras.h"
#include <array>
#if !THREADLINT_REGISTRY_IN_MODULE_H
#include "clang-tidy/ClangTidyModuleRegistry.h"
#endif

using clang::tidy::ClangTidyCheckFactories;

namespace threadlint {
namespace {

struct Entry {
  const CheckInfo *Info;
  void (*Register)(ClangTidyCheckFactories &);
};

template <class CheckT> constexpr Entry entry() {
  return {&CheckT::Info, [](ClangTidyCheckFactories &Factories) {
            Factories.registerCheck<CheckT>(CheckT::Info.Name);
          }};
}

constexpr Entry Entries[] = {
    entry<AssertionInTaskCheck>(),
    entry<BlockingFutureDestructorCheck>(),
    entry<BusyWaitCheck>(),
    entry<CallbackUnderLockCheck>(),
    entry<ConditionWaitWithoutPredicateCheck>(),
    entry<CopiedSyncPrimitiveCheck>(),
    entry<CountRaisedInTaskCheck>(),
    entry<DoubleCheckedLockingCheck>(),
    entry<DoubleLockCheck>(),
    entry<ExceptionEscapesThreadCheck>(),
    entry<GuardedReferenceEscapeCheck>(),
    entry<IneffectiveLockCheck>(),
    entry<InvalidJoinCheck>(),
    entry<LockOrderInversionCheck>(),
    entry<MissingUnlockCheck>(),
    entry<MutexForScalarCheck>(),
    entry<NetworkCallWithoutTimeoutCheck>(),
    entry<NonatomicUpdateCheck>(),
    entry<PromiseMisuseCheck>(),
    entry<RaceWithTaskCheck>(),
    entry<ReferenceCaptureInTaskCheck>(),
    entry<SequentialAsyncCheck>(),
    entry<SlowCallUnderLockCheck>(),
    entry<SplitCriticalSectionCheck>(),
    entry<SwallowedTaskErrorCheck>(),
    entry<ThreadStartedTooEarlyCheck>(),
    entry<ThreadWithoutExitPathCheck>(),
    entry<UnboundedThreadSpawnCheck>(),
    entry<UnguardedAccessCheck>(),
    entry<UnjoinedThreadCheck>(),
    entry<UnlockWithoutLockCheck>(),
    entry<VolatileSynchronizationCheck>(),
    entry<WaitWithoutCancellationCheck>(),
    entry<WorkLostAtExitCheck>(),
    entry<WriteUnderSharedLockCheck>(),
};

class ThreadlintModule : public clang::tidy::ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    for (const Entry &E : Entries)
      E.Register(Factories);
  }
};

} // namespace

llvm::ArrayRef<const CheckInfo *> allChecks() {
  static const auto All = [] {
    std::array<const CheckInfo *, std::size(Entries)> Result;
    llvm::transform(Entries, Result.begin(),
                    [](const Entry &E) { return E.Info; });
    return Result;
  }();
  return All;
}

const CheckInfo *checkNamed(llvm::StringRef Name) {
  Name.consume_front("threadlint-");
  for (const CheckInfo *Info : allChecks())
    if (llvm::StringRef(Info->Name).drop_front(sizeof("threadlint-") - 1) ==
        Name)
      return Info;
  return nullptr;
}

} // namespace threadlint

static clang::tidy::ClangTidyModuleRegistry::Add<threadlint::ThreadlintModule>
    Registration("threadlint-module",
                 "Concurrency mistakes in C and C++ (threadlint).");
