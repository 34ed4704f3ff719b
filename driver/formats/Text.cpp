//===- Text.cpp - A report as clang prints warnings -----------------------===//
// Each finding with its source line, caret, fix and notes, in colour on a
// terminal; then how many of each check. Problems are on stderr already.
//===----------------------------------------------------------------------===//
#include "driver/Format.h"
#include "driver/SourceText.h"
#include "driver/formats/Story.h"
#include "llvm/Support/FormatVariadic.h"
#include <map>

using namespace llvm;

namespace threadlint {

void writeText(const Report &R, raw_ostream &OS);

static void print(SourceText &Text, const Location &Where,
                  SourceMgr::DiagKind Kind, const Twine &Message,
                  ArrayRef<SMFixIt> Fix, raw_ostream &OS) {
  if (SMLoc Loc = Text.at(Where); Loc.isValid())
    Text.manager().GetMessage(Loc, Kind, Message, {}, Fix).print(nullptr, OS);
  else
    SMDiagnostic(Where.File, Kind, Message.str()).print(nullptr, OS);
}

/// The edits that lie in one line each; SMDiagnostic shows those.
static std::vector<SMFixIt> fixOf(SourceText &Text, const Finding &F) {
  std::vector<SMFixIt> Result;
  for (const Edit &E : F.Fix) {
    SMLoc Begin = Text.at(E.Where);
    Location Last = E.Where;
    Last.Offset += E.Length;
    SMLoc End = Text.at(Last);
    if (Begin.isValid() && End.isValid())
      Result.emplace_back(SMRange(Begin, End), E.Text);
  }
  return Result;
}

static void print(SourceText &Text, const Finding &F, raw_ostream &OS) {
  print(Text, F.Where, SourceMgr::DK_Warning, F.Message + " [" + F.Check + "]",
        fixOf(Text, F), OS);
  for (const Note &N : F.Notes)
    print(Text, N.Where, SourceMgr::DK_Note, N.Message, {}, OS);
}

void writeText(const Report &R, raw_ostream &OS) {
  SourceText Text;
  std::map<std::string, unsigned> ByCheck;
  for (const Finding &F : R.Findings) {
    print(Text, F, OS);
    ++ByCheck[F.Check];
  }
  if (!ByCheck.empty())
    OS << '\n';
  for (const auto &[Check, Count] : ByCheck)
    OS << formatv("{0,6}  {1}\n", Count, Check);
  OS << counted(R.Findings.size(), "finding") << " in "
     << counted(R.Sources, "source");
  if (R.Known)
    OS << "; " << R.Known << " known";
  if (!R.Problems.empty())
    OS << "; " << R.Problems.size() << " could not be linted";
  OS << '\n';
}

} // namespace threadlint
