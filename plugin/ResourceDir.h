//===- ResourceDir.h - Where clang's own headers are ------------*- C++ -*-===//
// <stddef.h> and its like come with clang, which looks for them beside the
// program. Serves the executables of the plugin stage, which may lie anywhere;
// how a host is told is left to them.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_PLUGIN_RESOURCEDIR_H
#define THREADLINT_PLUGIN_RESOURCEDIR_H

#include <optional>
#include <string>

namespace threadlint {

/// The folder that the build found, for a program that does not lie beside
/// clang. None: clang finds its headers from where the program is. \p Argv0 and
/// \p MainAddress are as for llvm::sys::fs::getMainExecutable.
std::optional<std::string> resourceDirElsewhere(const char *Argv0,
                                                void *MainAddress);

} // namespace threadlint

#endif
