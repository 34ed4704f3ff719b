//===- ThreadlintMain.cpp - The drop-in clang-tidy ---------------*- C++
//-*-===//
// main() of `threadlint`: clang-tidy with all of its own checks and ours, or
// one of the driver's sub-commands. One of the plugin stage's hosts; the module
// itself is in Module.cpp.
//===----------------------------------------------------------------------===//
#include "clang-tidy/tool/ClangTidyMain.h"
#include "driver/Command.h"
#include "driver/Help.h"
#include "plugin/ResourceDir.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

int main(int Argc, const char **Argv) {
  if (const threadlint::Command *Command =
          Argc > 1 ? threadlint::commandNamed(Argv[1]) : nullptr)
    return threadlint::runCommand(*Command, Argc, Argv);
  if (int Status = threadlint::beforeClangTidy(Argc, Argv))
    return Status;

  llvm::cl::AddExtraVersionPrinter([](llvm::raw_ostream &OS) {
    OS << "threadlint version " THREADLINT_VERSION "\n";
  });

  std::vector<const char *> Args(Argv, Argv + Argc);
  // The argument goes in front, so one in the compile command wins.
  std::string ResourceDir = "--extra-arg-before=-resource-dir=";
  if (auto Dir = threadlint::resourceDirElsewhere(
          Args.empty() ? "" : Args.front(), reinterpret_cast<void *>(&main));
      Dir && !Args.empty()) {
    ResourceDir += *Dir;
    Args.insert(Args.begin() + 1, ResourceDir.c_str());
  }
  Args.push_back(nullptr);
  return clang::tidy::clangTidyMain(static_cast<int>(Args.size()) - 1,
                                    Args.data());
}
