//===- ChangedSources.cpp - What to lint for a change ---------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/ChangedSources.h"
#include "driver/Failure.h"
#include "driver/Includers.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

using namespace llvm;

namespace threadlint {
namespace {

class Chooser {
public:
  Chooser(Databases &All, const Database *Named, const Git &Repository)
      : All(All), Named(Named), Repository(Repository) {}

  Error readPaths(ArrayRef<std::string> Paths);
  bool isMeant(StringRef File) const;
  Error addSource(StringRef File);
  Error addHeader(StringRef File);

  std::vector<Source> Result;

private:
  Expected<const Database *> databaseNear(StringRef File);
  Expected<Includers *> includersOf(const Database &D);

  Databases &All;
  const Database *Named;
  const Git &Repository;
  std::vector<std::string> Limits; ///< real paths; none: everything counts
  std::map<const Database *, Includers> Graphs;
};

} // namespace

Error Chooser::readPaths(ArrayRef<std::string> Paths) {
  const Database *OfFolder = nullptr;
  for (const std::string &Path : Paths) {
    std::string Full = absolutePath(Path);
    if (!sys::fs::exists(Full))
      return failure(Path + ": no such file or folder");
    if (!Named && sys::fs::is_directory(Full)) {
      Expected<const Database *> D = All.in(Full);
      if (!D)
        return D.takeError();
      if (*D) {
        OfFolder = *D;
        continue;
      }
    }
    Limits.push_back(realPath(Full));
  }
  if (!Named)
    Named = OfFolder;
  return Error::success();
}

bool Chooser::isMeant(StringRef File) const {
  return Limits.empty() || any_of(Limits, [&](StringRef Limit) {
           StringRef Rest = File;
           return Rest.consume_front(Limit) &&
                  (Rest.empty() || Rest.front() == '/');
         });
}

/// For a file that none names. Null: there is no database at all.
Expected<const Database *> Chooser::databaseNear(StringRef File) {
  if (Named)
    return Named;
  Expected<const Database *> D = All.above(sys::path::parent_path(File));
  if (!D || *D)
    return D;
  return All.above(absolutePath("."));
}

static Error noDatabaseFor(StringRef File) {
  return failure(File +
                 " has changed, but there is no compile_commands.json: "
                 "name its folder with -p, or make one (" +
                 HowToMakeDatabase + ")");
}

Error Chooser::addSource(StringRef File) {
  Expected<const Database *> Found = Named ? Named : All.naming(File);
  Expected<const Database *> Near = databaseNear(File);
  if (!Found)
    return joinErrors(Found.takeError(), Near.takeError());
  if (!Near)
    return Near.takeError();
  if (!*Near)
    return noDatabaseFor(File);
  const Database *D = *Found ? *Found : *Near;
  std::string Spelled = D->find(File);
  Result.push_back(Spelled.empty() ? withDefaultFlags(File)
                                   : Source{Spelled, D->Folder});
  return Error::success();
}

Expected<Includers *> Chooser::includersOf(const Database &D) {
  auto Graph = Graphs.find(&D);
  if (Graph == Graphs.end()) {
    Expected<std::vector<std::string>> Files = Repository.files();
    if (!Files)
      return Files.takeError();
    std::vector<std::string> Headers;
    for (const std::string &File : *Files)
      if (isHeaderName(File) || isFragmentName(File))
        Headers.push_back(Repository.root() + "/" + File);
    Graph = Graphs
                .emplace(std::piecewise_construct, std::make_tuple(&D),
                         std::make_tuple(std::cref(D), std::cref(Headers)))
                .first;
  }
  return &Graph->second;
}

Error Chooser::addHeader(StringRef File) {
  Expected<const Database *> D = databaseNear(File);
  if (!D)
    return D.takeError();
  if (!*D)
    return noDatabaseFor(File);
  Expected<Includers *> Graph = includersOf(**D);
  if (!Graph)
    return Graph.takeError();
  StringSet<> Chosen;
  for (const Source &S : Result)
    Chosen.insert(S.File);
  std::string Includer = (*Graph)->including(File, Chosen);
  if (!Includer.empty()) {
    if (!Chosen.count(Includer))
      Result.push_back({Includer, (*D)->Folder});
    return Error::success();
  }
  errs() << "threadlint: no source of " << (*D)->Folder
         << "/compile_commands.json was found to include " << File << "; it is "
         << (isHeaderName(File) ? "linted by itself" : "not linted") << '\n';
  if (isHeaderName(File))
    Result.push_back({File.str(), (*D)->Folder});
  return Error::success();
}

Expected<std::vector<Source>> sourcesOfChange(Databases &All,
                                              const Database *Named,
                                              ArrayRef<std::string> Paths,
                                              const Changes &What,
                                              const Git &Repository) {
  Chooser C(All, Named, Repository);
  if (Error E = C.readPaths(Paths))
    return E;
  for (const ChangedFile &File : What.files())
    if (C.isMeant(File.Path) && isSourceName(File.Path))
      if (Error E = C.addSource(File.Path))
        return E;
  // Then the headers: a source that is linted anyway may include them.
  for (const ChangedFile &File : What.files())
    if (C.isMeant(File.Path) &&
        (isHeaderName(File.Path) || isFragmentName(File.Path)))
      if (Error E = C.addHeader(File.Path))
        return E;
  return std::move(C.Result);
}

} // namespace threadlint
