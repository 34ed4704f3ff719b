//===- Database.cpp - compile_commands.json -------------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Database.h"
#include "driver/Failure.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <algorithm>

using namespace llvm;
using namespace clang::tooling;

namespace threadlint {

const char HowToMakeDatabase[] =
    "CMake writes one with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON; other builds: "
    "`bear -- make`";

std::string absolutePath(StringRef Path) {
  SmallString<256> Result(Path);
  sys::fs::make_absolute(Result);
  sys::path::remove_dots(Result, /*remove_dot_dot=*/true);
  return std::string(Result);
}

bool isSourceName(StringRef File) {
  static const StringRef Endings[] = {".c", ".cc",  ".cpp", ".cxx", ".c++",
                                      ".C", ".CPP", ".cp",  ".m",   ".mm"};
  return is_contained(Endings, sys::path::extension(File));
}

bool isHeaderName(StringRef File) {
  static const StringRef Endings[] = {".h",   ".hh",  ".hpp",
                                      ".hxx", ".h++", ".H"};
  return is_contained(Endings, sys::path::extension(File));
}

bool isFragmentName(StringRef File) {
  static const StringRef Endings[] = {".inl", ".ipp", ".inc", ".tcc", ".tpp"};
  return is_contained(Endings, sys::path::extension(File));
}

bool Database::has(StringRef File) const {
  return std::binary_search(Sources.begin(), Sources.end(), File);
}

std::string Database::find(StringRef File) const {
  if (has(File))
    return File.str();
  StringRef Name = sys::path::filename(File);
  for (const std::string &Source : Sources)
    if (sys::path::filename(Source) == Name &&
        sys::fs::equivalent(Source, File))
      return Source;
  return "";
}

static Expected<std::unique_ptr<Database>> read(StringRef Folder,
                                                StringRef Path) {
  std::string Message;
  auto Commands = JSONCompilationDatabase::loadFromFile(
      Path, Message, JSONCommandLineSyntax::AutoDetect);
  if (!Commands)
    return failure(Path + ": not a compilation database (" +
                   StringRef(Message).rtrim() + ")");
  auto Result = std::make_unique<Database>();
  Result->Folder = Folder.str();
  for (const std::string &File : Commands->getAllFiles())
    if (isSourceName(File) || isHeaderName(File) || isFragmentName(File))
      Result->Sources.push_back(absolutePath(File));
  llvm::sort(Result->Sources);
  Result->Sources.erase(
      std::unique(Result->Sources.begin(), Result->Sources.end()),
      Result->Sources.end());
  Result->Commands =
      expandResponseFiles(std::move(Commands), vfs::getRealFileSystem());
  return Result;
}

Expected<const Database *> Databases::load(StringRef Folder) {
  auto [Entry, IsNew] = ByFolder.try_emplace(Folder);
  SmallString<256> Path(Folder);
  sys::path::append(Path, "compile_commands.json");
  if (IsNew && sys::fs::is_regular_file(Path)) {
    auto Result = read(Folder, Path);
    if (!Result)
      return Result.takeError();
    Entry->second = std::move(*Result);
  }
  return Entry->second.get();
}

Expected<const Database *> Databases::in(StringRef Folder) {
  Expected<const Database *> Result = load(Folder);
  if (!Result || *Result)
    return Result;
  SmallString<256> Build(Folder);
  sys::path::append(Build, "build");
  return load(Build);
}

Expected<const Database *> Databases::above(StringRef Folder) {
  for (; !Folder.empty(); Folder = sys::path::parent_path(Folder)) {
    Expected<const Database *> Result = in(Folder);
    if (!Result || *Result)
      return Result;
  }
  return nullptr;
}

Expected<const Database *> Databases::naming(StringRef File) {
  for (StringRef Folder = sys::path::parent_path(File); !Folder.empty();
       Folder = sys::path::parent_path(Folder)) {
    // Both of a folder: the one in it may be for something else.
    Expected<const Database *> Result = load(Folder);
    if (!Result || (*Result && (*Result)->has(File)))
      return Result;
    SmallString<256> Build(Folder);
    sys::path::append(Build, "build");
    Result = load(Build);
    if (!Result || (*Result && (*Result)->has(File)))
      return Result;
  }
  return nullptr;
}

} // namespace threadlint
