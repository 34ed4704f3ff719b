//===- Fingerprint.cpp - Which mistake a finding is -----------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Fingerprint.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MD5.h"

using namespace llvm;

namespace threadlint {

static std::string withoutSpace(StringRef Line) {
  std::string Result;
  for (char C : Line)
    if (!isSpace(C))
      Result += C;
  return Result;
}

/// File below Root with `/`; all of it if it lies elsewhere.
static StringRef relativeTo(StringRef Root, StringRef File) {
  StringRef Rest = File;
  if (!Root.empty() && Rest.consume_front(Root.rtrim('/')) &&
      Rest.consume_front("/"))
    return Rest;
  return File;
}

static std::string hash(ArrayRef<StringRef> Parts) {
  MD5 Hash;
  for (StringRef Part : Parts) {
    Hash.update(Part);
    Hash.update(StringRef("\0", 1)); // "ab","c" is not "a","bc"
  }
  MD5::MD5Result Result;
  Hash.final(Result);
  return Result.digest().str().str();
}

void setFingerprints(Report &R, function_ref<StringRef(const Finding &)> Line) {
  StringMap<unsigned> Seen;
  for (Finding &F : R.Findings) {
    StringRef Path = relativeTo(R.Root, F.Where.File);
    std::string Text = withoutSpace(Line(F));
    std::string Key = hash({F.Check, Path, F.Message, Text});
    std::string Number = std::to_string(Seen[Key]++);
    F.Fingerprint = hash({Key, Number});
  }
}

} // namespace threadlint
