//===- Help.h - Help for people ---------------------------------*- C++ -*-===//
// The overview of the sub-commands and the help of one. LLVM's own help repeats
// clang-tidy's pages for every sub-command.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_HELP_H
#define THREADLINT_DRIVER_HELP_H

namespace threadlint {

struct Command;

/// Runs \p C with the arguments of main(); a request for help is answered here.
int runCommand(const Command &C, int Argc, const char *const *Argv);

/// Call it before clang-tidy's main(): writes the overview if the arguments ask
/// for help, and leaves clang-tidy's options alone on the command line. Not 0: the
/// first argument is a mistyped command; end with this status.
int beforeClangTidy(int Argc, const char *const *Argv);

} // namespace threadlint

#endif
