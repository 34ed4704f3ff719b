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
  const StringRef Docs = THREADLINT_DOCS_URL;
  std::vector<Rule> Result;
  for (const CheckInfo *Info : allChecks()) {
    std::string Url;
    if (!Docs.empty())
      Url = (Twine(Docs.rtrim('/')) + "/checks/" + shortName(Info->Name) + ".html")
                .str();
    Result.push_back({Info, pageOf(Info->Name), Url});
  }
  return Result;
}

} // namespace threadlint
