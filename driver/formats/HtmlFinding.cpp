//===- HtmlFinding.cpp - One finding in the HTML report -------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/formats/HtmlFinding.h"
#include "driver/formats/Columns.h"
#include "driver/formats/Markup.h"
#include "driver/formats/Paths.h"
#include "driver/formats/Story.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include <tuple>

using namespace llvm;

namespace threadlint {

/// Lines around a step, and the gap that is shown rather than cut out.
constexpr unsigned ContextLines = 2, SmallGap = 3;

std::string messageHtml(StringRef Message) {
  std::string Result;
  while (!Message.empty()) {
    auto [Before, Rest] = Message.split('\'');
    Result += escaped(Before);
    if (Before.size() == Message.size())
      break;
    // A quotation ends before a blank or a mark; an apostrophe opens none.
    size_t End = 0;
    while ((End = Rest.find('\'', End)) != StringRef::npos &&
           End + 1 < Rest.size() && isAlnum(Rest[End + 1]))
      ++End;
    bool Opens = Before.empty() || !isAlnum(Before.back());
    if (Opens && End != StringRef::npos && End != 0) {
      Result += "<code>" + escaped(Rest.take_front(End)) + "</code>";
      Message = Rest.drop_front(End + 1);
    } else {
      Result += "&#39;";
      Message = Rest;
    }
  }
  return Result;
}

StringRef HtmlFindingWriter::textOf(const std::string &File) {
  SMLoc Start = Text.at({File, 0, 1, 1});
  if (!Start.isValid())
    return "";
  const SourceMgr &Manager = Text.manager();
  return Manager.getMemoryBuffer(Manager.FindBufferContainingLoc(Start))
      ->getBuffer();
}

const std::vector<StringRef> &
HtmlFindingWriter::linesOf(const std::string &File) {
  auto [Entry, IsNew] = Lines.try_emplace(File);
  if (IsNew) {
    SmallVector<StringRef, 0> Split;
    textOf(File).split(Split, '\n');
    for (StringRef Line : Split)
      Entry->second.push_back(Line.rtrim('\r'));
  }
  return Entry->second;
}

std::vector<HtmlFindingWriter::FileSteps>
HtmlFindingWriter::stepsOf(const Finding &F) {
  std::vector<FileSteps> Result(1, {{&F.Where, 0, &F.Message}});
  unsigned Number = 0;
  for (const Note &N : pathOf(F)) {
    auto Same = llvm::find_if(Result, [&](const FileSteps &Steps) {
      return Steps.front().Where->File == N.Where.File;
    });
    if (Same == Result.end())
      Same = Result.insert(Result.end(), FileSteps());
    Same->push_back({&N.Where, ++Number, &N.Message});
  }
  for (FileSteps &Steps : Result)
    llvm::stable_sort(Steps, [](const Step &A, const Step &B) {
      return A.Where->Line < B.Where->Line;
    });
  return Result;
}

void HtmlFindingWriter::write(const Finding &F) {
  for (const FileSteps &Steps : stepsOf(F))
    writeExcerpt(Steps);
  if (const Note *WayOut = wayOutOf(F))
    OS << "<p class=\"wayout\"><b>Way out</b> " << messageHtml(WayOut->Message)
       << "</p>\n";
  writeFix(F);
}

void HtmlFindingWriter::beginFigure(StringRef File) {
  OS << "<figure><figcaption>" << escaped(relativeTo(R.Root, File))
     << "</figcaption><div class=\"code\"><div class=\"lines\">\n";
}

void HtmlFindingWriter::endFigure() { OS << "</div></div></figure>\n"; }

static unsigned firstShown(unsigned Line) {
  return Line > ContextLines ? Line - ContextLines : 1;
}

void HtmlFindingWriter::writeExcerpt(const FileSteps &Steps) {
  ArrayRef<Step> Rest = Steps;
  beginFigure(Rest.front().Where->File);
  for (bool IsFirst = true; !Rest.empty(); IsFirst = false) {
    // Steps that are near one another share their lines.
    size_t Count = 1;
    while (Count < Rest.size() &&
           firstShown(Rest[Count].Where->Line) <=
               Rest[Count - 1].Where->Line + ContextLines + 1 + SmallGap)
      ++Count;
    if (!IsFirst)
      OS << "<div class=\"gap\"></div>\n";
    writeLines(Rest.take_front(Count), firstShown(Rest.front().Where->Line),
               Rest[Count - 1].Where->Line + ContextLines);
    Rest = Rest.drop_front(Count);
  }
  endFigure();
}

void HtmlFindingWriter::writeLines(ArrayRef<Step> Steps, unsigned First,
                                   unsigned Last) {
  const std::vector<StringRef> &All = linesOf(Steps.front().Where->File);
  auto IsBlank = [&](unsigned Number) {
    return Number > All.size() || All[Number - 1].trim().empty();
  };
  while (First < Steps.front().Where->Line && IsBlank(First))
    ++First;
  while (Last > Steps.back().Where->Line && IsBlank(Last))
    --Last;
  for (const Step &S : Steps)
    if (!S.Where->Line) // nobody knows where
      writeStep(S);
  for (unsigned Number = First; Number <= Last; ++Number) {
    ArrayRef<Step> Here = Steps.drop_until(
        [&](const Step &S) { return S.Where->Line == Number; });
    Here = Here.take_while(
        [&](const Step &S) { return S.Where->Line == Number; });
    if (Number <= All.size())
      writeLine(Here, Number, All[Number - 1]);
    for (const Step &S : Here)
      writeStep(S);
  }
}

void HtmlFindingWriter::writeLine(ArrayRef<Step> Here, unsigned Number,
                                  StringRef Line) {
  std::vector<unsigned> Columns;
  for (const Step &S : Here)
    Columns.push_back(S.Where->Column);
  llvm::sort(Columns);
  OS << "<div class=\"line" << (Here.empty() ? "" : " hit") << "\"><span>"
     << Number << "</span><code>";
  size_t Done = 0;
  for (unsigned Column : Columns) {
    size_t Begin = Column - 1;
    if (!Column || Begin < Done || Begin >= Line.size())
      continue;
    size_t End = Begin + wordLength(Line, Column);
    OS << escaped(Line.slice(Done, Begin)) << "<mark>"
       << escaped(Line.slice(Begin, End)) << "</mark>";
    Done = End;
  }
  OS << escaped(Line.drop_front(Done)) << "</code></div>\n";
}

void HtmlFindingWriter::writeStep(const Step &S) {
  OS << "<div class=\"step" << (S.Number ? "" : " finding-step")
     << "\"><b>" << (S.Number ? std::to_string(S.Number) : "!") << "</b> "
     << messageHtml(*S.Message) << "</div>\n";
}

void HtmlFindingWriter::writeFix(const Finding &F) {
  std::vector<const Edit *> Edits;
  for (const Edit &E : F.Fix) {
    if (E.Where.Offset + E.Length > textOf(E.Where.File).size())
      return; // the source has changed or is gone
    Edits.push_back(&E);
  }
  if (Edits.empty())
    return;
  llvm::stable_sort(Edits, [](const Edit *A, const Edit *B) {
    return std::tie(A->Where.File, A->Where.Offset) <
           std::tie(B->Where.File, B->Where.Offset);
  });
  OS << "<p class=\"fixtitle\"><b>Fix</b></p>\n";
  while (!Edits.empty()) {
    // The edits that touch the same or the next line make one piece.
    size_t Count = 1;
    while (Count < Edits.size() &&
           Edits[Count]->Where.File == Edits[0]->Where.File &&
           regionOf(Text, *Edits[Count - 1]).EndLine + 1 >=
               Edits[Count]->Where.Line)
      ++Count;
    writeDiff(ArrayRef<const Edit *>(Edits).take_front(Count));
    Edits.erase(Edits.begin(), Edits.begin() + Count);
  }
}

void HtmlFindingWriter::writeDiff(ArrayRef<const Edit *> Edits) {
  StringRef All = textOf(Edits.front()->Where.File);
  size_t Begin = All.take_front(Edits.front()->Where.Offset).rfind('\n') + 1;
  size_t End = All.find('\n', Edits.back()->Where.Offset + Edits.back()->Length);
  End = std::min(End, All.size());
  std::string New;
  size_t Done = Begin;
  for (const Edit *E : Edits) {
    if (E->Where.Offset < Done)
      continue; // overlaps; clang-tidy would not apply it either
    New += All.slice(Done, E->Where.Offset).str() + E->Text;
    Done = E->Where.Offset + E->Length;
  }
  New += All.slice(Done, End);
  beginFigure(Edits.front()->Where.File + ":" +
              std::to_string(Edits.front()->Where.Line));
  diffLines("old", "\xE2\x88\x92", All.slice(Begin, End));
  diffLines("new", "+", New);
  endFigure();
}

void HtmlFindingWriter::diffLines(StringRef Class, StringRef Sign,
                                  StringRef Code) {
  SmallVector<StringRef, 8> Split;
  Code.split(Split, '\n');
  for (StringRef Line : Split)
    OS << "<div class=\"line " << Class << "\"><span>" << Sign
       << "</span><code>" << escaped(Line.rtrim('\r')) << "</code></div>\n";
}

} // namespace threadlint
