//===- Completion.cpp - threadlint completion -----------------------------===//
// Writes completions for bash, zsh and fish from the registered options, so
// that they know all of these.
//===----------------------------------------------------------------------===//
#include "driver/Command.h"
#include "driver/CommandHelp.h"
#include "driver/Format.h"
#include "plugin/Checks.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace threadlint {
namespace {

cl::SubCommand CompletionCommand("completion", "Write completions for a shell");
cl::opt<std::string> Shell(cl::Positional, cl::Required,
                           cl::sub(CompletionCommand), cl::value_desc("SHELL"),
                           cl::desc("bash, zsh or fish"));

/// What may follow a command, if that is not a file.
std::vector<std::string> wordsAfter(StringRef Command) {
  std::vector<std::string> Words;
  if (Command == "completion")
    return {"bash", "zsh", "fish"};
  if (Command == "explain")
    for (const CheckInfo *Info : allChecks())
      Words.push_back(Info->Name);
  if (Command == "help")
    for (const CommandHelp &C : commandHelps())
      Words.push_back(C.Name);
  return Words;
}

/// What an option takes, if that is not a file; separated by spaces.
std::string valuesOf(const OptionHelp &O) {
  if (O.Name != "format")
    return "";
  return join(
      map_range(formats(), [](const Format &F) { return StringRef(F.Name); }),
      " ");
}

std::string names(ArrayRef<CommandHelp> Helps) {
  return join(map_range(Helps, [](const CommandHelp &C) { return C.Name; }),
              " ");
}

/// \p Text in single quotes of sh and zsh; fish reads it alike.
std::string quoted(StringRef Text) {
  std::string Result = "'";
  for (char C : Text)
    Result += C == '\'' ? std::string("'\\''") : std::string(1, C);
  return Result + "'";
}

/// A description's first line, without what the shells would read themselves.
std::string brief(const OptionHelp &O) {
  std::string Result;
  for (char C : StringRef(O.Description).split('\n').first)
    if (!StringRef("[]:\\").contains(C))
      Result += C;
  return Result;
}

// ---- bash -------------------------------------------------------------------

void bashCase(StringRef Command, ArrayRef<OptionHelp> Options,
              ArrayRef<std::string> Words) {
  outs() << "  " << Command << ")\n    options='";
  for (const OptionHelp &O : Options)
    outs() << O.flag() << (O.Value.empty() || O.Name.size() == 1 ? " " : "= ");
  outs() << "'\n    words='" << join(Words, " ") << "'\n";
  for (const OptionHelp &O : Options)
    if (std::string Values = valuesOf(O); !Values.empty())
      outs() << "    [[ $option == " << O.flag() << " ]] && values='" << Values
             << "'\n";
  outs() << "    ;;\n";
}

void bash(ArrayRef<CommandHelp> Helps) {
  outs() << "_threadlint() {\n"
            "  local cur=${COMP_WORDS[COMP_CWORD]} option='' options words "
            "values=''\n"
            "  COMPREPLY=()\n"
            "  # bash takes --option=value for three words.\n"
            "  if [[ $cur == = ]]; then\n"
            "    option=${COMP_WORDS[COMP_CWORD-1]} cur=\n"
            "  elif [[ ${COMP_WORDS[COMP_CWORD-1]} == = ]]; then\n"
            "    option=${COMP_WORDS[COMP_CWORD-2]}\n"
            "  fi\n"
            "  case ${COMP_WORDS[1]} in\n";
  for (const CommandHelp &C : Helps)
    bashCase(C.Name, C.Options, wordsAfter(C.Name));
  bashCase("*", clangTidyOptions(), {});
  outs() << "  esac\n"
            "  # Without known values readline completes files.\n"
            "  if [[ $option ]]; then\n"
            "    COMPREPLY=($(compgen -W \"$values\" -- \"$cur\"))\n"
            "    return\n"
            "  fi\n"
            "  [[ $COMP_CWORD -eq 1 ]] && words='"
         << names(Helps)
         << "'\n"
            "  [[ $cur == -* ]] && words=$options\n"
            "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
            "  [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n"
            "}\n"
            "complete -o default -F _threadlint threadlint\n";
}

// ---- zsh --------------------------------------------------------------------

void zshArguments(ArrayRef<OptionHelp> Options, ArrayRef<std::string> Words) {
  outs() << "_arguments";
  for (const OptionHelp &O : Options) {
    StringRef Value = O.Value.empty()     ? ""
                      : O.Name.size() > 1 ? "="
                      : O.Prefix          ? "-"
                                          : "+";
    std::string Spec = "*" + O.flag() + Value.str() + "[" + brief(O) + "]";
    std::string Values = valuesOf(O);
    if (!O.Value.empty())
      Spec += ":" + O.Value +
              (Values.empty() ? std::string(":_files") : ":(" + Values + ")");
    outs() << " \\\n        " << quoted(Spec);
  }
  std::string Rest =
      Words.empty() ? "*:file:_files" : "*: :(" + join(Words, " ") + ")";
  outs() << " \\\n        " << quoted(Rest) << " ;;\n";
}

void zsh(ArrayRef<CommandHelp> Helps) {
  outs() << "#compdef threadlint\n"
            "_threadlint() {\n"
            "  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
            "    local -a commands=(\n";
  for (const CommandHelp &C : Helps)
    outs() << "      " << quoted(C.Name + ":" + C.Description) << '\n';
  outs() << "    )\n"
            "    _describe -t commands command commands\n"
            "    _files\n"
            "    return\n"
            "  fi\n"
            "  case $words[2] in\n";
  for (const CommandHelp &C : Helps) {
    outs() << "    " << C.Name
           << ")\n      shift words; (( CURRENT-- ))\n      ";
    zshArguments(C.Options, wordsAfter(C.Name));
  }
  outs() << "    *)\n      ";
  zshArguments(clangTidyOptions(), {});
  outs() << "  esac\n"
            "}\n"
            "# Sourced, or loaded from $fpath?\n"
            "if [[ $funcstack[1] == _threadlint ]]; then\n"
            "  _threadlint \"$@\"\n"
            "else\n"
            "  compdef _threadlint threadlint\n"
            "fi\n";
}

// ---- fish -------------------------------------------------------------------

void fishOptions(StringRef Condition, ArrayRef<OptionHelp> Options) {
  for (const OptionHelp &O : Options) {
    std::string Values = valuesOf(O);
    outs() << "complete -c threadlint -n " << quoted(Condition)
           << (O.Name.size() == 1 ? " -s " : " -l ") << O.Name
           << (O.Value.empty() ? "" : " -r")
           << (Values.empty() ? "" : " -f -a " + quoted(Values)) << " -d "
           << quoted(brief(O)) << '\n';
  }
}

void fish(ArrayRef<CommandHelp> Helps) {
  for (const CommandHelp &C : Helps) {
    outs() << "complete -c threadlint -n __fish_use_subcommand -a " << C.Name
           << " -d " << quoted(C.Description) << '\n';
    std::string Seen = "__fish_seen_subcommand_from " + C.Name;
    std::vector<std::string> Words = wordsAfter(C.Name);
    if (!Words.empty())
      outs() << "complete -c threadlint -f -n " << quoted(Seen) << " -a "
             << quoted(join(Words, " ")) << '\n';
    fishOptions(Seen, C.Options);
  }
  fishOptions("not __fish_seen_subcommand_from " + names(Helps),
              clangTidyOptions());
}

} // namespace

int runCompletion(int Argc, const char *const *Argv);
int runCompletion(int Argc, const char *const *Argv) {
  if (!parseArguments(Argc, Argv))
    return ExitCouldNot;
  auto *Write = StringSwitch<void (*)(ArrayRef<CommandHelp>)>(Shell)
                    .Case("bash", bash)
                    .Case("zsh", zsh)
                    .Case("fish", fish)
                    .Default(nullptr);
  if (!Write) {
    errs()
        << "threadlint: error: there are completions for bash, zsh and fish, "
           "not for '"
        << Shell << "'\n";
    return ExitCouldNot;
  }
  Write(commandHelps());
  return ExitClean;
}

} // namespace threadlint
