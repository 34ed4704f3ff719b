//===- LLVMCompat.h - Differences between the LLVM majors --------*- C++ -*-===//
// The only file with LLVM_VERSION_MAJOR in it: every difference between LLVM 14,
// 16, 19 and 22 gets a name here. Serves all stages of the pipeline (models ->
// analysis -> checks -> plugin); includes no clang-tidy header itself.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_ANALYSIS_LLVMCOMPAT_H
#define THREADLINT_ANALYSIS_LLVMCOMPAT_H

#include "llvm/Config/llvm-config.h"

/// ClangTidyModule.h declares the module registry; ClangTidyModuleRegistry.h is
/// deprecated since and warns.
#define THREADLINT_REGISTRY_IN_MODULE_H (LLVM_VERSION_MAJOR >= 22)

/// FunctionDecl::getFunctionEffects(), [[clang::blocking]], [[clang::nonblocking]].
#define THREADLINT_HAS_FUNCTION_EFFECTS (LLVM_VERSION_MAJOR >= 19)

/// FunctionDecl::isPureVirtual(), which was isPure().
#define THREADLINT_HAS_IS_PURE_VIRTUAL (LLVM_VERSION_MAJOR >= 18)

/// ExclusiveTrylockFunctionAttr and SharedTrylockFunctionAttr; later majors have
/// TryAcquireCapabilityAttr only.
#define THREADLINT_HAS_TRYLOCK_FUNCTION_ATTRS (LLVM_VERSION_MAJOR < 22)

/// Program.h takes std::optional, and Wait one for its limit; before, it was
/// llvm::Optional, and a flag.
#define THREADLINT_PROGRAM_TAKES_STD_OPTIONAL (LLVM_VERSION_MAJOR >= 16)

/// ClangTidyContext::areDiagsSelfContained(), which editors' hosts ask for.
#define THREADLINT_HAS_SELF_CONTAINED_DIAGS (LLVM_VERSION_MAJOR >= 16)

/// The major this was built for, for the version guard of the plugin.
#define THREADLINT_BUILT_FOR_LLVM LLVM_VERSION_MAJOR

#endif // THREADLINT_ANALYSIS_LLVMCOMPAT_H
