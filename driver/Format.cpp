//===- Format.cpp - The forms a report is written in ----------------------===//
// See the header. One declaration and one line for each.
//===----------------------------------------------------------------------===//
#include "driver/Format.h"

namespace threadlint {

void writeText(const Report &R, llvm::raw_ostream &OS);

llvm::ArrayRef<Format> formats() {
  static const Format All[] = {
      {"text", "as clang prints warnings, with the source lines", writeText},
  };
  return All;
}

} // namespace threadlint
