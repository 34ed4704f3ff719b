//===- CommandHelp.cpp - What a sub-command takes -------------------------===//
// See the header. Reads LLVM's tables of command line options.
//===----------------------------------------------------------------------===//
#include "driver/CommandHelp.h"
#include "driver/Command.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"

using namespace llvm;

namespace threadlint {

std::string OptionHelp::flag() const {
  return (Name.size() == 1 ? "-" : "--") + Name;
}

static OptionHelp describe(const cl::Option &O) {
  OptionHelp Help;
  Help.Name = O.ArgStr.str();
  Help.Description = O.HelpStr.str();
  if (O.getValueExpectedFlag() == cl::ValueRequired)
    Help.Value = O.ValueStr.empty() ? "VALUE" : O.ValueStr.upper();
  Help.Prefix = O.getFormattingFlag() == cl::Prefix ||
                O.getFormattingFlag() == cl::AlwaysPrefix;
  auto Count = O.getNumOccurrencesFlag();
  Help.Required = Count == cl::Required || Count == cl::OneOrMore;
  Help.Many = Count == cl::ZeroOrMore || Count == cl::OneOrMore;
  return Help;
}

static OptionHelp describeArgument(const cl::Option &O) {
  OptionHelp Help = describe(O);
  StringRef Name = O.ValueStr.empty() ? O.HelpStr : O.ValueStr;
  Help.Many |= Name.consume_back("...");
  Help.Name = Name.trim("<>").upper();
  Help.Value = "";
  // LLVM's custom for arguments is `<what it is>...`.
  StringRef Description = O.HelpStr;
  Description.consume_back("...");
  Help.Description = Description.trim("<>").str();
  return Help;
}

static void sortByName(std::vector<OptionHelp> &Options) {
  llvm::sort(Options, [](const OptionHelp &A, const OptionHelp &B) {
    return A.Name < B.Name;
  });
}

static CommandHelp describe(cl::SubCommand &Sub) {
  CommandHelp Help;
  Help.Name = Sub.getName().str();
  Help.Description = Sub.getDescription().str();
  // Those of all sub-commands are LLVM's own, such as --help-list.
  for (const auto &Entry : cl::getRegisteredOptions(Sub))
    if (Entry.second->Subs.count(&Sub) &&
        Entry.second->getOptionHiddenFlag() == cl::NotHidden)
      Help.Options.push_back(describe(*Entry.second));
  Help.Options.push_back({"help", "", "Show this help"});
  sortByName(Help.Options);
  for (const cl::Option *O : Sub.PositionalOpts)
    Help.Arguments.push_back(describeArgument(*O));
  return Help;
}

std::vector<CommandHelp> commandHelps() {
  std::vector<CommandHelp> Result;
  for (const Command &C : commands())
    for (cl::SubCommand *Sub : cl::getRegisteredSubcommands())
      if (Sub->getName() == C.Name)
        Result.push_back(describe(*Sub));
  return Result;
}

std::vector<OptionHelp> clangTidyOptions() {
  // These are made, or become clang-tidy's, only when clang-tidy starts.
  std::vector<OptionHelp> Result = {
      {"p", "FOLDER", "Folder with compile_commands.json"},
      {"extra-arg", "FLAG", "More flags for the compiler"},
      {"extra-arg-before", "FLAG", "Flags in front of the compiler's others"},
      {"load", "FILE", "Load a plugin"},
      {"help", "", "Show all options"},
      {"version", "", "Show the version"}};
  for (const auto &Entry : cl::getRegisteredOptions()) {
    cl::Option &O = *Entry.second;
    if (O.getOptionHiddenFlag() == cl::NotHidden &&
        llvm::any_of(O.Categories, [](const cl::OptionCategory *C) {
          return C->getName() == "clang-tidy options";
        }))
      Result.push_back(describe(O));
  }
  sortByName(Result);
  return Result;
}

} // namespace threadlint
