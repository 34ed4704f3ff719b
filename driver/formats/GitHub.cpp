//===- GitHub.cpp - A report as commands to a GitHub runner ---------------===//
// Lines on stdout that the runner shows as annotations of the changed sources.
//===----------------------------------------------------------------------===//
#include "driver/Format.h"
#include "driver/formats/Columns.h"
#include "driver/formats/Paths.h"

using namespace llvm;

namespace threadlint {

void writeGitHub(const Report &R, raw_ostream &OS);

/// The runner's rules: these three characters anywhere, and in a property also
/// those that separate properties.
static std::string escaped(StringRef Text, bool IsProperty) {
  std::string Result;
  for (char C : Text) {
    if (C == '%')
      Result += "%25";
    else if (C == '\r')
      Result += "%0D";
    else if (C == '\n')
      Result += "%0A";
    else if (C == ':' && IsProperty)
      Result += "%3A";
    else if (C == ',' && IsProperty)
      Result += "%2C";
    else
      Result += C;
  }
  return Result;
}

namespace {
class Writer {
public:
  Writer(const Report &R, raw_ostream &OS) : R(R), OS(OS) {}

  void write(const Problem &P) {
    OS << "::error ";
    if (!P.File.empty())
      property("file", relativeTo(R.Root, P.File)) << ',';
    property("title", "threadlint could not lint this source");
    OS << "::" << escaped(P.Text, false) << '\n';
  }

  void write(const Finding &F) {
    OS << "::warning ";
    property("file", relativeTo(R.Root, F.Where.File));
    if (F.Where.Line)
      OS << ",line=" << F.Where.Line;
    if (Region Range = regionOf(Text, F.Where); Range.Line)
      OS << ",col=" << Range.Column << ",endColumn=" << Range.EndColumn;
    OS << ',';
    property("title", F.Check);
    OS << "::" << escaped(textOf(F), false) << '\n';
  }

private:
  raw_ostream &property(StringRef Name, StringRef Value) {
    return OS << Name << '=' << escaped(Value, true);
  }

  /// The message, and a line for each note.
  std::string textOf(const Finding &F) const {
    std::string Result = F.Message;
    for (const Note &N : F.Notes) {
      Result += '\n';
      if (N.Where.Line)
        Result += relativeTo(R.Root, N.Where.File) + ':' +
                  std::to_string(N.Where.Line) + ": ";
      Result += N.Message;
    }
    return Result;
  }

  const Report &R;
  raw_ostream &OS;
  SourceText Text;
};
} // namespace

void writeGitHub(const Report &R, raw_ostream &OS) {
  Writer W(R, OS);
  // A runner shows the first few only: what failed comes first.
  for (const Problem &P : R.Problems)
    W.write(P);
  for (const Finding &F : R.Findings)
    W.write(F);
}

} // namespace threadlint
