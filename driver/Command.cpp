//===- Command.cpp - The sub-commands of threadlint -----------------------===//
// See the header. One line for each.
//===----------------------------------------------------------------------===//
#include "driver/Command.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

namespace threadlint {

int runCompletion(int Argc, const char *const *Argv);
int runExplain(int Argc, const char *const *Argv);
int runHelp(int Argc, const char *const *Argv);
int runInit(int Argc, const char *const *Argv);
int runList(int Argc, const char *const *Argv);
int runModels(int Argc, const char *const *Argv);
int runRun(int Argc, const char *const *Argv);

bool parseArguments(int Argc, const char *const *Argv) {
  return llvm::cl::ParseCommandLineOptions(Argc, Argv, "", &llvm::errs());
}

llvm::ArrayRef<Command> commands() {
  static const Command All[] = {
      {"run", runRun},
      {"list", runList},
      {"explain", runExplain},
      {"models", runModels},
      {"init", runInit},
      {"completion", runCompletion},
      {"help", runHelp},
  };
  return All;
}

const Command *commandNamed(llvm::StringRef Name) {
  for (const Command &C : commands())
    if (Name == C.Name)
      return &C;
  return nullptr;
}

} // namespace threadlint
