//===- Help.cpp - threadlint help -----------------------------------------===//
// See the header. What there is to list, CommandHelp knows.
//===----------------------------------------------------------------------===//
#include "driver/Help.h"
#include "driver/Command.h"
#include "driver/CommandHelp.h"
#include "driver/Nearest.h"
#include "driver/Wrap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace threadlint {

static cl::SubCommand HelpCommand("help", "Show this overview, or the help of "
                                          "one command");
static cl::opt<std::string> Topic(cl::Positional, cl::sub(HelpCommand),
                                  cl::value_desc("COMMAND"),
                                  cl::desc("the command to explain"));

constexpr unsigned Width = 80;

/// "  left    right", the right side wrapped.
static void entry(StringRef Left, StringRef Right, unsigned Column) {
  outs().indent(2) << Left;
  unsigned At = 2 + Left.size();
  if (At + 2 > Column) {
    outs() << '\n';
    At = 0;
  }
  while (true) {
    auto Split = Right.split('\n');
    outs().indent(Column - At);
    wrap(outs(), Split.first, Column, Column, Width);
    Right = Split.second;
    At = 0;
    if (Right.empty())
      return;
  }
}

static void overview() {
  outs() << "Usage: threadlint COMMAND [OPTION]... [ARGUMENT]...\n"
            "  or:  threadlint [CLANG-TIDY OPTION]... FILE... [-- FLAG...]\n"
            "\nFinds concurrency mistakes in C and C++ code.\n"
            "\nCommands:\n";
  for (const CommandHelp &C : commandHelps())
    entry(C.Name, C.Description, 16);
  outs() << "\n`threadlint COMMAND --help` says more of one.\n"
            "\nWithout a command, threadlint is clang-tidy with more checks: it "
            "takes the same\noptions and files. `threadlint --help` shows these "
            "options.\n"
            "\nExit status: 0 if the code is clean, 1 if there are findings, 2 "
            "if threadlint\ncould not do its job.\n";
}

static std::string written(const OptionHelp &O) {
  if (O.Value.empty())
    return O.flag();
  StringRef Between = O.Name.size() > 1 ? "=" : O.Prefix ? "" : " ";
  return (O.flag() + Between + O.Value).str();
}

static void helpOf(const CommandHelp &C) {
  outs() << "Usage: threadlint " << C.Name << " [OPTION]...";
  for (const OptionHelp &A : C.Arguments)
    outs() << (A.Required ? " " : " [") << A.Name << (A.Required ? "" : "]")
           << (A.Many ? "..." : "");
  outs() << "\n\n" << C.Description << ".\n";
  if (!C.Arguments.empty())
    outs() << "\nArguments:\n";
  for (const OptionHelp &A : C.Arguments)
    entry(A.Name, A.Description, 26);
  outs() << "\nOptions:\n";
  for (const OptionHelp &O : C.Options)
    entry(written(O), O.Description, 26);
}

static int unknownCommand(StringRef Name, ArrayRef<CommandHelp> Helps) {
  SmallVector<StringRef, 16> Names;
  for (const CommandHelp &C : Helps)
    Names.push_back(C.Name);
  errs() << "threadlint: error: there is no command '" << Name
         << "'; did you mean '" << nearest(Name, Names)
         << "'? `threadlint help` has them all\n";
  return ExitCouldNot;
}

static int helpOf(StringRef Name) {
  std::vector<CommandHelp> Helps = commandHelps();
  for (const CommandHelp &C : Helps)
    if (C.Name == Name) {
      helpOf(C);
      return ExitClean;
    }
  return unknownCommand(Name, Helps);
}

int runHelp(int Argc, const char *const *Argv);
int runHelp(int Argc, const char *const *Argv) {
  if (!parseArguments(Argc, Argv))
    return ExitCouldNot;
  if (!Topic.empty())
    return helpOf(StringRef(Topic));
  overview();
  return ExitClean;
}

static bool asksForHelp(int Argc, const char *const *Argv) {
  for (int I = 1; I < Argc && StringRef(Argv[I]) != "--"; ++I)
    for (StringRef Flag : {"--help", "-help", "-h"})
      if (Flag == Argv[I])
        return true;
  return false;
}

int runCommand(const Command &C, int Argc, const char *const *Argv) {
  if (asksForHelp(Argc, Argv))
    return helpOf(C.Name);
  return C.Run(Argc, Argv);
}

namespace {
/// LLVM keeps it for derived classes.
struct Access : cl::SubCommand {
  static constexpr auto Unregister = &Access::unregisterSubCommand;
};
} // namespace

/// A word that is no file, and cannot be meant as one.
static bool isCommandMistyped(StringRef Word) {
  return !Word.empty() &&
         Word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") ==
             StringRef::npos &&
         !sys::fs::exists(Word);
}

int beforeClangTidy(int Argc, const char *const *Argv) {
  if (Argc > 1 && isCommandMistyped(Argv[1]))
    return unknownCommand(Argv[1], commandHelps());
  if (asksForHelp(Argc, Argv)) {
    overview();
    outs() << "\nclang-tidy's own help follows.\n\n";
  }
  // clang-tidy's options are for every sub-command, and ours may have the same
  // names (-p).
  SmallVector<cl::SubCommand *, 16> Ours;
  for (cl::SubCommand *Sub : cl::getRegisteredSubcommands())
    if (commandNamed(Sub->getName()))
      Ours.push_back(Sub);
  for (cl::SubCommand *Sub : Ours)
    (Sub->*Access::Unregister)();
  return ExitClean;
}

} // namespace threadlint
