//===- Init.cpp - threadlint init -----------------------------------------===//
// Sets a project up: writes the configuration files that the user wants. What is
// in them, driver/templates/ and .clang-tidy.example say. It changes no file that
// is there: it shows what to add.
//===----------------------------------------------------------------------===//
#include "driver/Command.h"
#include "driver/EmbeddedText.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
#include <iostream>

using namespace llvm;

namespace threadlint {
namespace {
#include "Templates.inc"

cl::SubCommand InitCommand("init", "Set a project up: .clang-tidy, editor, "
                                   "commit hook, CI");
cl::opt<bool> Yes("yes", cl::sub(InitCommand),
                  cl::desc("Write everything, ask nothing"));
cl::opt<std::string> Folder(cl::Positional, cl::sub(InitCommand),
                            cl::value_desc("FOLDER"), cl::init("."),
                            cl::desc("the project (default: this folder)"));

struct Item {
  const char *Template, *Path, *Purpose;
  bool Executable = false;
};

const Item Tidy = {".clang-tidy.example", ".clang-tidy", "which checks run"};
const Item Clangd = {"clangd", ".clangd", "findings in your editor"};
const Item GitHub = {"github.yml", ".github/workflows/threadlint.yml",
                     "GitHub Actions"};
const Item GitLab = {"gitlab-ci.yml", ".gitlab-ci.yml", "GitLab CI"};
const Item PreCommit = {"pre-commit-config.yaml", ".pre-commit-config.yaml",
                        "a hook that lints each commit, by pre-commit"};
const Item GitHook = {"pre-commit", ".git/hooks/pre-commit",
                      "a git hook that lints each commit", true};

std::string pathIn(StringRef Name) {
  SmallString<256> Path(Folder);
  sys::path::append(Path, Name);
  sys::path::remove_dots(Path);
  return std::string(Path);
}

/// Projects that use pre-commit have its file; one hook is enough.
bool usesPreCommit() {
  return sys::fs::exists(pathIn(PreCommit.Path)) ||
         !sys::fs::is_directory(pathIn(".git/hooks")) ||
         sys::findProgramByName("pre-commit");
}

bool wanted(const Item &What) {
  if (Yes)
    return true;
  outs() << "Write " << pathIn(What.Path) << " (" << What.Purpose << ")? [Y/n] ";
  outs().flush();
  std::string Answer;
  // No answer at all, such as the end of the input, is no yes.
  if (!std::getline(std::cin, Answer)) {
    outs() << '\n';
    return false;
  }
  StringRef Word = StringRef(Answer).trim();
  return Word.empty() || Word.take_front(1).lower() == "y";
}

void showWhatToAdd(const std::string &Path, StringRef Text) {
  outs() << Path << " exists and stays as it is. Add to it what it lacks of "
            "this:\n";
  while (!Text.empty()) {
    auto Split = Text.split('\n');
    outs() << "    " << Split.first << '\n';
    Text = Split.second;
  }
}

std::error_code write(const std::string &Path, StringRef Text,
                      bool Executable) {
  if (std::error_code EC =
          sys::fs::create_directories(sys::path::parent_path(Path)))
    return EC;
  std::error_code EC;
  raw_fd_ostream OS(Path, EC, sys::fs::CD_CreateNew);
  if (EC)
    return EC;
  OS << Text;
  OS.close();
  if ((EC = OS.error())) {
    OS.clear_error();
    return EC;
  }
  return Executable ? sys::fs::setPermissions(Path, sys::fs::perms(0755)) : EC;
}

/// False, with a message: the file cannot be written.
bool set(const Item &What) {
  std::string Path = pathIn(What.Path);
  StringRef Text = textOf(Templates, What.Template);
  if (auto Old = MemoryBuffer::getFile(Path)) {
    if ((*Old)->getBuffer() == Text)
      outs() << Path << " is there already\n";
    else
      showWhatToAdd(Path, Text);
    return true;
  }
  if (!wanted(What))
    return true;
  if (std::error_code EC = write(Path, Text, What.Executable)) {
    errs() << "threadlint: error: cannot write '" << Path
           << "': " << EC.message() << '\n';
    return false;
  }
  outs() << "wrote " << Path << '\n';
  return true;
}

} // namespace

int runInit(int Argc, const char *const *Argv);
int runInit(int Argc, const char *const *Argv) {
  if (!parseArguments(Argc, Argv))
    return ExitCouldNot;
  if (!Yes && !sys::Process::StandardInIsUserInput()) {
    errs() << "threadlint: error: nobody is there to answer; `threadlint init "
              "--yes` writes everything\n";
    return ExitCouldNot;
  }
  if (!sys::fs::is_directory(Folder)) {
    errs() << "threadlint: error: there is no folder '" << Folder << "'\n";
    return ExitCouldNot;
  }
  bool Good = true;
  for (const Item &What :
       {Tidy, Clangd, usesPreCommit() ? PreCommit : GitHook, GitHub, GitLab})
    Good &= set(What);
  return Good ? ExitClean : ExitCouldNot;
}

} // namespace threadlint
