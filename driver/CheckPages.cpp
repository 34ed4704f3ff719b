//===- CheckPages.cpp - The documentation of each check -------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/CheckPages.h"
#include "driver/EmbeddedText.h"
#include "llvm/ADT/Twine.h"

using namespace llvm;

namespace threadlint {
namespace {
#include "CheckPages.inc"
} // namespace

StringRef pageOf(StringRef Check) {
  Check.consume_front("threadlint-");
  return textOf(Pages, (Twine(Check) + ".md").str());
}

} // namespace threadlint
