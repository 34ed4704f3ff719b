//===- BaselineStep.h - What `threadlint run` does with a baseline -*- C++ -*-===//
// Between the linting and the report: the options, the hints on stderr, and
// which files this run can speak for. The file itself is Baseline's.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_BASELINESTEP_H
#define THREADLINT_DRIVER_BASELINESTEP_H

#include "driver/Baseline.h"
#include "driver/Sources.h"

namespace threadlint {

class BaselineStep {
public:
  /// Reads \p File, which is empty if there is no baseline. With \p Write it
  /// may be missing. Before the linting, so that a mistake costs no time.
  static llvm::Expected<BaselineStep> open(llvm::StringRef File, bool Write);

  /// Takes known findings out of \p R, or makes all of them known. \p Sources
  /// are those that were linted; \p Whole: they are the whole project.
  llvm::Error apply(Report &R, llvm::ArrayRef<Source> Sources, bool Whole);

private:
  llvm::Error write(Report &R, WasLinted Linted);
  void takeKnown(Report &R, WasLinted Linted) const;

  Baseline Known;
  std::string File;
  bool Write = false;
};

} // namespace threadlint

#endif
