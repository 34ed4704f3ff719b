//===- Markup.cpp - Text in XML and HTML ----------------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/formats/Markup.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace threadlint {

std::string escaped(StringRef Text) {
  std::string Result;
  for (unsigned char C : json::fixUTF8(Text))
    switch (C) {
    case '&':
      Result += "&amp;";
      break;
    case '<':
      Result += "&lt;";
      break;
    case '>':
      Result += "&gt;";
      break;
    case '"':
      Result += "&quot;";
      break;
    case '\'':
      Result += "&#39;";
      break;
    case '\t': // a parser would make blanks of these in attributes
    case '\n':
    case '\r':
      Result += "&#" + std::to_string(C) + ";";
      break;
    default:
      if (C < 0x20 || C == 0x7F)
        Result += "\xEF\xBF\xBD";
      else
        Result += C;
    }
  return Result;
}

} // namespace threadlint
