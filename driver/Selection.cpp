//===- Selection.cpp - Which checks and headers of a source ---------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Selection.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "clang-tidy/GlobList.h"
#include "plugin/Checks.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace clang::tidy;

namespace threadlint {

/// What .clang-tidy files say about File. One that cannot be read counts as
/// empty here: the process that lints stumbles over it, too, and fails.
static ClangTidyOptions optionsFor(StringRef File) {
  return FileOptionsProvider(ClangTidyGlobalOptions(), ClangTidyOptions(),
                             ClangTidyOptions(),
                             IntrusiveRefCntPtr<vfs::FileSystem>())
      .getOptions(File);
}

static std::vector<std::string> selectedBy(StringRef Globs) {
  GlobList List(Globs);
  std::vector<std::string> Result;
  for (const CheckInfo *Info : allChecks())
    if (List.contains(Info->Name))
      Result.push_back(Info->Name);
  return Result;
}

static std::vector<std::string> onByDefault() {
  std::vector<std::string> Result;
  for (const CheckInfo *Info : allChecks())
    if (Info->OnByDefault)
      Result.push_back(Info->Name);
  return Result;
}

const std::vector<std::string> &Selection::argumentsFor(StringRef File) {
  auto [Entry, IsNew] = ByFolder.try_emplace(sys::path::parent_path(File));
  std::vector<std::string> &Result = Entry->second;
  if (!IsNew)
    return Result;
  ClangTidyOptions Options = optionsFor(File);
  std::vector<std::string> Names;
  if (Options.Checks)
    Names = selectedBy(*Options.Checks);
  if (Names.empty())
    Names = onByDefault();
  std::string Checks = "--checks=-*";
  for (const std::string &Name : Names)
    Checks += "," + Name;
  // The compiler's own warnings are its business. As errors (by -Werror, or by
  // default for what GCC accepts, such as narrowing) the file would count as not
  // linted; -w leaves the latter.
  Result = {"--quiet", Checks, "--extra-arg=-Wno-everything"};
  // Every header that is no system header. An empty expression is clang-tidy's
  // way to say none, and what older majors write into every dumped .clang-tidy.
  if (!Options.HeaderFilterRegex || Options.HeaderFilterRegex->empty())
    Result.push_back("--header-filter=.*");
  return Result;
}

} // namespace threadlint
