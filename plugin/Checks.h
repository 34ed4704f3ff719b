//===- Checks.h - All checks ------------------------------------*- C++ -*-===//
// The one list of checks, as the module registers them. For the driver, which
// describes them.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_PLUGIN_CHECKS_H
#define THREADLINT_PLUGIN_CHECKS_H

#include "checks/CheckInfo.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace threadlint {

/// Every check, sorted by name.
llvm::ArrayRef<const CheckInfo *> allChecks();

/// The check of that name, with or without `threadlint-`. Null: there is none.
const CheckInfo *checkNamed(llvm::StringRef Name);

} // namespace threadlint

#endif
