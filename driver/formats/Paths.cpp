//===- Paths.cpp - Paths as reports have them -----------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/formats/Paths.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace threadlint {

bool isInside(StringRef Root, StringRef File) {
  Root = Root.rtrim('/');
  return File.consume_front(Root) && File.size() > 1 && File.front() == '/';
}

std::string relativeTo(StringRef Root, StringRef File) {
  if (isInside(Root, File))
    File = File.drop_front(Root.rtrim('/').size() + 1);
  return File.str();
}

std::string uriPath(StringRef Path) {
  std::string Result;
  for (unsigned char C : Path)
    // RFC 3986: unreserved characters, and the slash between them.
    if (isAlnum(C) || StringRef("-._~/").contains(C))
      Result += C;
    else
      Result += '%' + toHex(StringRef(reinterpret_cast<char *>(&C), 1));
  return Result;
}

std::string fileUri(StringRef Path) { return "file://" + uriPath(Path); }

} // namespace threadlint
