//===- Progress.cpp - How far a run is ------------------------------------===//
// See the header.
//===----------------------------------------------------------------------===//
#include "driver/Progress.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>

using namespace llvm;

namespace threadlint {

static const unsigned WorthIt = 4;

Progress::Progress(unsigned Total)
    : Total(Total), OnTerminal(errs().is_displayed()) {
  if (OnTerminal && Total >= WorthIt)
    drawBar("");
}

Progress::~Progress() {
  if (OnTerminal && Total >= WorthIt)
    errs() << "\r\033[K";
}

void Progress::done(StringRef File) {
  ++Count;
  if (Total < WorthIt)
    return;
  if (OnTerminal)
    drawBar(sys::path::filename(File));
  else
    errs() << formatv("[{0}/{1}] {2}\n", Count, Total, File);
}

void Progress::drawBar(StringRef Name) const {
  const unsigned Width = 30, Filled = Width * Count / Total;
  unsigned Columns = std::max(60u, sys::Process::StandardErrColumns());
  std::string Text =
      formatv("[{0}{1}] {2}/{3} {4}", std::string(Filled, '='),
              std::string(Width - Filled, ' '), Count, Total, Name);
  errs() << '\r' << StringRef(Text).take_front(Columns - 1) << "\033[K";
}

} // namespace threadlint
