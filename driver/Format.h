//===- Format.h - The forms a report is written in --------------*- C++ -*-===//
// The table of writers: one file in driver/formats/ for each, one line in
// Format.cpp. Filtering and sorting are done before; a writer only writes.
//===----------------------------------------------------------------------===//
#ifndef THREADLINT_DRIVER_FORMAT_H
#define THREADLINT_DRIVER_FORMAT_H

#include "driver/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace threadlint {

struct Format {
  const char *Name; ///< the value of --format
  const char *Summary;
  /// Writes all of the report, also an empty one. The problems, too, if the
  /// format has a place for them; they have been on stderr already.
  void (*Write)(const Report &R, llvm::raw_ostream &OS);
};

/// All formats; the first is the default.
llvm::ArrayRef<Format> formats();

} // namespace threadlint

#endif
