//===- Changes.cpp - What has changed in the work tree --------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Changes.h"
#include "driver/Database.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>

using namespace llvm;

namespace threadlint {

std::string realPath(StringRef Path) {
  SmallString<256> Real;
  return sys::fs::real_path(Path, Real) ? Path.str() : std::string(Real);
}

static bool byPath(const ChangedFile &A, const ChangedFile &B) {
  return A.Path < B.Path;
}

static Expected<std::vector<ChangedFile>> changedSince(const Git &Repository,
                                                       StringRef Commit) {
  Expected<std::string> Text = Repository.diff(Commit);
  if (!Text)
    return Text.takeError();
  return parseDiff(*Text);
}

static void makeAbsolute(std::vector<ChangedFile> &Files, StringRef Root) {
  for (ChangedFile &File : Files)
    File.Path = (Root + "/" + File.Path).str();
  llvm::sort(Files, byPath);
}

Expected<Changes> Changes::since(const Git &Repository, StringRef Revision) {
  Expected<std::string> Commit = Repository.commit(Revision);
  if (!Commit)
    return Commit.takeError();
  Expected<std::vector<ChangedFile>> Files = changedSince(Repository, *Commit);
  if (!Files)
    return Files.takeError();
  Changes Result;
  Result.Files = std::move(*Files);
  makeAbsolute(Result.Files, Repository.root());
  return Result;
}

// The lines of the index are those of the work tree only where the two are the
// same, and the work tree is what clang reads. So the lines are the work
// tree's.
Expected<Changes> Changes::staged(const Git &Repository) {
  Expected<std::string> Head = Repository.headOrNothing();
  if (!Head)
    return Head.takeError();
  Expected<std::vector<std::string>> Staged = Repository.staged();
  if (!Staged)
    return Staged.takeError();
  Expected<std::vector<std::string>> Unstaged = Repository.unstaged();
  if (!Unstaged)
    return Unstaged.takeError();
  Expected<std::vector<ChangedFile>> All = changedSince(Repository, *Head);
  if (!All)
    return All.takeError();

  llvm::sort(*All, byPath);
  Changes Result;
  for (const std::string &Path : *Staged) {
    if ((isSourceName(Path) || isHeaderName(Path)) &&
        is_contained(*Unstaged, Path))
      errs() << "threadlint: " << Path
             << " has changes that are not staged; it is linted as it is in "
                "the work tree, and they count, too\n";
    ChangedFile File{Path, {}};
    auto Found = std::lower_bound(All->begin(), All->end(), File, byPath);
    if (Found != All->end() && Found->Path == Path)
      File = *Found;
    Result.Files.push_back(std::move(File));
  }
  makeAbsolute(Result.Files, Repository.root());
  return Result;
}

bool Changes::contain(const Location &Where) {
  if (!Where.Line)
    return false;
  auto [Real, IsNew] = RealPaths.try_emplace(Where.File);
  if (IsNew)
    Real->second = realPath(Where.File);
  ChangedFile Wanted{Real->second, {}};
  auto File = std::lower_bound(Files.begin(), Files.end(), Wanted, byPath);
  return File != Files.end() && File->Path == Wanted.Path &&
         any_of(File->Lines, [&](const std::pair<unsigned, unsigned> &Range) {
           return Range.first <= Where.Line && Where.Line <= Range.second;
         });
}

bool Changes::concern(const Finding &F) {
  return contain(F.Where) ||
         any_of(F.Notes, [&](const Note &N) { return contain(N.Where); });
}

} // namespace threadlint
