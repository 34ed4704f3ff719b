//===- VersionGuard.cpp - Refuses a host of another LLVM ---------*- C++
//-*-===//
// Runs when threadlint-N.so is loaded, before anything of it is registered, and
// ends the process unless the host is LLVM N. The plugin stage's first object;
// the executables do without it, they bring their own LLVM.
//
// A plugin in the wrong host lists its checks and finds nothing, or fails to
// load while clang-tidy goes on and exits 0: both look like clean code. The
// build makes the plugin's undefined symbols weak (cmake/weaken-undefined.py),
// so loading always gets as far as this file, and what a host of the right
// major still lacks is found here by name.
//===----------------------------------------------------------------------===//
#include "analysis/LLVMCompat.h"
#include "clang/Basic/Version.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <string>

namespace {

/// The major in "Debian clang version 19.1.7 (3~deb12u1)", 0 if there is none.
int majorOf(const std::string &FullVersion) {
  static const char Words[] = "clang version ";
  const char *At = std::strstr(FullVersion.c_str(), Words);
  return At ? std::atoi(At + sizeof(Words) - 1) : 0;
}

/// The name of a C++ symbol that the host lacks, or null.
const char *firstMissingSymbol() {
  Dl_info Self;
  if (!dladdr(reinterpret_cast<void *>(&majorOf), &Self))
    return nullptr;
  const auto Base = reinterpret_cast<ElfW(Addr)>(Self.dli_fbase);
  const ElfW(Sym) *Symbols = nullptr;
  const char *Names = nullptr;
  const ElfW(Word) *Hash = nullptr;
  for (const ElfW(Dyn) *D = _DYNAMIC; D->d_tag != DT_NULL; ++D) {
    // Most dynamic linkers have turned these offsets into addresses by now.
    const ElfW(Addr) Address =
        D->d_un.d_ptr < Base ? Base + D->d_un.d_ptr : D->d_un.d_ptr;
    if (D->d_tag == DT_SYMTAB)
      Symbols = reinterpret_cast<const ElfW(Sym) *>(Address);
    else if (D->d_tag == DT_STRTAB)
      Names = reinterpret_cast<const char *>(Address);
    else if (D->d_tag == DT_HASH)
      Hash = reinterpret_cast<const ElfW(Word) *>(Address);
  }
  if (!Symbols || !Names || !Hash)
    return nullptr;
  const ElfW(Word) Count = Hash[1]; // nchain: the length of the symbol table
  for (ElfW(Word) I = 1; I < Count; ++I) {
    const char *Name = Names + Symbols[I].st_name;
    if (Symbols[I].st_shndx == SHN_UNDEF && Name[0] == '_' && Name[1] == 'Z' &&
        !dlsym(RTLD_DEFAULT, Name))
      return Name;
  }
  return nullptr;
}

[[noreturn]] void refuse() {
  std::fflush(nullptr);
  std::_Exit(2); // no destructors: the host is half started
}

// 101 is the first priority that is not reserved: static initialisers of this
// object without one (the module's registration) run later.
__attribute__((constructor(101))) void checkHost() {
  const int Built = THREADLINT_BUILT_FOR_LLVM;
  using VersionFunction = std::string (*)();
  // Through a volatile pointer, as the compiler takes a function's address to
  // be never null and does not know that the symbol turns weak.
  VersionFunction volatile Version = &clang::getClangFullVersion;
  if (!Version) {
    std::fprintf(stderr,
                 "threadlint: this plugin was built for LLVM %d, but the "
                 "program that loads it exports no clang at all\n",
                 Built);
    refuse();
  }
  const std::string Full = Version();
  const int Host = majorOf(Full);
  if (Host != Built) {
    std::fprintf(stderr,
                 "threadlint: this plugin was built for LLVM %d but is loaded "
                 "into LLVM %d; use threadlint-%d.so\n",
                 Built, Host, Host);
    refuse();
  }
  if (const char *Name = firstMissingSymbol()) {
    std::fprintf(
        stderr,
        "threadlint: this plugin was built for " CLANG_VERSION_STRING
        " and needs '%s', which is missing in %s; rebuild threadlint\n",
        Name, Full.c_str());
    refuse();
  }
}

} // namespace
