//===- List.cpp - threadlint list -----------------------------------------===//
// Prints the checks, one a line.
//===----------------------------------------------------------------------===//
#include "driver/Command.h"
#include "plugin/Checks.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace threadlint {

static cl::SubCommand ListCommand("list", "List the checks");

int runList(int Argc, const char *const *Argv);
int runList(int Argc, const char *const *Argv) {
  cl::ParseCommandLineOptions(Argc, Argv);
  for (const CheckInfo *Info : allChecks())
    outs() << left_justify(Info->Name, 40) << Info->Summary
           << (Info->OnByDefault ? "\n" : " (off by default)\n");
  return ExitClean;
}

} // namespace threadlint
