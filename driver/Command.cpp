//===- Command.cpp - The sub-commands of threadlint -----------------------===//
// See the header. One line for each.
//===----------------------------------------------------------------------===//
#include "driver/Command.h"

namespace threadlint {

int runList(int Argc, const char *const *Argv);
int runRun(int Argc, const char *const *Argv);

llvm::ArrayRef<Command> commands() {
  static const Command All[] = {
      {"list", runList},
      {"run", runRun},
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
