//===- List.cpp - threadlint list -----------------------------------------===//
// Prints the checks: one a line, or as JSON for scripts (tools/docs).
//===----------------------------------------------------------------------===//
#include "driver/Command.h"
#include "plugin/Checks.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace threadlint {

static cl::SubCommand ListCommand("list", "List the checks");
static cl::opt<bool> AsJson("json", cl::sub(ListCommand),
                            cl::desc("Everything about them, as JSON"));

static const char *nameOf(CheckGroup Group) {
  switch (Group) {
  case CheckGroup::LockScopes:
    return "lock scopes";
  case CheckGroup::Threads:
    return "threads";
  case CheckGroup::Tasks:
    return "tasks";
  case CheckGroup::Primitives:
    return "primitives";
  }
  return "";
}

static void writeJson() {
  json::OStream J(outs(), 2);
  J.array([&] {
    for (const CheckInfo *Info : allChecks())
      J.object([&] {
        J.attribute("name", Info->Name);
        J.attribute("summary", Info->Summary);
        J.attribute("group", nameOf(Info->Group));
        J.attribute("default", Info->OnByDefault);
        J.attribute("fix", Info->HasFix);
        J.attribute("since", Info->Since);
        J.attribute("references", Info->References);
      });
  });
  outs() << '\n';
}

int runList(int Argc, const char *const *Argv);
int runList(int Argc, const char *const *Argv) {
  if (!parseArguments(Argc, Argv))
    return ExitCouldNot;
  if (AsJson) {
    writeJson();
    return ExitClean;
  }
  for (const CheckInfo *Info : allChecks())
    outs() << left_justify(Info->Name, 40) << Info->Summary
           << (Info->OnByDefault ? "\n" : " (off by default)\n");
  return ExitClean;
}

} // namespace threadlint
