//===- ResourceDir.cpp - Where clang's own headers are --------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "plugin/ResourceDir.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace threadlint {

std::optional<std::string> resourceDirElsewhere(const char *Argv0,
                                                void *MainAddress) {
  SmallString<128> Dir(sys::path::parent_path(
      sys::path::parent_path(sys::fs::getMainExecutable(Argv0, MainAddress))));
  sys::path::append(Dir, "lib", "clang",
                    sys::path::filename(THREADLINT_RESOURCE_DIR));
  sys::path::append(Dir, "include", "stddef.h");
  if (sys::fs::exists(Dir))
    return std::nullopt;
  return THREADLINT_RESOURCE_DIR;
}

} // namespace threadlint
