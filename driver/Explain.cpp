//===- Explain.cpp - threadlint explain -----------------------------------===//
// Prints the page of one check. The pages are CheckPages', their looks
// Markdown's.
//===----------------------------------------------------------------------===//
#include "driver/CheckPages.h"
#include "driver/Command.h"
#include "driver/Markdown.h"
#include "driver/Nearest.h"
#include "plugin/Checks.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>

using namespace llvm;

namespace threadlint {

static cl::SubCommand ExplainCommand("explain", "Show what a check finds, why "
                                                "it hurts, and its options");
static cl::opt<std::string>
    CheckName(cl::Positional, cl::Required, cl::sub(ExplainCommand),
              cl::value_desc("CHECK"),
              cl::desc("a check's name, with or without 'threadlint-'"));

/// What the page does not say: facts of the check's description.
static std::string factsOf(const CheckInfo &Info) {
  std::string Facts = Info.OnByDefault ? "On by default" : "Off by default";
  Facts += Info.HasFix ? ", with fix-its" : ", no fix-its";
  return Facts + ", since " + Info.Since + ".";
}

static int unknownCheck(StringRef Name) {
  std::vector<StringRef> Names;
  for (const CheckInfo *Info : allChecks())
    Names.push_back(StringRef(Info->Name).drop_front(sizeof("threadlint-") - 1));
  Name.consume_front("threadlint-");
  errs() << "threadlint: error: there is no check 'threadlint-" << Name
         << "'; did you mean 'threadlint-" << nearest(Name, Names)
         << "'? `threadlint list` has them all\n";
  return ExitCouldNot;
}

int runExplain(int Argc, const char *const *Argv);
int runExplain(int Argc, const char *const *Argv) {
  if (!parseArguments(Argc, Argv))
    return ExitCouldNot;
  const CheckInfo *Info = checkNamed(CheckName);
  if (!Info)
    return unknownCheck(CheckName);
  auto TitleAndRest = pageOf(Info->Name).split('\n');
  std::string Page = (TitleAndRest.first + "\n\n" + factsOf(*Info) + "\n" +
                      TitleAndRest.second)
                         .str();
  // 0 columns: no terminal. A long line is hard to read on a wide one, too.
  unsigned Columns = sys::Process::StandardOutColumns();
  renderMarkdown(outs(), Page, sys::Process::StandardOutHasColors(),
                 Columns ? std::min(std::max(Columns, 40u), 100u) : 100);
  return ExitClean;
}

} // namespace threadlint
