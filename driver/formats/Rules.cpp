//===- Rules.cpp - What reports say of the checks -------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/formats/Rules.h"
#include "driver/CheckPages.h"
#include "driver/formats/Story.h"
#include "plugin/Checks.h"
#include "llvm/ADT/Twine.h"

using namespace llvm;

namespace threadlint {

std::vector<Rule> allRules() {
  // Before and after the check's name; see THREADLINT_DOCS_URL in
  // CMakeLists.txt.
  auto [Before, After] = StringRef(THREADLINT_DOCS_URL).split("CHECK");
  std::vector<Rule> Result;
  for (const CheckInfo *Info : allChecks())
    Result.push_back({Info, pageOf(Info->Name),
                      (Before + shortName(Info->Name) + After).str()});
  return Result;
}

} // namespace threadlint
