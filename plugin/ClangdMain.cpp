//===- ClangdMain.cpp - clangd with our checks --------------------------===//
// main() of `threadlint-clangd`: the distribution's clangd, which has no way to
// load a plugin, linked with our module. One of the plugin stage's hosts; the
// module itself is in Module.cpp. clangd's headers are not packaged: what is
// declared of it here, the linker checks.
//===----------------------------------------------------------------------===//
#include "plugin/ResourceDir.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clang::clangd {

int clangdMain(int argc, char *argv[]);

/// As much of clangd's class as a null pointer to it needs.
class SymbolIndex {
public:
  virtual ~SymbolIndex() = 0;
};

namespace remote {
/// Stands for clangd's client of an index server, which would bring gRPC along.
/// Null is clangd's own answer of a build without it.
std::unique_ptr<SymbolIndex> getClient(llvm::StringRef, llvm::StringRef Server);
std::unique_ptr<SymbolIndex> getClient(llvm::StringRef,
                                       llvm::StringRef Server) {
  llvm::errs() << "threadlint-clangd: the index server " << Server
               << " is not used: there is no client in this build\n";
  return nullptr;
}
} // namespace remote

} // namespace clang::clangd

// By default clangd runs only the checks on its list of fast ones, which knows
// nothing of ours; they are fast (bench/README.md). The linker's --wrap brings
// the question here.
std::optional<bool> clangdsAnswer(llvm::StringRef Check) __asm__(
    "__real__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE");
std::optional<bool> isFast(llvm::StringRef Check) __asm__(
    "__wrap__ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE");
std::optional<bool> isFast(llvm::StringRef Check) {
  if (Check.starts_with("threadlint-"))
    return true;
  return clangdsAnswer(Check);
}

/// Whether the user names the resource directory: the option may be given once.
static bool namesResourceDir(llvm::ArrayRef<char *> Args) {
  const char *Flags = std::getenv("CLANGD_FLAGS");
  return llvm::StringRef(Flags ? Flags : "").contains("-resource-dir") ||
         llvm::any_of(Args, [](const char *Arg) {
           return llvm::StringRef(Arg).ltrim('-').starts_with("resource-dir");
         });
}

int main(int Argc, char **Argv) {
  std::vector<char *> Args(Argv, Argv + Argc);
  // clangd prints its own version after it and ends.
  if (llvm::any_of(Args, [](llvm::StringRef A) {
        return A == "--version" || A == "-version";
      }))
    llvm::outs() << "threadlint version " THREADLINT_VERSION "\n";

  std::string ResourceDir = "--resource-dir=";
  if (auto Dir = threadlint::resourceDirElsewhere(
          Args.empty() ? "" : Args.front(), reinterpret_cast<void *>(&main));
      Dir && !Args.empty() && !namesResourceDir(Args)) {
    ResourceDir += *Dir;
    Args.insert(Args.begin() + 1, ResourceDir.data());
  }
  Args.push_back(nullptr);
  return clang::clangd::clangdMain(static_cast<int>(Args.size()) - 1,
                                   Args.data());
}
