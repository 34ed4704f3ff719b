//===- Checkstyle.cpp - A report as Checkstyle's XML ----------------------===//
// What Jenkins, reviewdog and many others read. Findings are warnings, and a
// source that could not be linted is an error.
//===----------------------------------------------------------------------===//
#include "driver/Format.h"
#include "driver/formats/Columns.h"
#include "driver/formats/Markup.h"
#include "driver/formats/Paths.h"
#include "driver/formats/Story.h"
#include <map>

using namespace llvm;

namespace threadlint {

void writeCheckstyle(const Report &R, raw_ostream &OS);

namespace {
struct File {
  std::vector<const Problem *> Problems;
  std::vector<const Finding *> Findings;
};
} // namespace

static void error(raw_ostream &OS, const Region &Where, StringRef Severity,
                  StringRef Message, StringRef Source) {
  OS << "    <error line=\"" << std::max(Where.Line, 1u) << '"';
  if (Where.Column)
    OS << " column=\"" << Where.Column << '"';
  OS << " severity=\"" << Severity << "\" message=\"" << escaped(Message)
     << "\" source=\"threadlint." << escaped(Source) << "\"/>\n";
}

/// The message and the notes, which the format has no place for.
static std::string textOf(const Finding &F, const Report &R) {
  std::string Result = F.Message;
  for (const Note &N : F.Notes)
    Result += '\n' + (N.Where.Line ? relativeTo(R.Root, N.Where.File) + ':' +
                                         std::to_string(N.Where.Line) + ": "
                                   : std::string()) +
              N.Message;
  return Result;
}

void writeCheckstyle(const Report &R, raw_ostream &OS) {
  std::map<std::string, File> Files;
  for (const Problem &P : R.Problems)
    Files[P.File].Problems.push_back(&P);
  for (const Finding &F : R.Findings)
    Files[F.Where.File].Findings.push_back(&F);

  SourceText Text;
  OS << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<checkstyle version=\"4.3\">\n";
  for (const auto &[Name, Contents] : Files) {
    OS << "  <file name=\"" << escaped(relativeTo(R.Root, Name)) << "\">\n";
    for (const Problem *P : Contents.Problems)
      error(OS, {}, "error", P->Text, "could-not-lint");
    for (const Finding *F : Contents.Findings) {
      Region Where = regionOf(Text, F->Where);
      Where.Line = F->Where.Line;
      error(OS, Where, "warning", textOf(*F, R), shortName(F->Check));
    }
    OS << "  </file>\n";
  }
  OS << "</checkstyle>\n";
}

} // namespace threadlint
