//===- Command.h - The sub-commands of threadlint ---------------*- C++ -*-===//
// `threadlint run`, `threadlint explain` …: what the executable does besides
// being clang-tidy. Uses the checks' descriptions and the models, never an AST:
// each source is linted by a process of its own.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_COMMAND_H
#define THREADLINT_DRIVER_COMMAND_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace threadlint {

/// What the process returns.
enum ExitStatus { ExitClean = 0, ExitFindings = 1, ExitCouldNot = 2 };

struct Command {
  const char *Name;
  /// Argv[1] is Name. Returns an ExitStatus.
  int (*Run)(int Argc, const char *const *Argv);
};

/// Reads the options of the sub-command Argv[1]. False, with a message: they are
/// wrong. (LLVM itself would exit with 1, which means findings.)
bool parseArguments(int Argc, const char *const *Argv);

/// All sub-commands, in the order of the help.
llvm::ArrayRef<Command> commands();

/// The sub-command of that name. Null: there is none.
const Command *commandNamed(llvm::StringRef Name);

} // namespace threadlint

#endif
