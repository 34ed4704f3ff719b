//===- Sources.cpp - What is to be linted ---------------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Sources.h"
#include "driver/Failure.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <tuple>

using namespace llvm;

namespace threadlint {

static Error noDatabaseIn(StringRef Folder) {
  return failure(Folder +
                 ": no compile_commands.json there or in its build/ (" +
                 HowToMakeDatabase + ")");
}

Expected<const Database *> namedDatabase(Databases &All, StringRef Folder) {
  Expected<const Database *> Result = All.in(absolutePath(Folder));
  if (Result && !*Result)
    return noDatabaseIn(Folder);
  if (Result && (*Result)->Sources.empty())
    return failure((*Result)->Folder +
                   "/compile_commands.json names no C or C++ "
                   "source");
  return Result;
}

Source withDefaultFlags(StringRef File) {
  errs() << "threadlint: " << File
         << " is in no compile_commands.json; it is linted with clang's "
            "default flags\n";
  return {File.str(), ""};
}

static Expected<Source> fileSource(Databases &All, const Database *Named,
                                   StringRef File) {
  if (Named)
    return Named->has(File) ? Source{File.str(), Named->Folder}
                            : withDefaultFlags(File);
  Expected<const Database *> Found = All.naming(File);
  if (!Found)
    return Found.takeError();
  return *Found ? Source{File.str(), (*Found)->Folder} : withDefaultFlags(File);
}

static void addAll(const Database &D, std::vector<Source> &Result) {
  for (const std::string &File : D.Sources)
    Result.push_back({File, D.Folder});
}

/// The sources of D that are below Folder.
static Error addBelow(const Database &D, std::string Folder, StringRef Path,
                      std::vector<Source> &Result) {
  if (Folder.back() != '/')
    Folder += '/';
  size_t Before = Result.size();
  for (const std::string &File : D.Sources)
    if (StringRef(File).consume_front(Folder))
      Result.push_back({File, D.Folder});
  if (Result.size() == Before)
    return failure(D.Folder +
                   "/compile_commands.json names no "
                   "source below " +
                   Path);
  return Error::success();
}

static Error addPath(Databases &All, const Database *Named, StringRef Path,
                     std::vector<Source> &Result) {
  std::string Full = absolutePath(Path);
  if (sys::fs::is_regular_file(Full)) {
    Expected<Source> S = fileSource(All, Named, Full);
    if (!S)
      return S.takeError();
    Result.push_back(std::move(*S));
    return Error::success();
  }
  if (!sys::fs::is_directory(Full))
    return failure(Path + ": no such file or folder");
  if (Named)
    return addBelow(*Named, Full, Path, Result);
  Expected<const Database *> D = namedDatabase(All, Path);
  if (!D)
    return D.takeError();
  addAll(**D, Result);
  return Error::success();
}

Expected<std::vector<Source>> sourcesOf(Databases &All, const Database *Named,
                                        ArrayRef<std::string> Paths) {
  std::vector<Source> Result;
  if (Paths.empty() && Named)
    addAll(*Named, Result);
  else if (Paths.empty()) {
    if (Error E = addPath(All, nullptr, ".", Result))
      return E;
  }
  for (const std::string &Path : Paths)
    if (Error E = addPath(All, Named, Path, Result))
      return E;
  llvm::sort(Result, [](const Source &A, const Source &B) {
    return std::tie(A.File, A.Database) < std::tie(B.File, B.Database);
  });
  Result.erase(std::unique(Result.begin(), Result.end()), Result.end());
  return Result;
}

std::string rootOf(ArrayRef<Source> Sources) {
  std::string Current = absolutePath(".");
  StringRef Start = Sources.empty() ? StringRef(Current)
                                    : sys::path::parent_path(Sources[0].File);
  for (StringRef Folder = Start; !Folder.empty();
       Folder = sys::path::parent_path(Folder)) {
    SmallString<256> Git(Folder);
    sys::path::append(Git, ".git"); // a file in a work tree of its own
    if (sys::fs::exists(Git))
      return Folder.str();
  }
  return Current;
}

} // namespace threadlint
