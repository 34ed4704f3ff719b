//===- CommandHelp.h - What a sub-command takes -----------------*- C++ -*-===//
// The registered options of a sub-command as plain data, for everything that
// lists them: help, the manual page, completions. So none of these can be out of
// date.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_COMMANDHELP_H
#define THREADLINT_DRIVER_COMMANDHELP_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace threadlint {

struct OptionHelp {
  std::string Name;  ///< without dashes: "format"; of an argument: "CHECK"
  std::string Value; ///< "NAME"; empty: the option takes none
  std::string Description;
  bool Prefix = false; ///< the value follows at once: -j4
  bool Required = false, Many = false;

  /// "--format", "-j".
  std::string flag() const;
};

struct CommandHelp {
  std::string Name, Description;
  std::vector<OptionHelp> Options;   ///< sorted by name; no hidden ones
  std::vector<OptionHelp> Arguments; ///< positional
};

/// Of every sub-command, in the order of commands().
std::vector<CommandHelp> commandHelps();

/// clang-tidy's own options, which hold without a sub-command.
std::vector<OptionHelp> clangTidyOptions();

} // namespace threadlint

#endif
