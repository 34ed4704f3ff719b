//===- ThreadlintMain.cpp - The drop-in clang-tidy ---------------*- C++
//-*-===//
// main() of `threadlint`: clang-tidy with all of its own checks and ours, or
// one of the driver's sub-commands. One of the plugin stage's hosts; the module
// itself is in Module.cpp.
//===----------------------------------------------------------------------===//
#include "clang-tidy/tool/ClangTidyMain.h"
#include "driver/Command.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

/// True if clang finds its builtin headers from where this program lies, as it
/// does when threadlint is installed beside clang.
static bool hasOwnResourceDir(const char *Argv0, void *MainAddress) {
  llvm::SmallString<128> Dir(
      llvm::sys::path::parent_path(llvm::sys::path::parent_path(
          llvm::sys::fs::getMainExecutable(Argv0, MainAddress))));
  llvm::sys::path::append(Dir, "lib", "clang",
                          llvm::sys::path::filename(THREADLINT_RESOURCE_DIR));
  llvm::sys::path::append(Dir, "include", "stddef.h");
  return llvm::sys::fs::exists(Dir);
}

/// clang-tidy's options are for every sub-command, and ours may have the same
/// names (-p).
static void forgetOptionsOfSubCommands() {
  for (llvm::cl::SubCommand *Sub : llvm::cl::getRegisteredSubcommands())
    if (!Sub->getName().empty())
      Sub->reset();
}

int main(int Argc, const char **Argv) {
  if (const threadlint::Command *Command =
          Argc > 1 ? threadlint::commandNamed(Argv[1]) : nullptr)
    return Command->Run(Argc, Argv);
  forgetOptionsOfSubCommands();

  llvm::cl::AddExtraVersionPrinter([](llvm::raw_ostream &OS) {
    OS << "threadlint version " THREADLINT_VERSION "\n";
  });

  std::vector<const char *> Args(Argv, Argv + Argc);
  // Elsewhere clang would look for <stddef.h> beside this program and not find
  // it. The argument goes in front, so one in the compile command wins.
  static const std::string ResourceDir =
      "--extra-arg-before=-resource-dir=" THREADLINT_RESOURCE_DIR;
  if (!Args.empty() &&
      !hasOwnResourceDir(Argv[0], reinterpret_cast<void *>(&main)))
    Args.insert(Args.begin() + 1, ResourceDir.c_str());
  Args.push_back(nullptr);
  return clang::tidy::clangTidyMain(static_cast<int>(Args.size()) - 1,
                                    Args.data());
}
