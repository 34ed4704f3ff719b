//===- ClangTidyOutput.cpp - What clang-tidy said about a source ----------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/ClangTidyOutput.h"
#include "driver/SourceText.h"
#include "clang/Tooling/DiagnosticsYaml.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace clang;

namespace threadlint {

/// Paths may be as an #include or a compile command spells them.
static Location placeOf(StringRef File, unsigned Offset, StringRef Directory) {
  Location Result;
  if (File.empty())
    return Result;
  SmallString<256> Path(sys::path::is_absolute(File) ? "" : Directory);
  sys::path::append(Path, File);
  sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  Result.File = std::string(Path);
  Result.Offset = Offset;
  return Result;
}

static Location placeOf(const tooling::DiagnosticMessage &M,
                        const tooling::Diagnostic &D) {
  return placeOf(M.FilePath, M.FileOffset, D.BuildDirectory);
}

static std::vector<Edit> fixOf(const tooling::Diagnostic &D) {
  std::vector<Edit> Result;
  const StringMap<tooling::Replacements> *Fix = tooling::selectFirstFix(D);
  if (!Fix)
    return Result;
  for (const auto &File : *Fix)
    for (const tooling::Replacement &R : File.second)
      Result.push_back(
          {placeOf(R.getFilePath(), R.getOffset(), D.BuildDirectory),
           R.getLength(), R.getReplacementText().str()});
  llvm::sort(Result, [](const Edit &A, const Edit &B) {
    return std::tie(A.Where.File, A.Where.Offset) <
           std::tie(B.Where.File, B.Where.Offset);
  });
  return Result;
}

static Finding findingOf(const tooling::Diagnostic &D) {
  Finding Result;
  Result.Check = D.DiagnosticName;
  Result.Message = D.Message.Message;
  Result.Where = placeOf(D.Message, D);
  for (const tooling::DiagnosticMessage &N : D.Notes)
    Result.Notes.push_back({placeOf(N, D), N.Message});
  Result.Fix = fixOf(D);
  return Result;
}

/// A diagnostic that is no finding, as one line.
static std::string lineOf(const tooling::Diagnostic &D, SourceText &Text) {
  Location Where = placeOf(D.Message, D);
  std::string Result = "\n";
  if (!Where.File.empty()) {
    Text.locate(Where);
    Result +=
        formatv("{0}:{1}:{2}: ", Where.File, Where.Line, Where.Column).str();
  }
  Result += D.DiagLevel == tooling::Diagnostic::Error ? "error: " : "warning: ";
  return Result + D.Message.Message + " [" + D.DiagnosticName + "]";
}

static bool readExported(StringRef YAML,
                         std::vector<tooling::Diagnostic> &Out) {
  if (YAML.empty()) // clang-tidy has nothing to say, and writes nothing
    return true;
  tooling::TranslationUnitDiagnostics All;
  yaml::Input In(YAML);
  In >> All;
  if (In.error())
    return false;
  Out = std::move(All.Diagnostics);
  return true;
}

/// clang-tidy goes on after some errors, and tells stderr only.
static bool complains(StringRef Errors) {
  SmallVector<StringRef, 16> Lines;
  Errors.split(Lines, '\n');
  return any_of(Lines, [](StringRef Line) {
    return Line.consume_front("Error") || Line.consume_front("Skipping") ||
           Line.consume_front("error:");
  });
}

Outcome outcomeOf(const Ended &Process) {
  Outcome Result;
  std::vector<tooling::Diagnostic> Diagnostics;
  bool IsReadable = readExported(Process.Exported, Diagnostics);
  SourceText Text;
  std::string Stray;
  for (const tooling::Diagnostic &D : Diagnostics) {
    if (StringRef(D.DiagnosticName).consume_front("threadlint-"))
      Result.Findings.push_back(findingOf(D));
    else
      Stray += lineOf(D, Text);
  }
  std::string Detail =
      Stray.empty() ? "\n" + StringRef(Process.Errors).trim().str() : Stray;
  int Status = Process.Status;
  if (Status < 0 || Status > 2)
    Result.Problem =
        "threadlint crashed (" +
        (Process.Why.empty() ? "exit status " + std::to_string(Status)
                             : Process.Why) +
        ")";
  else if (!Stray.empty())
    Result.Problem = "does not parse, or a wrong option";
  else if (!IsReadable)
    Result.Problem = "threadlint's findings could not be read back";
  else if (Status && Result.Findings.empty())
    Result.Problem =
        formatv("threadlint failed (exit status {0})", Status).str();
  else if (complains(Process.Errors))
    Result.Problem = "threadlint failed";
  if (!Result.Problem.empty() && Detail.size() > 1)
    Result.Problem += Detail;
  return Result;
}

} // namespace threadlint
