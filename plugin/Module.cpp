//===- Module.cpp - The clang-tidy module ------------------------*- C++ -*-===//
// Makes the checks known to clang-tidy under their names. The last stage of the
// pipeline (models -> analysis -> checks -> plugin), shared by every host: the
// plugin and the executables. What a check looks for is the checks' business.
//===----------------------------------------------------------------------===//
#include "analysis/LLVMCompat.h"
#include "checks/CopiedSyncPrimitiveCheck.h"
#include "checks/ReferenceCaptureInTaskCheck.h"
#include "checks/SlowCallUnderLockCheck.h"
#include "checks/ThreadWithoutExitPathCheck.h"
#include "checks/UnboundedThreadSpawnCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#if !THREADLINT_REGISTRY_IN_MODULE_H
#include "clang-tidy/ClangTidyModuleRegistry.h"
#endif

namespace threadlint {
namespace {

class ThreadlintModule : public clang::tidy::ClangTidyModule {
public:
  void addCheckFactories(
      clang::tidy::ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<CopiedSyncPrimitiveCheck>(
        "threadlint-copied-sync-primitive");
    Factories.registerCheck<SlowCallUnderLockCheck>(
        "threadlint-slow-call-under-lock");
    Factories.registerCheck<ReferenceCaptureInTaskCheck>(
        "threadlint-reference-capture-in-task");
    Factories.registerCheck<ThreadWithoutExitPathCheck>(
        "threadlint-thread-without-exit-path");
    Factories.registerCheck<UnboundedThreadSpawnCheck>(
        "threadlint-unbounded-thread-spawn");
  }
};

} // namespace
} // namespace threadlint

static clang::tidy::ClangTidyModuleRegistry::Add<threadlint::ThreadlintModule>
    Registration("threadlint-module",
                 "Concurrency mistakes in C and C++ (threadlint).");
