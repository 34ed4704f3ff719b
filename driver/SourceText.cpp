//===- SourceText.cpp - The text of the sources ---------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/SourceText.h"
#include "llvm/Support/MemoryBuffer.h"
#include <tuple>

using namespace llvm;

namespace threadlint {

unsigned SourceText::bufferOf(StringRef File) {
  auto [Entry, IsNew] = Buffers.try_emplace(File, 0);
  if (IsNew && !File.empty())
    if (auto Buffer = MemoryBuffer::getFile(File))
      Entry->second = Manager.AddNewSourceBuffer(std::move(*Buffer), SMLoc());
  return Entry->second;
}

SMLoc SourceText::at(const Location &Where) {
  unsigned ID = bufferOf(Where.File);
  if (!ID)
    return SMLoc();
  StringRef Text = Manager.getMemoryBuffer(ID)->getBuffer();
  if (Where.Offset > Text.size()) // the file has changed meanwhile
    return SMLoc();
  return SMLoc::getFromPointer(Text.data() + Where.Offset);
}

void SourceText::locate(Location &Where) {
  Where.Line = Where.Column = 0;
  if (SMLoc Loc = at(Where); Loc.isValid())
    std::tie(Where.Line, Where.Column) =
        Manager.getLineAndColumn(Loc, bufferOf(Where.File));
}

StringRef SourceText::lineAt(const Location &Where) {
  SMLoc Loc = at(Where);
  if (!Loc.isValid())
    return "";
  StringRef Text = Manager.getMemoryBuffer(bufferOf(Where.File))->getBuffer();
  size_t Begin = Text.take_front(Where.Offset).find_last_of('\n') + 1;
  return Text.drop_front(Begin).take_until(
      [](char C) { return C == '\n' || C == '\r'; });
}

} // namespace threadlint
