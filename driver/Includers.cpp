//===- Includers.cpp - Which source includes a header ---------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Includers.h"
#include "driver/Changes.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/Utils.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <deque>

using namespace llvm;

namespace threadlint {
namespace {

/// Preprocessing takes a while, and the first one is nearly always right.
const size_t MaxCandidates = 16;

/// What a line includes, as it is spelled. Empty: it includes nothing.
StringRef includedBy(StringRef Line) {
  Line = Line.ltrim();
  if (!Line.consume_front("#"))
    return "";
  Line = Line.ltrim();
  if (!Line.consume_front("include_next") && !Line.consume_front("include") &&
      !Line.consume_front("import"))
    return "";
  Line = Line.ltrim();
  if (Line.consume_front("\""))
    return Line.split('"').first;
  return Line.consume_front("<") ? Line.split('>').first : "";
}

/// Whether `Spelled` may name File: it is the end of its path.
bool mayName(StringRef Spelled, StringRef File) {
  return File.consume_back(Spelled) && (File.empty() || File.back() == '/');
}

class Collector : public clang::PreprocessOnlyAction {
public:
  explicit Collector(StringSet<> &Result) : Result(Result) {}

protected:
  bool BeginSourceFileAction(clang::CompilerInstance &CI) override {
    Seen.attachToPreprocessor(CI.getPreprocessor());
    return PreprocessOnlyAction::BeginSourceFileAction(CI);
  }
  void EndSourceFileAction() override {
    for (const std::string &File : Seen.getDependencies())
      Result.insert(realPath(File)); // the tool is in the command's folder
    PreprocessOnlyAction::EndSourceFileAction();
  }

private:
  clang::DependencyCollector Seen;
  StringSet<> &Result;
};

class CollectorFactory : public clang::tooling::FrontendActionFactory {
public:
  explicit CollectorFactory(StringSet<> &Result) : Result(Result) {}
  std::unique_ptr<clang::FrontendAction> create() override {
    return std::make_unique<Collector>(Result);
  }

private:
  StringSet<> &Result;
};

} // namespace

Includers::Includers(const Database &D, ArrayRef<std::string> Headers) : D(D) {
  for (const std::string &File : D.Sources)
    read(File);
  for (const std::string &File : Headers)
    if (!D.has(File))
      read(File);
}

void Includers::read(StringRef File) {
  auto Buffer = MemoryBuffer::getFile(File);
  if (!Buffer)
    return;
  unsigned Index = Files.size();
  Files.push_back(File.str());
  for (StringRef Text = (*Buffer)->getBuffer(); !Text.empty();) {
    StringRef Line;
    std::tie(Line, Text) = Text.split('\n');
    StringRef Spelled = includedBy(Line);
    while (Spelled.consume_front("../") || Spelled.consume_front("./"))
      ;
    if (!Spelled.empty())
      ByName[sys::path::filename(Spelled)].push_back({Spelled.str(), Index});
  }
}

/// Sources from which a chain of #include lines may lead to Header; those of
/// Preferred first, then short chains, then those that lie near.
std::vector<std::string>
Includers::candidates(StringRef Header, const StringSet<> &Preferred) const {
  struct Reached {
    unsigned File, Steps;
  };
  std::vector<Reached> Found;
  BitVector Seen(Files.size());
  std::deque<std::pair<StringRef, unsigned>> Open = {{Header, 0}};
  for (; !Open.empty(); Open.pop_front()) {
    auto [File, Steps] = Open.front();
    auto Lines = ByName.find(sys::path::filename(File));
    if (Lines == ByName.end())
      continue;
    for (const Include &I : Lines->second) {
      if (Seen[I.By] || !mayName(I.Spelled, File))
        continue;
      Seen.set(I.By);
      Open.push_back({Files[I.By], Steps + 1});
      if (D.has(Files[I.By]))
        Found.push_back({I.By, Steps + 1});
    }
  }
  auto Rank = [&](const Reached &R) {
    const std::string &File = Files[R.File];
    auto Ends =
        std::mismatch(File.begin(), File.end(), Header.begin(), Header.end());
    auto Common = Ends.first - File.begin();
    return std::make_tuple(!Preferred.count(File), R.Steps, -Common, R.File);
  };
  llvm::sort(Found, [&](const Reached &A, const Reached &B) {
    return Rank(A) < Rank(B);
  });
  std::vector<std::string> Result;
  for (const Reached &R : Found)
    Result.push_back(Files[R.File]);
  return Result;
}

const StringSet<> &Includers::readBy(const std::string &Source) {
  auto [Entry, IsNew] = Dependencies.try_emplace(Source);
  if (!IsNew)
    return Entry->second;
  using namespace clang::tooling;
  for (const CompileCommand &Command : D.Commands->getCompileCommands(Source))
    if (!sys::fs::is_directory(Command.Directory)) // ends the tool's program
      return Entry->second;
  ClangTool Tool(*D.Commands, {Source});
  clang::IgnoringDiagConsumer Silent;
  Tool.setDiagnosticConsumer(&Silent);
  Tool.setPrintErrorMessage(false);
  Tool.appendArgumentsAdjuster(getInsertArgumentAdjuster(
      "-resource-dir=" THREADLINT_RESOURCE_DIR, ArgumentInsertPosition::BEGIN));
  CollectorFactory Factory(Entry->second);
  Tool.run(&Factory); // what cannot be read includes nothing
  return Entry->second;
}

std::string Includers::including(StringRef Header,
                                 const StringSet<> &Preferred) {
  const std::string Real = realPath(Header);
  std::vector<std::string> Candidates = candidates(Header, Preferred);
  if (Candidates.size() > MaxCandidates)
    Candidates.resize(MaxCandidates);
  for (const std::string &Source : Candidates)
    if (readBy(Source).contains(Real))
      return Source;
  return "";
}

} // namespace threadlint
