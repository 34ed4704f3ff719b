//===- Rules.h - What reports say of the checks -----------------*- C++ -*-===//
// The descriptions of the checks together with their pages, for the formats
// that carry them. Unit tests link rules of their own.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_FORMATS_RULES_H
#define THREADLINT_DRIVER_FORMATS_RULES_H

#include "checks/CheckInfo.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace threadlint {

struct Rule {
  const CheckInfo *Info;
  llvm::StringRef Page; ///< Markdown; empty if there is none
  std::string Url;      ///< of the page; empty if docs/ is nowhere on the web
};

/// All checks, by name.
std::vector<Rule> allRules();

} // namespace threadlint

#endif
