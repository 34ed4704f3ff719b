//===- Progress.h - How far a run is ----------------------------*- C++ -*-===//
// A bar on a terminal, a line for each source elsewhere; on stderr. Nothing for
// three sources or less.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_PROGRESS_H
#define THREADLINT_DRIVER_PROGRESS_H

#include "llvm/ADT/StringRef.h"

namespace threadlint {

class Progress {
public:
  explicit Progress(unsigned Total);
  ~Progress(); ///< takes the bar away

  /// One more is done.
  void done(llvm::StringRef File);

private:
  void drawBar(llvm::StringRef Name) const;

  unsigned Total, Count = 0;
  bool OnTerminal;
};

} // namespace threadlint

#endif
