//===- Wrap.cpp - Words into lines ----------------------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Wrap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Locale.h"

using namespace llvm;

namespace threadlint {

void wrap(raw_ostream &OS, StringRef Text, unsigned Column, unsigned Indent,
          unsigned Width) {
  SmallVector<StringRef, 32> Words;
  SplitString(Text, Words, " \n\t");
  bool First = true;
  for (StringRef Word : Words) {
    // Columns, not bytes: pages have dashes and ellipses. -1 is no UTF-8.
    int Columns = sys::locale::columnWidth(Word);
    unsigned Length = Columns < 0 ? Word.size() : Columns;
    if (!First && Column + 1 + Length > Width) {
      OS << '\n';
      OS.indent(Indent);
      Column = Indent;
    } else if (!First) {
      OS << ' ';
      ++Column;
    }
    OS << Word;
    Column += Length;
    First = false;
  }
  OS << '\n';
}

} // namespace threadlint
