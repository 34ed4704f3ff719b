//===- Columns.cpp - Columns as reports count them ------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/formats/Columns.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace threadlint {

static bool continuesCharacter(char C) { return (C & 0xC0) == 0x80; }

unsigned utf16Column(StringRef Line, unsigned Column) {
  unsigned Result = Column;
  for (unsigned char C : Line.take_front(Column ? Column - 1 : 0)) {
    if (continuesCharacter(C))
      --Result;
    if (C >= 0xF0) // beyond the basic plane: a surrogate pair
      ++Result;
  }
  return Result;
}

static size_t nameLength(StringRef Text) {
  // Bytes beyond ASCII are letters of a name, or in a text that nobody cuts.
  return Text
      .take_while([](unsigned char C) {
        return isAlnum(C) || C == '_' || C >= 0x80;
      })
      .size();
}

unsigned wordLength(StringRef Line, unsigned Column) {
  StringRef Rest = Line.drop_front(std::min<size_t>(Column - 1, Line.size()));
  if (Rest.empty())
    return 0;
  size_t Length = nameLength(Rest);
  while (Length && Rest.substr(Length, 2) == "::" &&
         nameLength(Rest.drop_front(Length + 2)))
    Length += 2 + nameLength(Rest.drop_front(Length + 2));
  return Length ? Length : 1;
}

Region regionOf(SourceText &Text, const Location &Where) {
  if (!Where.Line || !Where.Column)
    return {};
  StringRef Line = Text.lineAt(Where);
  unsigned End = Where.Column + wordLength(Line, Where.Column);
  return {Where.Line, utf16Column(Line, Where.Column), Where.Line,
          utf16Column(Line, End)};
}

Region regionOf(SourceText &Text, const Edit &E) {
  Location End = E.Where;
  End.Offset += E.Length;
  Text.locate(End);
  if (!E.Where.Line || !End.Line)
    return {};
  return {E.Where.Line, utf16Column(Text.lineAt(E.Where), E.Where.Column),
          End.Line, utf16Column(Text.lineAt(End), End.Column)};
}

} // namespace threadlint
