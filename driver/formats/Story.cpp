//===- Story.cpp - How reports tell a finding -----------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/formats/Story.h"
#include "llvm/ADT/Twine.h"

using namespace llvm;

namespace threadlint {

const Note *wayOutOf(const Finding &F) {
  if (F.Notes.empty())
    return nullptr;
  const Note &Last = F.Notes.back();
  bool IsHere = Last.Where.File == F.Where.File &&
                Last.Where.Line == F.Where.Line &&
                Last.Where.Column == F.Where.Column;
  return IsHere ? &Last : nullptr;
}

ArrayRef<Note> pathOf(const Finding &F) {
  return ArrayRef<Note>(F.Notes).drop_back(wayOutOf(F) ? 1 : 0);
}

StringRef shortName(StringRef Check) {
  Check.consume_front("threadlint-");
  return Check;
}

std::string counted(size_t Count, StringRef What) {
  return (Twine(Count) + " " + What + (Count == 1 ? "" : "s")).str();
}

} // namespace threadlint
